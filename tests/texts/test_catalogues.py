"""Every word a person reads exists in both languages, whole, with the same placeholders and tags."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot.domain.ids import Language
from bot.i18n import catalog

ROOT = Path(__file__).resolve().parents[2]
PLACEHOLDER = re.compile(r"\{\w*\}|</?\w+|/[a-z]{2,}(?![\w>])|@")


def catalogue(language: Language) -> Catalog:
    with (ROOT / "locales" / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=str(language))


def forms(message: str | list[str] | tuple[str, ...]) -> list[str]:
    return [message] if isinstance(message, str) else list(message)


def extracted() -> set[str]:
    keywords = {"_": None, "n_": (1, 2)}
    found = extract_from_dir(ROOT / "bot" / "texts", method_map=[("**.py", "python")], keywords=keywords)
    return {forms(message)[0] for _file, _line, message, _comments, _context in found}


@pytest.mark.parametrize("language", Language)
def test_every_string_of_the_code_is_in_the_catalogue(language: Language) -> None:
    known = {forms(message.id)[0] for message in catalogue(language) if message.id}

    assert extracted() == known, "run `make texts` and translate what is new"


@pytest.mark.parametrize("language", Language)
def test_nothing_is_missing_or_fuzzy(language: Language) -> None:
    for message in catalogue(language):
        if message.id:
            assert not message.fuzzy, message.id
            assert all(forms(message.string)), message.id


@pytest.mark.parametrize("language", Language)
def test_placeholders_tags_and_commands_are_the_same(language: Language) -> None:
    for message in catalogue(language):
        for said in forms(message.string) if message.id else ():
            assert sorted(PLACEHOLDER.findall(said)) == sorted(PLACEHOLDER.findall(forms(message.id)[0])), message.id


def test_the_languages_are_not_the_same_words() -> None:
    ky, ru = (
        {message.id if isinstance(message.id, str) else message.id[0]: message.string for message in catalogue(one)}
        for one in Language
    )
    same = {key for key in ky if key and ky[key] == ru[key]}

    assert len(same) <= 12, same


def test_kyrgyz_is_written_with_kyrgyz_letters() -> None:
    said = " ".join(form for message in catalogue(Language.KY) if message.id for form in forms(message.string))

    assert not re.search(
        r"[а-яөүң][a-z]|[a-z][а-яөүң]", said.lower().replace("{", " {").replace("}", "} ").replace("n}", "}")
    )
    assert len(re.findall("[өүң]", said.lower())) > len(said) / 40


@pytest.mark.parametrize(
    ("n", "said"), [(1, "Ждёт 1 вопрос:"), (3, "Ждут 3 вопроса:"), (11, "Ждут 11 вопросов:"), (21, "Ждёт 21 вопрос:")]
)
def test_russian_counts_as_people_do(n: int, said: str) -> None:
    words = catalog(Language.RU).ngettext("{n} question waits:", "{n} questions wait:", n)

    assert words.format(n=n) == said
