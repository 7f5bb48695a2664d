"""One edition of the guide: everything that is read from its folder, as it stood at one moment."""

from dataclasses import dataclass
from pathlib import Path

from bot.domain.candidacy import Step
from bot.domain.elections import UsualDeadline
from bot.domain.ids import Language
from bot.guide import calendar, check, files, kept, steps
from bot.guide.articles import Library
from bot.guide.problems import BrokenGuide, Problem, failing
from bot.guide.search import Search


@dataclass(frozen=True, slots=True)
class Edition:
    """Articles and facts, the search over them, the telephone of the commission, the deadlines that elections usually
    have and the steps of a candidate. `mark` names what the files held."""

    library: Library
    search: Search
    phone: str
    mark: str
    usual: tuple[UsualDeadline, ...] = ()
    steps: tuple[Step, ...] = ()

    @classmethod
    def load(cls, folder: Path) -> "Edition":
        """The guide as the bot starts with it, or BrokenGuide."""
        mark = kept.fingerprint(files.sources(folder)).hex()
        library = Library.load(folder)
        return cls(
            library, Search.load(folder), _phone(library), mark, _usual(folder, library), _steps(folder, library)
        )

    @classmethod
    def checked(cls, folder: Path) -> "Edition":
        """The guide read anew from files in which `check` finds no error, or BrokenGuide. Takes seconds: call in a thread.

        BrokenGuide too when a file changes while they are read: half of one state is no edition."""
        mark = kept.fingerprint(files.sources(folder))
        if broken := failing(check.problems(folder)):
            raise BrokenGuide(broken)
        library, problems = Library.read(folder)
        if broken := failing(problems):
            raise BrokenGuide(broken)
        search = Search.build(library)
        usual, to_do = _usual(folder, library), _steps(folder, library)
        if kept.fingerprint(files.sources(folder)) != mark:
            raise BrokenGuide([Problem(folder, 1, "a file was changed while the guide was being read: try again")])
        for thing in (library, search):
            kept.keep(folder, mark, thing)
        return cls(library, search, _phone(library), mark.hex(), usual, to_do)


def _phone(library: Library) -> str:
    return library.facts.say("phone_cec", "plain", Language.KY)


def _usual(folder: Path, library: Library) -> tuple[UsualDeadline, ...]:
    """The deadlines of calendar.toml, none when a guide has no such file; raises BrokenGuide."""
    file = folder / calendar.FILE
    return calendar.load_calendar(file, library.facts.citations) if file.is_file() else ()


def _steps(folder: Path, library: Library) -> tuple[Step, ...]:
    """The steps of steps.toml, none when a guide has no such file; raises BrokenGuide."""
    file = folder / steps.FILE
    return steps.load_steps(file, library.facts) if file.is_file() else ()
