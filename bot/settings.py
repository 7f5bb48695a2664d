"""One frozen Settings from the environment or `.env`; the token never prints."""

from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.domain.ids import ChatId

TELEGRAM = "https://api.telegram.org"
ROOT = Path(__file__).resolve().parent.parent


class WrongSettings(Exception):
    """One clear line that names the variable; never the token."""


class Settings(BaseSettings):
    """What differs between one running bot and another. Every name is a variable of `.env.example`."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    bot_token: SecretStr = SecretStr("")
    bot_api_base: str = TELEGRAM
    database: Path = Path("var/bot.sqlite3")
    admins: Annotated[tuple[ChatId, ...], NoDecode] = ()
    time_zone: str = "Asia/Bishkek"
    send_rate: float = Field(default=25, gt=0, le=1000)
    approval_from: int = Field(default=100, ge=1)
    campaigns_per_week: int = Field(default=2, ge=1, le=9)
    log_level: str = "INFO"
    demo_port: int = Field(default=8080, ge=0, le=65535)

    @field_validator("bot_token")
    @classmethod
    def _token_has_a_form(cls, value: SecretStr) -> SecretStr:
        number, colon, secret = value.get_secret_value().partition(":")
        if value.get_secret_value() and not (number.isdecimal() and colon and secret and " " not in secret):
            raise ValueError("is not a token of BotFather (digits, a colon, letters)")
        return value

    @field_validator("bot_api_base")
    @classmethod
    def _base_is_an_address(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/")

    @field_validator("admins", mode="before")
    @classmethod
    def _admins_are_numbers(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        words = value.replace(",", " ").split()
        if not all(word.isdecimal() for word in words):
            raise ValueError("must be Telegram ids (numbers) with commas between them")
        return tuple(ChatId(int(word)) for word in words)

    @field_validator("time_zone")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError("is not a time zone such as Asia/Bishkek") from None
        return value

    @field_validator("log_level")
    @classmethod
    def _level_exists(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
        return value.upper()


def load(**changes: Any) -> Settings:
    """The settings of this process. Raises WrongSettings with one line."""
    try:
        return Settings(**changes)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper() if first["loc"] else "settings"
        raise WrongSettings(f"{name} {first['msg'].removeprefix('Value error, ')}") from None
