"""The house keeps its floors, its order and its promises."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((*(ROOT / "bot").rglob("*.py"), *(ROOT / "handlers").rglob("*.py")))
FLOORS = (
    ("bot.domain",),
    ("bot.ports", "bot.settings"),
    ("bot.i18n", "bot.clock", "bot.logs", "bot.sheets"),
    ("bot.storage", "bot.texts", "bot.guide"),
    ("bot.services",),
    ("bot.telegram",),
    ("handlers",),
    ("bot.demo",),
    ("bot.app", "bot.heartbeat", "bot.trial", "bot.checking", "bot.verbs", "bot.cli", "bot.__main__"),
)
FORBIDDEN = (
    ("bot.texts", "bot.storage"),
    ("bot.texts", "bot.guide"),
    ("bot.storage", "bot.texts"),
    ("bot.storage", "bot.guide"),
    ("bot.guide", "bot.storage"),
    ("bot.guide", "bot.texts"),
    ("bot.telegram", "bot.services"),
    ("handlers", "bot.storage"),
    ("handlers", "bot.guide"),
    ("bot.domain", "bot.ports"),
    ("bot.app", "bot.demo"),
)
DEMO_MAY_SEE = ("bot.demo", "bot.ports", "bot.domain", "bot.i18n")
AIOGRAM_AT = ("bot.telegram", "handlers", "bot.app")
BANNED_NAMES = {"manager", "helper", "utils", "common", "data", "info", "process"}
AIOGRAM_SPEAKS = {"data", "set_data", "get_data", "update_data", "callback_data"}


def name_of(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(file: Path) -> list[str]:
    found: list[str] = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def home(module: str) -> str | None:
    rooms = [room for floor in FLOORS for room in floor if module == room or module.startswith(room + ".")]
    return rooms[0] if rooms else None


def floor(room: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


def relative(file: Path) -> str:
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("file", MODULES, ids=relative)
def test_imports_only_look_down(file: Path) -> None:
    here = home(name_of(file))
    for module in imports(file):
        there = home(module)
        if here is None or there is None or here == there:
            continue
        assert floor(there) <= floor(here), f"{name_of(file)} looks up at {module}"
        assert (here, there) not in FORBIDDEN, f"{name_of(file)} may not know {module}"


def test_every_module_has_a_floor() -> None:
    lost = [name_of(file) for file in MODULES if home(name_of(file)) is None]

    assert lost == ["bot"]


def test_the_domain_stands_on_the_standard_library_alone() -> None:
    for file in MODULES:
        if home(name_of(file)) == "bot.domain":
            for module in imports(file):
                top = module.partition(".")[0]
                assert top in sys.stdlib_module_names or module.startswith("bot.domain"), f"{file}: {module}"


def test_the_demo_does_not_know_us() -> None:
    for file in MODULES:
        if home(name_of(file)) == "bot.demo":
            ours = [module for module in imports(file) if module.startswith(("bot.", "handlers"))]
            assert all(module.startswith(DEMO_MAY_SEE) for module in ours), f"{file}: {ours}"


def test_only_the_rim_speaks_aiogram() -> None:
    speakers = {
        home(name_of(file)) for file in MODULES for module in imports(file) if module.partition(".")[0] == "aiogram"
    }

    assert speakers <= set(AIOGRAM_AT)


def test_sql_stands_in_storage_only() -> None:
    statement = re.compile(r"""["']\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM)\s""")
    for file in MODULES:
        if home(name_of(file)) not in ("bot.storage",):
            assert not statement.search(file.read_text(encoding="utf-8")), relative(file)


@pytest.mark.parametrize("file", MODULES, ids=relative)
def test_names_say_what_they_mean(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    defined = {
        node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    }
    words = {word for name in defined - AIOGRAM_SPEAKS for word in re.split(r"_|(?<=[a-z])(?=[A-Z])", name)}

    assert file.stem not in BANNED_NAMES
    assert not {word.lower() for word in words} & BANNED_NAMES


@pytest.mark.parametrize("file", MODULES, ids=relative)
def test_whatever_is_public_says_what_it_promises(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    silent = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
    ]

    assert not silent


@pytest.mark.parametrize("file", MODULES, ids=relative)
def test_a_file_can_be_read_in_a_sitting(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 440


SHARED_BUTTONS = {"group", "hfl", "hfm", "kn"}  # one of the two is for groups only


def test_no_button_is_heard_by_two_handlers() -> None:
    heard: dict[tuple[str, int], list[str]] = {}
    for file in (ROOT / "handlers").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "pressed":
                name = ast.unparse(node.args[0]).strip("'")
                heard.setdefault((name, len(node.keywords)), []).append(relative(file))

    assert {name for (name, _fields), files in heard.items() if len(files) > 1} <= SHARED_BUTTONS


def test_asking_starts_without_aiogram() -> None:
    code = "import sys, bot.cli, bot.guide.search, bot.guide.articles; print('aiogram' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"


def test_nothing_says_where_it_was_written() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    here = re.compile("/" + "work/|/" + "root/|index-" + "url")
    for name in filter(None, tracked):
        file = ROOT / name
        if (
            file.suffix in {".py", ".md", ".toml", ".po", ".pot", ".sql", ".js", ".html", ".lock", ".txt", ".cfg"}
            and file.exists()
        ):
            assert not here.search(file.read_text(encoding="utf-8")), name
