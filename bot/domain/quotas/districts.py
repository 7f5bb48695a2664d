"""The districts of one place, as a coordinator enters them from the decision of the commission."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Districting:
    """Seats of each district in their order, and the act and its date; `link` is where the act can be read, or ""."""

    seats: tuple[int, ...]
    act: str
    as_of: date
    link: str = ""
