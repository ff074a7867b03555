"""Statuses move only along their tables."""

import pytest

from gateway.errors import IllegalMove
from gateway.records import states
from gateway.records.codes import COUNTED_BY_VICTIMS, NOT_GRAVE, Level, ViolationType
from gateway.records.states import AlertStatus, ReplyState, VerificationStatus

ALL_MOVES = [states.ALERT_MOVES, states.REPLY_MOVES, states.FEEDBACK_MOVES, *states.VERIFICATION_MOVES.values()]


@pytest.mark.parametrize("moves", ALL_MOVES)
def test_every_move_ends_at_another_status(moves):
    assert all(before not in after for before, after in moves.items())


def test_a_move_that_is_not_in_the_table_is_refused():
    with pytest.raises(IllegalMove, match="in_incident cannot become not_mrm"):
        states.check_move(states.ALERT_MOVES, before=AlertStatus.IN_INCIDENT, after=AlertStatus.NOT_MRM)


def test_a_delivered_reply_never_goes_back():
    for after in ReplyState:
        with pytest.raises(IllegalMove):
            states.check_move(states.REPLY_MOVES, before=ReplyState.DELIVERED, after=after)


def test_only_the_final_level_verifies():
    levels = [
        level
        for level, moves in states.VERIFICATION_MOVES.items()
        if any(VerificationStatus.VERIFIED in after for after in moves.values())
    ]
    assert levels == [Level.FINAL]


def test_a_violation_is_verified_only_after_both_earlier_levels():
    reached_from = {
        (level, before)
        for level, moves in states.VERIFICATION_MOVES.items()
        for before, after in moves.items()
        if VerificationStatus.VERIFIED in after
    }
    assert reached_from == {(Level.FINAL, VerificationStatus.TECHNICAL_AGREED)}


@pytest.mark.parametrize("status", sorted(states.FINAL_STATUSES))
def test_a_final_status_only_reopens(status):
    after = [moves[status] for moves in states.VERIFICATION_MOVES.values() if status in moves]
    assert after == [{VerificationStatus.PENDING}]


def test_six_types_count_children_and_two_are_not_grave():
    assert len(ViolationType) == 10
    assert len(COUNTED_BY_VICTIMS) == 6
    assert {ViolationType.MILITARY_USE, ViolationType.DEPRIVATION_LIBERTY} == NOT_GRAVE
