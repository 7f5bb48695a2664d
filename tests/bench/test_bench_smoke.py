"""A small smoke of each measurement: the processes start, the sums add up, nobody is told twice."""

import pytest

from tests.bench.campaign import freezing, killing, sending

pytestmark = pytest.mark.timeout(240)


def test_freezing_copies_everybody_in_pieces() -> None:
    found = freezing(3000)

    assert found["people"] == 3000
    assert found["longest_writer_hold"] < 5


def test_sending_adds_up_and_nobody_is_limited() -> None:
    found = sending(120, 100.0, 0.0, allow=100.0, blocked=0.02)

    assert found["adds_up"]
    assert found["server"]["limited_after_the_first_minute"] == 0
    assert found["tally"] in ({2: found["server"]["delivered"], 3: 120 - found["server"]["delivered"]}, {2: 120})


def test_a_kill_leaves_everybody_accounted_for() -> None:
    found = killing(200, 50.0, 1, allow=1000.0, errors=0.01)

    assert found["adds_up"] and found["sent_all_in_record"] and found["record_all_sent_or_uncertain"]
    assert found["twice"] == 0
