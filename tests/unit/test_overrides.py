"""A unit's own values hold where they were said to, and no longer."""

from __future__ import annotations

import pytest

from portfolio.overrides import overridden, overrides, use_overrides
from portfolio.services.thresholds import threshold

KEY = "threshold/time-amber"


# In one process, one after the other: the first leaves a value behind, and either may be the first.
@pytest.mark.xdist_group("overrides")
@pytest.mark.parametrize("turn", ["one", "other"])
def test_value_that_a_test_leaves_behind_does_not_reach_the_next(turn: str) -> None:
    assert threshold("time-amber") == 30
    use_overrides({KEY: f"4{len(turn)}"})
    assert threshold("time-amber") == 40 + len(turn)


def test_values_hold_inside_their_block_and_those_around_it_afterwards() -> None:
    use_overrides({KEY: "41"})
    with overrides({KEY: "42"}):
        assert overridden(KEY, "30") == "42"
    assert overridden(KEY, "30") == "41"
    assert overridden("threshold/time-red", "90") == "90"
