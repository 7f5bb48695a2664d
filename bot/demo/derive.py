"""From the Bot API as one big description to the compact table beside this module (`api.json`).

    python -m bot.demo.derive PATH/bot-api.json

A field becomes one word: `!` when it is required, its types joined by `|` (`[X]` is an array of X), then what the
prose says of its size or its values: `1..4096 chars parsed`, `1..64 bytes`, `2..10 items`, `1..100`, `{a b c}`.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("api.json")

_CHARS = re.compile(r"(\d+)-(\d+) (characters|bytes)", re.IGNORECASE)
_ITEMS = re.compile(r"(?:list of|include) (\d+)-(\d+) ")
_BETWEEN = re.compile(r"[Bb]etween (\d+)(?:-| and )(\d+)\b(?!,? or 0x)")
_RANGE = re.compile(r"[;,] (\d+)-(\d+)(?=[.,;]|$)")
_ONE = re.compile(r"(?:always [“\"](\w+)[”\"]|must be (?!positive|unique)([a-z_0-9]+))$")
_CHOICE = re.compile(r"(?:one of|[Cc]urrently,? can be|can be either) [“\"]")
_QUOTED = re.compile(r"[“\"]([^“”\"\s(]+)[”\"]")


def _type(name: str) -> str:
    depth = 0
    while name.startswith("Array of "):
        name, depth = name.removeprefix("Array of "), depth + 1
    return "[" * depth + name + "]" * depth


def _size(types: list[str], prose: str) -> str:
    """What the prose says of a field's size or values, or nothing."""
    if types == ["String"]:
        if one := _ONE.search(prose.rstrip(".")):
            return "{" + (one[1] or one[2]) + "}"
        if choice := _CHOICE.search(prose):
            listed = prose[choice.start() :].partition(". Defaults")[0]
            return "{" + " ".join(dict.fromkeys(_QUOTED.findall(listed))) + "}"
        if found := _CHARS.search(prose):
            unit = "bytes" if found[3].lower() == "bytes" else "chars"
            return f"{found[1]}..{found[2]} {unit}{' parsed' if 'after entit' in prose else ''}"
    elif types[0].startswith("Array of"):
        if found := _ITEMS.search(prose):
            return f"{found[1]}..{found[2]} items"
    elif types in (["Integer"], ["Float"]) and (found := _BETWEEN.search(prose) or _RANGE.search(prose)):
        return f"{found[1]}..{found[2]}"
    return ""


def word(field: Mapping[str, Any]) -> str:
    """One field of the description as one word of the table."""
    types = [str(name) for name in field["types"]]
    size = _size(types, str(field["description"]))
    return ("!" if field["required"] else "") + "|".join(map(_type, types)) + (f" {size}" if size else "")


def table(api: Mapping[str, Any]) -> dict[str, Any]:
    """The whole description as the compact table."""
    methods = {
        name: {field["name"]: word(field) for field in method.get("fields", ())}
        for name, method in api["methods"].items()
    }
    types = {
        name: {field["name"]: word(field) for field in kind.get("fields", ())}
        for name, kind in api["types"].items()
        if not kind.get("subtypes")
    }
    unions = {name: list(kind["subtypes"]) for name, kind in api["types"].items() if kind.get("subtypes")}
    return {"version": api["version"], "methods": methods, "types": types, "unions": unions}


def _lines(compact: Mapping[str, Any]) -> Iterator[str]:
    yield "{"
    yield f' "version": {json.dumps(compact["version"])},'
    for section in ("methods", "types", "unions"):
        yield f' "{section}": {{'
        rows = compact[section].items()
        yield ",\n".join(f"  {json.dumps(name)}: {json.dumps(row, ensure_ascii=False)}" for name, row in rows)
        yield " }" if section == "unions" else " },"
    yield "}"


def written(compact: Mapping[str, Any]) -> str:
    """The table as the text of `api.json`: one method or type a line."""
    return "\n".join(_lines(compact)) + "\n"


def main(path: str) -> None:
    """Derive the table anew from the description at `path` and write it."""
    TABLE.write_text(written(table(json.loads(Path(path).read_text(encoding="utf-8")))), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
