"""The sentences of an article that say a time, a sum or a number of the law: what "when" and "how much" are answered by.

A sentence is quoted as the article has it, with the words of its facts' confidence; nothing is put together anew but
an item of a list, which is read with the words that open the list."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.domain.guide import Saying
from bot.domain.ids import Language
from bot.guide import markup
from bot.guide.facts import PLACEHOLDER, Confidence, Fact, Facts, Telling

DATE, SPAN, MONEY, PART, AGE, NUMBER = "date", "span", "money", "part", "age", "number"

_BY_UNIT = {
    **dict.fromkeys(("date", "month"), DATE),
    **dict.fromkeys(("calendar_day", "hour", "minute", "day", "working_day", "years"), SPAN),
    "som": MONEY,
    "percent": PART,
    "age": AGE,
    "year": "",  # nearly every sentence names the year it speaks of
}
_BY_WORDS = (
    (re.compile(r"сом|показател|көрсөткүч"), MONEY),
    (re.compile(r"%|пайыз|процент"), PART),
    (re.compile(r"\d[\s-]?(?:күн|саат|ай|дн|день|час|месяц)"), SPAN),
    (re.compile(r":\d\d|\d{4}-жылдын \d|\d [а-я]+ \d{4} года"), DATE),
)
_YEAR = re.compile(r"\b20[012]\d\b")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[«(A-ZА-ЯӨҮҢЁ{<])")
_SPACE = re.compile(r"[ \n]+")  # but for the no-break space of numbers
_ITEM = re.compile(r"\s*(?:•|\d+\.)\s+")
_OPENS_A_LIST = ":"


def sayings(body: markup.Body, facts: Facts, language: Language) -> tuple[Saying, ...]:
    """Every sentence of an article that quotes a fact, in order; of the lead, all that stands before it too."""
    found = [*_of_lead(body.lead, facts, language)]
    for chapter in body.chapters:
        heading = facts.fill(chapter.heading, language)
        for sentence in _sentences(chapter.blocks):
            found += _saying(sentence, sentence, markup.plain(heading), facts, language)
    return tuple(found)


def _of_lead(blocks: Sequence[str], facts: Facts, language: Language) -> Iterator[Saying]:
    """The lead is read from its beginning: its second sentence often stands on the first."""
    for block in blocks:
        sentences = _SENTENCE.split(block)
        for place, sentence in enumerate(sentences, start=1):
            shown = " ".join(sentences[:place])
            yield from _saying(shown, sentence, "", facts, language)


def _sentences(blocks: Iterable[str]) -> Iterator[str]:
    opening = ""
    for block in blocks:
        for line in block.split("\n"):
            item = _ITEM.match(line)
            if item:
                yield f"{opening} {line[item.end() :]}".strip() if opening else line[item.end() :]
                continue
            opening = ""
            yield from (sentence for sentence in _SENTENCE.split(line) if sentence)
            if line.rstrip().endswith(_OPENS_A_LIST):
                opening = _SENTENCE.split(line)[-1].rstrip()


def _saying(shown: str, asked: str, heading: str, facts: Facts, language: Language) -> Iterator[Saying]:
    found = [facts.facts[match[1]] for match in PLACEHOLDER.finditer(asked)]
    named = [
        fact for fact in found if fact.confidence is not Confidence.INFERENCE
    ]  # an average answers nobody's question
    kinds = frozenset(filter(None, (_kind(fact, language) for fact in named)))
    if not kinds or shown.rstrip().endswith(_OPENS_A_LIST):
        return
    telling = Telling(facts, language)
    words = _SPACE.sub(" ", markup.plain(telling.fill(shown))).strip()
    own = markup.plain(facts.fill(asked, language))
    past = _YEAR.search(own) is not None
    basis = next(fact for fact in named if _kind(fact, language)).quotes[0].citation
    yield Saying(words, heading, kinds, past, basis)


def _kind(fact: Fact, language: Language) -> str:
    if fact.unit != "text":
        return _BY_UNIT.get(fact.unit, NUMBER)
    value = fact.quotes[0].value
    words = str(value[language] if isinstance(value, Mapping) else value)
    return next((kind for sign, kind in _BY_WORDS if sign.search(words)), "")
