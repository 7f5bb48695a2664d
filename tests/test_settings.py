"""Wrong settings end with one clear line that names the variable, never a traceback and never the token."""

import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import Settings, WrongSettings, load

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "my-own-secret"),
        ("BOT_API_BASE", "telegram.org"),
        ("ADMINS", "5, Aigul"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("SEND_RATE", "fast"),
        ("SEND_RATE", "0"),
        ("LOG_LEVEL", "LOUD"),
        ("DEMO_PORT", "99999"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(WrongSettings) as caught:
        load(_env_file=None)

    assert str(caught.value).startswith(name)
    assert "\n" not in str(caught.value)
    if name == "BOT_TOKEN":
        assert value not in str(caught.value)


def test_the_token_never_prints() -> None:
    settings = Settings(_env_file=None, bot_token=SecretStr("123456:secret-of-the-bot"))

    assert "secret-of-the-bot" not in repr(settings) + str(settings) + str(settings.model_dump())


def test_admins_are_numbers_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMINS", "5, 7,9")

    assert load(_env_file=None).admins == (5, 7, 9)


def test_every_setting_stands_in_the_example_with_its_default() -> None:
    example = dict(re.findall(r"^([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    defaults = Settings(_env_file=None).model_dump()

    assert {name.lower() for name in example} == set(Settings.model_fields)
    for name, value in example.items():
        if name not in ("BOT_TOKEN", "ADMINS"):
            assert value in (str(defaults[name.lower()]), str(defaults[name.lower()]).removesuffix(".0")), name
