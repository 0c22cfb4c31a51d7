"""Values of settings in words."""

from __future__ import annotations

import pytest

from portfolio.services.practice import Group, Setting
from portfolio.ui.practices import value_words


@pytest.mark.parametrize(
    ("group", "unit", "value", "said"),
    [("Health thresholds", "days", "45", "45 days"), ("Health thresholds", "days", "1", "1 day"),
     ("Health thresholds", "percentage points", "1", "1 percentage point"),
     ("Deadlines", "months", "1", "1 month"), ("Deadlines", "months", "0", "0 months"),
     ("Upload limits", "", "1200", "1,200")],
)  # fmt: skip
def test_a_number_is_said_with_its_unit(group: Group, unit: str, value: str, said: str) -> None:
    assert value_words(Setting("a-setting", group, "A setting", value, unit, "", None), value) == said
