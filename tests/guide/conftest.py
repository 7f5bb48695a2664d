"""The small guide, written anew for every test."""

from pathlib import Path

import pytest

from tests.guide import small_guide


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_guide.write(tmp_path)
