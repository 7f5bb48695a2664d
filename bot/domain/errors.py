"""What the rules do not allow: a Refusal is safe to explain to the person."""


class Refusal(Exception):
    """The rules do not allow this. `facts` are what the explanation needs."""


class WrongMove(Refusal):
    """A thing was asked to change in a way it does not know."""

    def __init__(self, now: object, wanted: object) -> None:
        super().__init__(f"{now} cannot become {wanted}")
        self.now = now
        self.wanted = wanted


class NotAllowed(Refusal):
    """The person's role does not cover this act in this place. `what` is logged, never shown."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class Unknown(Refusal):
    """There is no such thing, or no longer."""


class TooMany(Refusal):
    """The hourly limit of questions is reached. `first` is true for the one that is told so."""

    def __init__(self, first: bool) -> None:
        super().__init__("too many questions in an hour")
        self.first = first


class InviteRefused(Refusal):
    """The invitation is used, expired, revoked or somebody else's."""
