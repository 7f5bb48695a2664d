"""Coordinators: invitations, roles in words, the list, and revoking."""

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from bot import i18n
from bot.domain.chats import Grant, Invite, Role
from bot.domain.ids import Language, PlaceSlug
from bot.domain.places import Places
from bot.i18n import catalog
from bot.ports import Button, Letter
from bot.texts.words import escape, numbered, shortened

A_PAGE = 15
NAME_AT_MOST = 60


def role_name(role: Role, language: Language) -> str:
    """A role and what it may do."""
    _ = catalog(language).gettext
    return {
        Role.ADMINISTRATOR: _("administrator"),
        Role.COORDINATOR: _("coordinator"),
        Role.DESK: _("desk: replies only"),
        Role.EDITOR: _("editor: the guide only"),
        Role.OBSERVER: _("observer: statistics only"),
    }[role]


def roles_to_offer(roles: Iterable[Role], language: Language) -> Letter:
    """Which role the invitation offers."""
    _ = catalog(language).gettext
    offered = frozenset(roles)
    buttons = tuple((Button(role_name(role, language), f"i:{role}"),) for role in Role if role in offered)
    return Letter(_("Whom do you invite?"), buttons)


def invitation(invite: Invite, link: str, places: Places, language: Language, zone: ZoneInfo) -> Letter:
    """A one-time link to hand over."""
    _ = catalog(language).gettext
    return Letter(
        _(
            "Send this link to the person. It works once, until {when}.\n\nRole: {role}\nPlace: {place}\n\n{link}"
        ).format(
            when=i18n.moment(invite.expires_at, language, zone),
            role=role_name(invite.role, language),
            place=escape(place_name(invite.place, places, language)),
            link=escape(link),
        )
    )


def offer(invite: Invite, token: str, places: Places, language: Language, zone: ZoneInfo) -> Letter:
    """What an invitation offers, before it is accepted."""
    _ = catalog(language).gettext
    return Letter(
        _(
            "<b>You are invited to help people here.</b>\nRole: {role}\nPlace: {place}\nThe invitation stands until {when}.\n\nIf you accept, the people of this place see your name under your replies."
        ).format(
            role=role_name(invite.role, language),
            place=escape(place_name(invite.place, places, language)),
            when=i18n.moment(invite.expires_at, language, zone),
        ),
        ((Button(_("Accept"), f"accept:{token}"), Button(_("No, thank you"), "refuse")),),
    )


def accepted(invite: Invite, places: Places, language: Language) -> Letter:
    """The role is held."""
    _ = catalog(language).gettext
    return Letter(
        _("Thank you! You are now: {role}, {place}. Questions arrive here by themselves; all that wait: /desk").format(
            role=role_name(invite.role, language), place=escape(place_name(invite.place, places, language))
        )
    )


def not_accepted(language: Language) -> str:
    """The person declined."""
    _ = catalog(language).gettext
    return _("The invitation is not accepted.")


def invite_is_gone(language: Language) -> Letter:
    """Used, expired or revoked."""
    _ = catalog(language).gettext
    return Letter(_("This invitation is used, expired or revoked. Ask for a new one."))


def colleagues(
    found: Sequence[tuple[Grant, str]],
    invites: Sequence[Invite],
    page: int,
    places: Places,
    language: Language,
    zone: ZoneInfo,
) -> Letter:
    """A page of who holds which role, then of open invitations; each can be revoked at once."""
    _ = catalog(language).gettext
    pages = max(1, -(-(len(found) + len(invites)) // A_PAGE))
    number = min(max(page, 1), pages)
    first, last = (number - 1) * A_PAGE, number * A_PAGE
    shown = invites[max(first - len(found), 0) : max(last - len(found), 0)]
    lines = [_("<b>Coordinators</b>") + (f" {number}/{pages}" if pages > 1 else "")]
    rows: list[tuple[Button, ...]] = []
    for grant, name in found[first:last]:
        who = shortened(name, NAME_AT_MOST) or _("no name")
        lines.append(
            f"{escape(who)} — {role_name(grant.role, language)}, {escape(place_name(grant.place, places, language))}, "
            + _("since {when}").format(when=i18n.day(grant.granted_at, language, zone))
        )
        rows.append(
            (
                Button(
                    _("Revoke: {who}, {role}").format(who=who, role=role_name(grant.role, language)),
                    f"revoke:{grant.id}",
                ),
            )
        )
    if shown:
        lines.append(_("<b>Open invitations</b>"))
    for invite in shown:
        lines.append(
            f"{numbered(invite.id)} — {role_name(invite.role, language)}, {escape(place_name(invite.place, places, language))}, "
            + _("until {when}").format(when=i18n.moment(invite.expires_at, language, zone))
        )
        rows.append(
            (Button(_("Withdraw invitation {number}").format(number=numbered(invite.id)), f"withdraw:{invite.id}"),)
        )
    turn = []
    if number > 1:
        turn.append(Button("◀️", f"people:{number - 1}"))
    if number < pages:
        turn.append(Button("▶️", f"people:{number + 1}"))
    if turn:
        rows.append(tuple(turn))
    rows.append((Button(_("Invite a coordinator"), "invite"),))
    return Letter("\n".join(lines), tuple(rows))


def revoke_question(grant: Grant, name: str, places: Places, language: Language) -> Letter:
    """Asked once before a role ends."""
    _ = catalog(language).gettext
    return Letter(
        _("Revoke the role «{role}» of {who} in {place}?").format(
            role=role_name(grant.role, language),
            who=escape(name or _("no name")),
            place=escape(place_name(grant.place, places, language)),
        ),
        ((Button(_("Yes, revoke"), f"revoked:{grant.id}"), Button(_("No"), "people")),),
    )


def revoked(language: Language) -> str:
    """The role ended at once."""
    _ = catalog(language).gettext
    return _("Revoked.")


def place_name(slug: PlaceSlug, places: Places, language: Language) -> str:
    """A place's name, or its slug when the tree no longer knows it."""
    place = places.get(slug)
    return places.label(place, language) if place else slug
