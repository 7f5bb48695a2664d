"""Times as the file keeps them: whole epoch seconds, always UTC."""

from datetime import UTC, datetime


def epoch(moment: datetime) -> int:
    """An aware moment as whole seconds."""
    return int(moment.timestamp())


def moment(seconds: int) -> datetime:
    """The aware UTC moment of these seconds."""
    return datetime.fromtimestamp(seconds, UTC)


def perhaps(seconds: int | None) -> datetime | None:
    """The moment of these seconds, if there are any."""
    return None if seconds is None else moment(seconds)
