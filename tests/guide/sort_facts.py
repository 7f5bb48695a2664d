"""`python -m tests.guide.sort_facts` moves what lies in `guides/facts.toml` into the files of `guides/facts/`.

Forms and nouns go to `forms.toml`, citations to `citations.toml`, a fact to the section that quotes it most. A table that
a file of the folder has already is dropped when it is the same, and stops everything when it says something else; with
`--keep` the folder is right, and what was dropped is named."""

import re
import sys
import tomllib
from collections import Counter
from pathlib import Path

from bot.guide import files
from bot.guide.facts import mentions
from tests.guide.quoting import GUIDES

HEADS = {
    "forms": "",
    "citations": "# Acts and pages on which facts and articles rest.",
}
_HEADER = re.compile(r"^\[([^\]]+)\]", re.MULTILINE)
_MARK = re.compile(r"^# (?:--- .* ---|Acts and pages)\n?", re.MULTILINE)


def blocks(text: str) -> list[tuple[str, str]]:
    """The tables of a file as (name, text); comments stay with the table below them, the file's head has no name."""
    starts = [0]
    for match in _HEADER.finditer(text):
        start = match.start()
        above = text[:start].split("\n")[:-1]
        while above and above[-1].startswith("#") and not above[-1].startswith("# --- "):
            start -= len(above.pop()) + 1
        starts.append(start)
    parts = [text[begin:end] for begin, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    return [(found[1] if (found := _HEADER.search(part)) else "", _MARK.sub("", part).strip()) for part in parts]


def main(guides: Path = GUIDES, *, keep: bool = False) -> None:
    """Sort the file away; nothing is written when a table says something else than one that is there, unless `keep`."""
    source = guides / "facts.toml"
    folder = guides / "facts"
    there = {path: path.read_text(encoding="utf-8").rstrip() for path in sorted(folder.glob("*.toml"))}
    known = {name: part for text in there.values() for name, part in blocks(text) if name}
    homes = _homes(guides)
    added: Counter[str] = Counter()
    for name, part in blocks(source.read_text(encoding="utf-8")):
        if name in known:
            if tomllib.loads(known[name]) != tomllib.loads(part):
                line = f"{name} says something else in {source.name} than in {folder.name}/"
                if not keep:
                    sys.exit(f"{line}: mend one of them first, or --keep what the folder says")
                print(f"{line}: dropped")
            continue
        if not name and known:
            continue  # the head of the file stands in the folder already
        home = _home(name, homes)
        target = folder / f"{home}.toml"
        there[target] = f"{there.get(target, HEADS.get(home, f'# Facts of the section {home}.'))}\n\n{part}".strip()
        added[home] += bool(name)
    folder.mkdir(exist_ok=True)
    for path, text in there.items():
        path.write_text(text + "\n", encoding="utf-8")
    source.unlink()
    print(", ".join(f"{home}: {count}" for home, count in sorted(added.items())))


def _home(name: str, homes: dict[str, str]) -> str:
    kind, _, rest = name.partition(".")
    if kind == "facts":
        return homes.get(rest, "basics")
    return "citations" if kind == "citations" else "forms"


def _homes(guides: Path) -> dict[str, str]:
    """The section that quotes each fact most; of equals the first in the outline."""
    outline, _ = files.read_outline(guides / "outline.toml")
    order = list(outline.sections)
    quoted: dict[str, Counter[str]] = {}
    for path in files.article_paths(guides):
        file = files.read(path)
        for mention in mentions(f"{file.front.title}\n{file.text}"):
            quoted.setdefault(mention.name, Counter())[file.section] += 1
    return {
        name: max(sections, key=lambda section: (sections[section], -order.index(section)))
        for name, sections in quoted.items()
    }


if __name__ == "__main__":
    main(keep="--keep" in sys.argv)
