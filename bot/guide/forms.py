"""How a number stands with its unit: the tables `forms`, `patterns` and `nouns` of the facts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.ids import Language
from bot.guide.numbers import NO_BREAK_SPACE, Number, grouped, plural

Table = Mapping[str, Any]
Amount = Number | tuple[Number, Number]

_CATEGORIES = {Language.RU: ("one", "few", "many"), Language.KY: ("other",)}
_CASES = {Language.RU: ("one", "few", "many", "loc", "locs"), Language.KY: ("nom", "gen", "abl", "dat", "loc")}
_HOLES = {Language.RU: {"n", "nom", "gen", "loc", "acc", "was"}, Language.KY: {"n", "nom", "gen", "abl", "dat", "loc"}}
_HOLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Forms:
    """Units by name; a form of a unit is a string with {n} for the number."""

    own: Table
    patterns: Table
    nouns: Table

    def units(self) -> frozenset[str]:
        """Every unit that has forms."""
        return frozenset(self.own) | frozenset(self.nouns)

    def names(self, unit: str, language: Language) -> frozenset[str]:
        """The forms a unit has in a language."""
        own = frozenset(self.own.get(unit, {}).get(language, {}))
        return own | frozenset(self.patterns.get(language, {})) if unit in self.nouns else own

    def say(self, amount: Amount, unit: str, form: str, language: Language) -> str:
        """The amount with its unit: «в течение 10 дней», «10 күндүн ичинде». KeyError when there is no such form."""
        last = amount[1] if isinstance(amount, tuple) else amount
        category = plural(last, language)
        pattern = self.own.get(unit, {}).get(language, {}).get(form)
        if pattern is None:
            noun = self.nouns[unit][language]
            pattern = _inflected(self.patterns[language][form], noun, category)
        elif not isinstance(pattern, str):
            pattern = _of_category(pattern, category)
        return str(pattern).replace("{n}", _spelled(amount, language)).replace(" %", NO_BREAK_SPACE + "%")

    def faults(self) -> list[tuple[str, str]]:
        """What is wrong with the tables: (the key where it stands, message)."""
        found = []
        for unit, by_language in self.own.items():
            for language in Language:
                for form, pattern in by_language.get(language, {}).items():
                    found += [
                        (f"forms.{unit}.{language}", f"form {form}: {fault}") for fault in _faults(pattern, language)
                    ]
            found += _one_sided(f"forms.{unit}.ky", {k: by_language.get(k, {}) for k in Language})
        for unit, noun in self.nouns.items():
            for language in Language:
                missing = [case for case in _CASES[language] if case not in noun.get(language, {})]
                if missing:
                    found.append((f"nouns.{unit}", f"{language} has no {', '.join(missing)}"))
        for language in Language:
            for form, pattern in self.patterns.get(language, {}).items():
                if not isinstance(pattern, str) or not {"n"} < set(_HOLE.findall(pattern)) <= _HOLES[language]:
                    holes = ", ".join(sorted(_HOLES[language] - {"n"}))
                    found.append((f"patterns.{language}", f"form {form}: {{n}} and a case are needed: {holes}"))
        return found + _one_sided("patterns.ky", {k: self.patterns.get(k, {}) for k in Language})


def _spelled(amount: Amount, language: Language) -> str:
    if isinstance(amount, tuple):
        return "–".join(grouped(end, language) for end in amount)
    return grouped(amount, language)


def _of_category(forms: Mapping[str, str], category: str) -> str:
    """Russian «1,5 года» takes the form of 2; a language with one form has it for every category."""
    return next(forms[key] for key in (category, "few", "other", "many", "one") if key in forms)


def _inflected(pattern: str, noun: Mapping[str, str], category: str) -> str:
    return _HOLE.sub(lambda hole: hole[0] if hole[1] == "n" else _case(noun, hole[1], category), pattern)


def _case(noun: Mapping[str, str], case: str, category: str) -> str:
    """A noun in a case; only Russian nouns carry categories, and after a number they change with it."""
    if "one" not in noun:
        return noun[case]
    singular = category in ("one", "other")
    match case:
        case "gen":
            return noun.get("gen", noun["few"]) if singular else noun["many"]
        case "loc":
            return noun["loc"] if singular else noun["locs"]
        case "was":
            return noun.get("was", "был") if category == "one" else "было"
        case "acc" if category == "one":
            return noun.get("acc", noun["one"])
        case _:
            return noun.get("gen", noun["few"]) if category == "other" else noun[category]


def _faults(pattern: object, language: Language) -> list[str]:
    if isinstance(pattern, str):
        return [] if "{n}" in pattern else ["no {n}"]
    if not isinstance(pattern, Mapping):
        return ["neither a string nor a table"]
    missing = [category for category in _CATEGORIES[language] if category not in pattern]
    return [f"no {category}" for category in missing] + [
        f"no {{n}} in {key}" for key, text in pattern.items() if "{n}" not in str(text)
    ]


def _one_sided(key: str, by_language: Mapping[Language, Table]) -> list[tuple[str, str]]:
    """A form must be there in both languages, or articles cannot quote the same fact."""
    kyrgyz, russian = (set(by_language[language]) for language in (Language.KY, Language.RU))
    return [
        (key, f"{', '.join(sorted(names))} only in {language}")
        for language, names in (("ky", kyrgyz - russian), ("ru", russian - kyrgyz))
        if names
    ]
