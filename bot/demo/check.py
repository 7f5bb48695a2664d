"""Every parameter of a call against the Bot API's own table, stricter than Telegram.

The table is `api.json` (made by `derive.py`) with the few fields of `newer.json`. What Telegram would silently
ignore (an unknown parameter, a misspelt field of a button) is refused here, so that the mistake is seen.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from bot.demo.refusals import Refused, bad_request, not_found
from bot.demo.text import utf16_length

HERE = Path(__file__).parent
_WORD = re.compile(
    r"(?P<required>!?)(?P<types>[^ ]+)"
    r"(?: (?P<low>\d+)\.\.(?P<high>\d+)(?: (?P<unit>chars|bytes|items))?(?P<parsed> parsed)?| \{(?P<choice>.*)\})?"
)
_INTEGER = re.compile(r"-?\d{1,19}")
_TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a multipart call."""

    filename: str
    mime_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Field:
    """What the table says of one parameter or one field of an object."""

    name: str
    types: tuple[str, ...]
    required: bool = False
    low: int | None = None
    high: int | None = None
    unit: str = ""
    parsed: bool = False
    choice: frozenset[str] = frozenset()


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = orjson.loads((HERE / "api.json").read_bytes())
    newer = orjson.loads((HERE / "newer.json").read_bytes())
    for section in ("methods", "types"):
        for owner, fields in newer[section].items():
            for name, field in fields.items():
                table[section][owner].setdefault(name, field["as"])
    table["types"].update(newer["new_types"])
    return table


def _field(name: str, word: str) -> Field:
    found = _WORD.fullmatch(word)
    if found is None:
        raise ValueError(f"the table has an unreadable word: {word}")
    return Field(
        name=name,
        types=tuple(found["types"].split("|")),
        required=bool(found["required"]),
        low=int(found["low"]) if found["low"] else None,
        high=int(found["high"]) if found["high"] else None,
        unit=found["unit"] or "",
        parsed=bool(found["parsed"]),
        choice=frozenset((found["choice"] or "").split()),
    )


@cache
def fields_of(section: str, owner: str) -> dict[str, Field]:
    """The fields of a method (section "methods") or a type ("types")."""
    return {name: _field(name, word) for name, word in _table()[section][owner].items()}


@cache
def _methods_by_lower_case() -> dict[str, str]:
    return {name.lower(): name for name in _table()["methods"]}


def method_named(name: str) -> str:
    """The method's own spelling; names are case-insensitive. Raises 404 for one that does not exist."""
    try:
        return _methods_by_lower_case()[name.lower()]
    except KeyError:
        raise not_found() from None


_MISSING = {
    ("sendMessage", "text"): "message text is empty",
    ("editMessageText", "text"): "message text is empty",
    ("sendPhoto", "photo"): "there is no photo in the request",
    ("sendDocument", "document"): "there is no document in the request",
    ("sendVideo", "video"): "there is no video in the request",
    ("sendAudio", "audio"): "there is no audio in the request",
    ("sendVoice", "voice"): "there is no voice in the request",
    ("sendSticker", "sticker"): "there is no sticker in the request",
}


def checked(method: str, raw: Mapping[str, Any], files: Mapping[str, Upload]) -> dict[str, Any]:
    """The parameters of a call with their true types: numbers, objects and Uploads in place of text.

    Raises Refused for an unknown parameter, a missing one, a wrong type, a wrong size or an unused file."""
    fields = fields_of("methods", method)
    params: dict[str, Any] = {}
    for name, value in raw.items():
        field = fields.get(name)
        if field is None:
            raise bad_request(f"parameter {name} is not in the Bot API")
        params[name] = _parameter(field, value)
    for name, file in files.items():
        field = fields.get(name)
        if field is not None and "InputFile" in field.types:
            params[name] = file
        elif not any(isinstance(value, str) and f"attach://{name}" in value for value in raw.values()):
            raise bad_request(f"file {name} is sent but not used")
    for field in fields.values():
        if field.required and field.name not in params:
            raise bad_request(_MISSING.get((method, field.name), f"parameter {field.name} is required"))
    return params


def _wrong(where: str, types: tuple[str, ...]) -> Refused:
    wanted = " or ".join(name.replace("[", "Array of ").replace("]", "") for name in types)
    return bad_request(f"parameter {where} must be {wanted}")


