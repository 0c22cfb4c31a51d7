"""What may have happened by the day is in no amount, and is said with the range that it gives."""

from __future__ import annotations

import pytest

from portfolio.services.funds.possible_amounts import not_counted
from tests.unit.test_fund_rates import money

LATER = "on a reduced date that may lie after this day: not counted yet"


@pytest.mark.parametrize(
    ("figure_id", "field", "expected"),
    [
        ("open-pre-financing", "cleared", f"EUR 600 to EUR 1,000; EUR 400 accepted {LATER}"),
        ("open-pre-financing", "pre_financing", f"EUR 1,000 to EUR 1,400; EUR 400 pre-financed {LATER}"),
        ("paid", "paid", f"EUR 1,000 to EUR 1,400; EUR 400 paid {LATER}"),
        ("left-to-pay", "paid", f"EUR 600 to EUR 1,000; EUR 400 paid {LATER}"),
        ("received", "received", f"EUR 1,000 to EUR 1,400; EUR 400 received {LATER}"),
        ("incurred", "received", ""),
    ],
)
def test_a_reduced_date_gives_a_range(figure_id: str, field: str, expected: str) -> None:
    row = money(**{f"possible_{field}_cents": 40_000})
    assert not_counted(figure_id, [row, None], 100_000) == expected
    assert not_counted(figure_id, [money()], 100_000) == ""
