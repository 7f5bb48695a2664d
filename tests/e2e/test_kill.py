"""kill -9 at every point of a question's way: the asker hears of it, the question exists once, a coordinator learns."""

import pytest

from tests.e2e.processes import Street
from tests.handlers.test_questions import UNKNOWN_RU
from tests.town import Person, buttons, text_of

pytestmark = pytest.mark.timeout(240)

WORDS = "zyrkomastit"
QUESTION = f"{UNKNOWN_RU} {WORDS}"
ANSWER = "Номер вашего вопроса: № "


async def came_of_it(street: Street, asker: Person, nurgul: Person) -> tuple[int, int, int]:
    """Answers seen by the asker, questions in the file, letters seen by the coordinator, once all is quiet."""
    await street.eventually(lambda: street.answers(asker, ANSWER))
    await street.eventually(lambda: street.answers(nurgul, WORDS))
    await street.quiet()
    questions = street.rows(f"SELECT count(*) FROM questions WHERE chat_id = {asker.id}")[0][0]
    return len(await street.answers(asker, ANSWER)), questions, len(await street.answers(nurgul, WORDS))


@pytest.mark.parametrize("place", ["before the inbox write", "after the inbox write", "after the effect"])
async def test_killed_before_the_reply_was_asked_for_all_happens_once(street: Street, place: str) -> None:
    nurgul, sergey = await street.two()
    street.arm(place)
    await sergey.write(QUESTION)
    await street.dies()

    await street.live()

    assert await came_of_it(street, sergey, nurgul) == (1, 1, 1)


@pytest.mark.parametrize(("hold", "answers"), [("hold_before", 1), ("hold_after", 2)])
async def test_killed_while_the_server_has_the_reply_it_comes_once_or_twice(
    street: Street, hold: str, answers: int
) -> None:
    nurgul, sergey = await street.two()
    await street.faults({"method": "sendMessage", "chat_id": sergey.id, "do": hold})
    await sergey.write(QUESTION)
    await street.held()
    await nurgul.hears(WORDS)
    await street.eventually(lambda: letters_settled(street))
    await street.kill()

    await street.post("/sim/release", {})
    await street.live()

    assert await came_of_it(street, sergey, nurgul) == (answers, 1, 1)


async def letters_settled(street: Street) -> bool:
    """No letter is in flight."""
    return street.rows("SELECT count(*) FROM deliveries WHERE status IN (0, 1)") == [(0,)]


async def test_killed_before_the_update_is_marked_done_the_reply_comes_twice(street: Street) -> None:
    nurgul, sergey = await street.two()
    street.arm("before it is marked done")
    await sergey.write(QUESTION)
    await street.dies()

    await street.live()

    answers, questions, letters = await came_of_it(street, sergey, nurgul)
    assert (answers, questions) == (2, 1)
    assert letters in (1, 2)


@pytest.mark.parametrize(("hold", "letters"), [("hold_before", 1), ("hold_after", 2)])
async def test_killed_while_the_server_has_the_letter_the_coordinator_still_learns(
    street: Street, hold: str, letters: int
) -> None:
    nurgul, sergey = await street.two()
    await street.faults({"method": "sendMessage", "chat_id": nurgul.id, "do": hold})
    await sergey.say(QUESTION)
    await street.held()
    await street.eventually(lambda: nothing_waits(street))
    await street.kill()

    await street.post("/sim/release", {})
    await street.live()

    assert await came_of_it(street, sergey, nurgul) == (1, 1, letters)


async def nothing_waits(street: Street) -> bool:
    """Every update is done."""
    return street.rows("SELECT count(*) FROM inbox WHERE done_at IS NULL") == [(0,)]


