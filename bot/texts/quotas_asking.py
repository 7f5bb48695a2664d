"""The screens of /quota: three ways in, what to write, and what can be done with an answer."""

from urllib.parse import quote

from bot.domain.ids import Language
from bot.domain.quotas.people import Feature
from bot.i18n import catalog
from bot.ports import Button, Letter
from bot.texts.quotas import seats_said
from bot.texts.words import escape, in_rows

ARTICLES = {"aiyl": "quota-how-counted", "list": "quota-city", "who": "quota-how-counted"}
OF_ARTICLES = {"quota-in-short": "", "quota-how-counted": "", "quota-aiyl": "aiyl", "quota-city": "list"}
RUNS = (2, 3, 4)
PERCENTS = (10, 20, 30)
MOST_STEPS = 200
Rows = tuple[tuple[Button, ...], ...]


def ways(language: Language) -> Letter:
    """The three paths."""
    _ = catalog(language).gettext
    return Letter(
        _("<b>The quota calculator</b>\nIt shows every step and says what is not confirmed. What do you want to know?"),
        (
            (Button(_("🏡 My aiyl kenesh"), "k:aiyl"),),
            (Button(_("📋 A party's list for a city kenesh"), "k:list"),),
            (Button(_("🗳 Who would get the seats"), "k:who"),),
            (Button(_("🎓 Quiz: what do you know?"), "qzi"),),
        ),
    )


def ask_seats(language: Language) -> Letter:
    """The seats of each district, or the total only."""
    _ = catalog(language).gettext
    return Letter(
        _("Write how many seats each district has, in a row. For example: <code>5 6 7</code>"),
        ((Button(_("I know the total only"), "k:range"),), _back(language)),
    )


def ask_total(language: Language) -> Letter:
    """The total and the number of districts."""
    _ = catalog(language).gettext
    return Letter(
        _("Write the seats of the kenesh and the number of its districts. For example: <code>21 3</code>"),
        (_back(language),),
    )


def ask_list(language: Language) -> Letter:
    """A list as lines, as a file, or step by step."""
    _ = catalog(language).gettext
    example = _("Asanova Ainura f\nPetrov Ivan m")
    return Letter(
        _(
            "Send the list in its order: one name a line, then ж or м (а or э).\n<code>{example}</code>\n"
            "Or send an Excel or CSV file with the columns name and sex.\n\n"
            "<i>Names are not kept: they live in memory for an hour at most.</i>"
        ).format(example=escape(example)),
        ((Button(_("Step by step, without names"), "ks:1"),), _back(language)),
    )


def ask_district(language: Language) -> Letter:
    """The seats of the district whose candidates come next."""
    _ = catalog(language).gettext
    return Letter(
        _("How many seats does the district have? Write a number, for example: <code>7</code>"), (_back(language),)
    )


def ask_votes(seats: int, language: Language) -> Letter:
    """Candidates with votes, as lines or as a file."""
    _ = catalog(language).gettext
    example = _("Asanova Ainura f 120\nPetrov Ivan m 95")
    return Letter(
        _(
            "{seats}. Now send the candidates: name, ж or м (а or э), votes, one a line.\n<code>{example}</code>\n"
            "Or an Excel or CSV file with the columns name, sex, votes. Whoever withdrew: write «снят» or «чыкты» at the end.\n\n"
            "<i>Names are not kept: they live in memory for an hour at most.</i>"
        ).format(seats=seats_said(seats, language), example=escape(example)),
        (_back(language),),
    )


def steps(state: str, women: int, men: int, language: Language) -> Letter:
    """A list being built position by position; the whole of it stands in the buttons."""
    _ = catalog(language).gettext
    number = women + men + 1
    text = _("Position {number}: who stands here?\nSo far women: {women}, men: {men}.").format(
        number=number, women=women, men=men
    )
    add = (Button(_("👩 Woman"), f"ks:{state}w"), Button(_("👨 Man"), f"ks:{state}m")) if number <= MOST_STEPS else ()
    done = (Button(_("↩️ Take back"), f"ks:{state}b"), Button(_("✅ Check"), f"ks:{state}c")) if number > 1 else ()
    return Letter(text, tuple(row for row in (add, done, _back(language)) if row))


def way_of(slug: str) -> str | None:
    """Which calculation belongs to an article; "" for all of them, None for none."""
    return OF_ARTICLES.get(slug)


def position_name(number: int, language: Language) -> str:
    """What somebody without a name is called."""
    _ = catalog(language).gettext
    return _("position {number}").format(number=number)


def below(way: str, token: str, payload: str, bot_name: str, language: Language) -> Rows:
    """What can be done with an answer: share, picture, Excel, article, once more. `payload` opens the same for others."""
    _ = catalog(language).gettext
    link = f"https://t.me/{bot_name}?start={payload}"
    article = f"https://t.me/{bot_name}?start=a_{ARTICLES[way]}"
    share = f"https://t.me/share/url?url={quote(link, safe='')}&text={quote(_invitation(way, language))}"
    buttons = (
        Button(_("🖼 Picture"), f"kp:{token}"),
        Button(_("📊 Excel"), f"kx:{token}"),
        Button(_("↗️ Share"), link=share),
        Button(_("📖 Article"), link=article),
        Button(_("🔁 Once more"), f"kn:{way}"),
        Button(_("⚖️ All calculations"), "kn:"),
    )
    return tuple(in_rows(buttons))


def trials(token: str, features: frozenset[Feature], language: Language) -> Rows:
    """Rules that can be tried out on a list; none of them is confirmed for local lists."""
    _ = catalog(language).gettext
    words = {
        Feature.YOUNG: _("🧪 Young, {number} %"),
        Feature.MINORITY: _("🧪 Minorities, {number} %"),
        Feature.DISABILITY: _("🧪 Disability, {number} %"),
    }
    order = [Button(_("🧪 {number} in a row").format(number=run), f"kt:{token}:order={run}") for run in RUNS]
    shares = [
        Button(words[feature].format(number=number), f"kt:{token}:{feature}={number}")
        for feature in sorted(features)
        for number in PERCENTS
    ]
    return tuple(in_rows((*order, *shares)))


def send_again(language: Language) -> str:
    """The list is no longer in memory: an hour has passed, or the bot has started anew."""
    _ = catalog(language).gettext
    return _("This list is no longer in memory. Please send it again: /quota")


def still_waiting(language: Language) -> str:
    """A hint below what was wrong: the form is open."""
    _ = catalog(language).gettext
    return _("Correct it and send it again, or leave: /help")


def file_too_large(limit: int, language: Language) -> str:
    """A file larger than may be fetched."""
    _ = catalog(language).gettext
    return _("The file is too large: a table of up to {limit} MB is expected.").format(limit=limit)


def no_file(path: str, language: Language) -> str:
    """A file that cannot be opened from the terminal."""
    _ = catalog(language).gettext
    return _("{path} cannot be opened: a file .csv or .xlsx is expected.").format(path=path)


def _invitation(way: str, language: Language) -> str:
    _ = catalog(language).gettext
    return {
        "aiyl": _("How many seats are reserved for women in an aiyl kenesh: a calculation step by step"),
        "list": _("Check a party's list against the quota"),
        "who": _("Who would get the seats: a calculation by an assumption"),
    }[way]


def _back(language: Language) -> tuple[Button, ...]:
    _ = catalog(language).gettext
    return (Button(_("⚖️ All calculations"), "k:"),)
