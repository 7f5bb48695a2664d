"""A library and its search kept beside their sources, as Python keeps compiled modules, till a file of the guide or
this code changes.

Reading and indexing 134 articles takes a second or two, reading them back some hundredths of one."""

import os
import pickle
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

_CODE = Path(__file__).parent
_DOMAIN = _CODE.parent / "domain"
_HEADER = 32  # bytes of SHA-256


def fingerprint(sources: Iterable[Path]) -> bytes:
    """What a kept library depends on: these files, by name and content, and the code that reads them."""
    seen = sha256(sys.version.encode())
    for path in (
        *sorted(_CODE.glob("*.py")),
        *sorted(_CODE.glob("words/*.toml")),
        _DOMAIN / "guide.py",
        _DOMAIN / "ids.py",
        *sources,
    ):
        try:
            content = path.read_bytes()
        except OSError:
            content = b""  # whoever reads it next will say so
        seen.update(f"{path.parent.name}/{path.name} {len(content)}\n".encode())
        seen.update(content)
    return seen.digest()


def find(folder: Path, mark: bytes, kind: type[T]) -> T | None:
    """What of this kind was kept under this fingerprint, or None; a torn or foreign file counts as none."""
    try:
        kept = _file(folder, kind).read_bytes()
        if kept[:_HEADER] != mark:
            return None
        found = pickle.loads(kept[_HEADER:])
    except Exception:  # unpickling may raise anything; the sources are at hand
        return None
    return found if isinstance(found, kind) else None


def keep(folder: Path, mark: bytes, thing: object) -> None:
    """Keep it for the next start; silently nothing where the folder cannot be written."""
    target = _file(folder, type(thing))
    with suppress(OSError):
        target.parent.mkdir(exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(mark + pickle.dumps(thing, protocol=pickle.HIGHEST_PROTOCOL))
            Path(name).replace(target)
        finally:
            Path(name).unlink(missing_ok=True)


def _file(folder: Path, kind: type[object]) -> Path:
    return folder / "__pycache__" / f"{kind.__name__.lower()}.{sys.implementation.cache_tag}.pickle"