async def test_killed_at_each_step_of_each_write_nothing_is_lost_and_no_effect_is_double(street: Street) -> None:
    nurgul = await street.coordinator()
    seen = {}
    for step, sergey in enumerate(await street.askers(24), start=1):
        await street.quiet()
        before = len(await street.answers(nurgul, WORDS))
        street.arm("write", str(step))
        await sergey.write(QUESTION)
        if not await died_or_done(street, sergey):
            break
        await street.dies()
        await street.live()
        answers, questions, _all = await came_of_it(street, sergey, nurgul)
        letters = len(await street.answers(nurgul, WORDS)) - before
        seen[step] = (answers, questions, letters)

    assert 9 <= len(seen) < 24  # receive, count, ask, claim, settle, done: each has a step before and one after
    assert {step: one for step, one in seen.items() if one not in {(1, 1, 1), (2, 1, 1), (1, 1, 2), (2, 1, 2)}} == {}


async def died_or_done(street: Street, asker: Person) -> bool:
    """True when the bot was ended at a write; false when the question came to its end before that number of writes."""

    async def look() -> str:
        if street.bot.ended() is not None:
            return "died"
        answered = await street.answers(asker, ANSWER)
        settled = answered and await nothing_waits(street) and await letters_settled(street)
        return "done" if settled else ""

    return await street.eventually(look) == "died"


async def test_of_many_who_ask_at_once_nobody_is_left_without_an_answer(street: Street) -> None:
    nurgul = await street.coordinator()
    crowd = await street.askers(8)
    street.arm("write", "9")
    for one in crowd:
        await one.write(QUESTION)
    await street.dies()

    await street.live()

    for one in crowd:
        await street.eventually(lambda one=one: street.answers(one, ANSWER))
    await street.eventually(lambda: every_question_is_told(street, nurgul, len(crowd)))
    await street.quiet()
    assert street.rows("SELECT chat_id, count(*) FROM questions GROUP BY chat_id ORDER BY 1") == [
        (one.id, 1) for one in sorted(crowd, key=lambda one: one.id)
    ]
    for one in crowd:
        assert len(await street.answers(one, ANSWER)) in (1, 2)


async def every_question_is_told(street: Street, nurgul: Person, count: int) -> bool:
    """The coordinator has a letter about each number."""
    told = {text_of(one).split("№ ")[1].split()[0] for one in await street.answers(nurgul, WORDS)}
    return len(told) == count


async def test_a_half_filled_place_survives(street: Street) -> None:
    sergey = await street.asker()
    about = await sergey.say("/me")
    await sergey.press(about, "Место")
    await street.quiet()
    await street.kill()
    await street.live()

    choice = await sergey.say("Баткен")

    assert any("Баткен" in one for one in buttons(choice))
    assert street.rows("SELECT count(*) FROM questions") == [(0,)]


async def test_a_reason_that_is_awaited_is_still_awaited(street: Street) -> None:
    nurgul, sergey = await street.two()
    await sergey.say(QUESTION)
    letter = await nurgul.hears(WORDS)
    await street.quiet()
    await nurgul.press(letter, "Отклонить")
    await nurgul.hears("Напишите причину")
    await street.quiet()
    await street.kill()
    await street.live()

    await nurgul.write("Ветеринары отвечают сами.")

    assert "Ветеринары отвечают сами." in text_of(await sergey.hears("отклонён"))
    await street.quiet()
    assert street.rows("SELECT status FROM questions") == [("declined",)]


async def test_a_form_killed_while_its_step_is_answered_is_filled_once(street: Street) -> None:
    nurgul, sergey = await street.two()
    await sergey.say(QUESTION)
    letter = await nurgul.hears(WORDS)
    await street.quiet()
    await nurgul.press(letter, "Отклонить")
    await nurgul.hears("Напишите причину")
    await street.quiet()
    await street.faults({"method": "sendMessage", "chat_id": nurgul.id, "do": "hold_before"})
    await nurgul.write("Ветеринары отвечают сами.")
    await street.held()
    await street.kill()
    await street.post("/sim/release", {})

    await street.live()

    assert "отклонён" in text_of(await nurgul.hears())
    await sergey.hears("отклонён")
    await street.quiet()
    assert street.rows("SELECT status FROM questions") == [("declined",)]
    assert street.rows("SELECT count(*) FROM replies") == [(1,)]
