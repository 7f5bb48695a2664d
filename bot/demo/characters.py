"""The people of the demo: who sits at the phones, told in one line in each language."""

from typing import Final

from bot.demo.world import Chat, ChatType, Person, Standing, World

ADMINISTRATOR: Final = 5_000_000_001
COORDINATOR: Final = 5_000_000_002
CANDIDATE_KY: Final = 5_000_000_011
CANDIDATE_RU: Final = 5_000_000_012
GROUP_MEMBERS: Final = (5_000_000_021, 5_000_000_022, 5_000_000_023)
"""The members of the initiative group; the first is its administrator."""
GROUP: Final = -4_000_000_001


def people() -> tuple[Person, ...]:
    """Everybody, in the order in which the page lists them."""
    return (
        Person(
            CANDIDATE_KY, "Айгерим", "ky", last_name="Токтогулова", username="aigerim_demo",
            about={
                "ky": "Айылдык кеңешке талапкер болгусу келет, кыргызча жазат",
                "ru": "Хочет выдвинуться в айылный кенеш, пишет по-кыргызски",
            },
        ),
        Person(
            CANDIDATE_RU, "Сергей", "ru", last_name="Ким", username="sergey_demo",
            about={
                "ky": "Шаардык кеңешке талапкер болгусу келет, орусча жазат",
                "ru": "Хочет выдвинуться в городской кенеш, пишет по-русски",
            },
        ),
        Person(
            GROUP_MEMBERS[0], "Бакыт", "ky", last_name="Асанов", username="bakyt_demo",
            about={
                "ky": "Демилгелүү топтун жетекчиси, топтун чатын башкарат",
                "ru": "Ведёт инициативную группу, администратор её чата",
            },
        ),
        Person(
            GROUP_MEMBERS[1], "Гүлнара", "ky", last_name="Осмонова",
            about={
                "ky": "Демилгелүү топтун мүчөсү, коомдук угууга суроолорду даярдайт",
                "ru": "Участница инициативной группы, готовит вопросы к слушаниям",
            },
        ),
        Person(
            GROUP_MEMBERS[2], "Ольга", "ru", last_name="Петренко",
            about={
                "ky": "Демилгелүү топтун мүчөсү, орусча жазат",
                "ru": "Участница инициативной группы, пишет по-русски",
            },
        ),
        Person(
            ADMINISTRATOR, "Нургүл", "ky", last_name="Садыкова", username="nurgul_demo",
            about={
                "ky": "Координатор жана боттун администратору",
                "ru": "Координатор и администратор бота",
            },
        ),
        Person(
            COORDINATOR, "Тимур", "ru", last_name="Алиев", username="timur_demo",
            about={
                "ky": "Координатор, чакыруу менен кошулат",
                "ru": "Координатор, присоединяется по приглашению",
            },
        ),
    )  # fmt: skip


def cast(token: str | None = None) -> World:
    """A world with everybody in it. The bot is in the group as a plain member, privacy mode on."""
    world = World(token=token)
    for person in people():
        world.add_person(person)
    members = dict.fromkeys(GROUP_MEMBERS, Standing.MEMBER) | {GROUP_MEMBERS[0]: Standing.CREATOR}
    title = "Демилгелүү топ: Көл башы"
    world.add_group(Chat(GROUP, ChatType.GROUP, title=title, members=members, bot=Standing.MEMBER))
    return world