def _parameter(field: Field, value: Any) -> Any:
    """A top-level parameter: in forms everything is text, in JSON bodies it may have its own type."""
    if isinstance(value, str):
        for name in field.types:
            if name == "String":
                continue
            if name == "Integer" and _INTEGER.fullmatch(value):
                value = int(value)
                break
            if name == "Boolean" and value.lower() in _TRUTH:
                value = _TRUTH[value.lower()]
                break
            if name == "Float":
                try:
                    value = float(value)
                except ValueError:
                    raise _wrong(field.name, field.types) from None
                break
        else:
            if set(field.types) <= {"Integer", "Float", "Boolean"}:
                raise _wrong(field.name, field.types)
            if "String" not in field.types and "InputFile" not in field.types:
                try:
                    value = orjson.loads(value)
                except orjson.JSONDecodeError:
                    raise bad_request(f"can't parse {field.name} JSON object") from None
    _value(field, value, field.name)
    return value


def _value(field: Field, value: Any, where: str) -> None:
    """Check a value with its own type against a field; raises Refused."""
    complaint: Refused | None = None
    for name in field.types:
        try:
            _typed(name, value, where, field.types)
        except Refused as refused:
            complaint = complaint if complaint is not None and not name.endswith("]") else refused
            continue
        _sized(field, value, where)
        return
    if complaint is not None:
        raise _clearest(field.types, value, where, complaint)


def _clearest(types: tuple[str, ...], value: Any, where: str, complaint: Refused) -> Refused:
    """Of several types that do not fit, complain about the one that was meant."""
    if len(types) == 1:
        return complaint
    if isinstance(value, dict):
        for name in types:
            if name in _table()["types"] and all(
                field.name in value for field in fields_of("types", name).values() if field.required
            ):
                try:
                    _object(name, value, where)
                except Refused as refused:
                    return refused
    return _wrong(where, types)


def _typed(name: str, value: Any, where: str, types: tuple[str, ...]) -> None:
    match name:
        case "String":
            fits = isinstance(value, str)
        case "Integer":
            fits = isinstance(value, int) and not isinstance(value, bool)
        case "Boolean":
            fits = isinstance(value, bool)
        case "Float":
            fits = isinstance(value, int | float) and not isinstance(value, bool)
        case "InputFile":
            fits = isinstance(value, str) and value.startswith("attach://")
        case _ if name.startswith("["):
            fits = isinstance(value, list)
            if fits:
                inner = Field(where, (name[1:-1],))
                for place, item in enumerate(value):
                    _value(inner, item, f"{where}[{place}]")
        case _:
            _object(name, value, where)
            fits = True
    if not fits:
        raise _wrong(where, types)


def _object(name: str, value: Any, where: str) -> None:
    if name in _table()["unions"]:
        _value(Field(where, tuple(_union(name, value))), value, where)
        return
    if not isinstance(value, dict):
        raise _wrong(where, (name,))
    fields = fields_of("types", name)
    for key, item in value.items():
        field = fields.get(key)
        if field is None:
            raise bad_request(f"field {where}.{key} is not in the Bot API type {name}")
        _value(field, item, f"{where}.{key}")
    for field in fields.values():
        if field.required and field.name not in value:
            raise bad_request(f"field {where}.{field.name} of {name} is required")


def _union(name: str, value: Any) -> list[str]:
    """The members of a union; only those whose "type" is the value's own, if any are told apart so."""
    members: list[str] = _table()["unions"][name]
    if isinstance(value, dict) and isinstance(kind := value.get("type"), str):
        same = [
            member
            for member in members
            if member in _table()["types"]
            and (field := fields_of("types", member).get("type")) is not None
            and kind in field.choice
        ]
        return same or members
    return members


def _sized(field: Field, value: Any, where: str) -> None:
    if field.choice and isinstance(value, str) and value not in field.choice:
        if "👍" in field.choice:
            raise bad_request("REACTION_INVALID")
        raise bad_request(f"{where} must be one of {', '.join(sorted(field.choice))}, not {value[:64]!r}")
    if field.high is None or field.parsed:
        return
    low, high = field.low or 0, field.high
    if isinstance(value, str):
        size = len(value.encode()) if field.unit == "bytes" else utf16_length(value)
        if not low <= size <= high:
            if field.name == "callback_data":
                raise bad_request("BUTTON_DATA_INVALID")
            raise bad_request(f"{where} must be of {low}-{high} {field.unit or 'characters'}, not {size}")
    elif isinstance(value, list):
        if not low <= len(value) <= high:
            raise bad_request(f"{where} must have {low}-{high} items, not {len(value)}")
    elif isinstance(value, int | float) and not low <= value <= high:
        raise bad_request(f"{where} must be between {low} and {high}")


def complaint_about(type_name: str, value: Any) -> str | None:
    """What is wrong with an object that should be of this type, or None. For our own answers, in tests."""
    try:
        _typed_whole(type_name, value)
    except Refused as refused:
        return f"{refused} in {json.dumps(value, ensure_ascii=False)[:600]}"
    return None


def _typed_whole(type_name: str, value: Any) -> None:
    _value(Field(type_name, (type_name,)), value, type_name)
