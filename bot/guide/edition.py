"""One edition of the guide: everything that is read from its folder, as it stood at one moment."""

from dataclasses import dataclass
from pathlib import Path

from bot.domain.ids import Language
from bot.guide import check, files, kept
from bot.guide.articles import Library
from bot.guide.problems import BrokenGuide, Problem, failing
from bot.guide.search import Search


@dataclass(frozen=True, slots=True)
class Edition:
    """Articles and facts, the search over them, and the telephone of the commission. `mark` names what the files held."""

    library: Library
    search: Search
    phone: str
    mark: str

    @classmethod
    def load(cls, folder: Path) -> "Edition":
        """The guide as the bot starts with it, or BrokenGuide."""
        mark = kept.fingerprint(files.sources(folder)).hex()
        library = Library.load(folder)
        return cls(library, Search.load(folder), _phone(library), mark)

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
        if kept.fingerprint(files.sources(folder)) != mark:
            raise BrokenGuide([Problem(folder, 1, "a file was changed while the guide was being read: try again")])
        for thing in (library, search):
            kept.keep(folder, mark, thing)
        return cls(library, search, _phone(library), mark.hex())


def _phone(library: Library) -> str:
    return library.facts.say("phone_cec", "plain", Language.KY)
