"""`python -m tests.guide.approve` writes the tables of approved sentences anew; `git diff` then shows what to read."""

from bot.guide.facts import Facts
from tests.guide import quoting


def main() -> None:
    """Write every table; a table that nothing needs any more goes."""
    tables = quoting.tables(Facts.load(quoting.GUIDES), quoting.GUIDES)
    quoting.APPROVED.mkdir(exist_ok=True)
    for path in quoting.APPROVED.glob("*.txt"):
        if path.name not in tables:
            path.unlink()
    for name, text in tables.items():
        (quoting.APPROVED / name).write_text(text, encoding="utf-8")
    print(f"{len(tables)} tables in {quoting.APPROVED}: read `git diff` before you commit them")


if __name__ == "__main__":
    main()
