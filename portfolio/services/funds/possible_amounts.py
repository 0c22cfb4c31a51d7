"""What an amount leaves out because a reduced date may lie before or after the day, and its range."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from portfolio.model.money_rows import MoneyRow
from portfolio.money import format_eur

# What may have happened changes a figure by its sign: the field of MoneyRow, what it says, the sign.
_POSSIBLE: Mapping[str, tuple[tuple[str, str, int], ...]] = {
    "paid": (("paid", "paid", 1), ("recovered", "recovered", -1)),
    "left-to-pay": (("paid", "paid", -1), ("recovered", "recovered", 1)),
    "recovered": (("recovered", "recovered", 1),),
    "pre-financing": (("pre_financing", "pre-financed", 1),),
    "cleared": (("cleared", "accepted", 1),),
    "open-pre-financing": (("pre_financing", "pre-financed", 1), ("cleared", "accepted", -1)),
    "received": (("received", "received", 1),),
    "received-difference": (("received", "received", 1), ("paid", "paid", -1)),
}
FIGURES = tuple(_POSSIBLE)


def not_counted(figure_id: str, rows: Iterable[MoneyRow | None], cents: int | None) -> str:
    """What a figure of these projects does not count yet, and between what it lies; "" where nothing.

    `cents` is the figure as it is counted; None where it is not known.
    """
    listed = [row for row in rows if row is not None]
    low, high, said = 0, 0, []
    for name, verb, sign in _POSSIBLE.get(figure_id, ()):
        amount = sum(getattr(row, f"possible_{name}_cents") or 0 for row in listed)
        if amount:
            said.append(f"{format_eur(amount)} {verb}")
            low, high = (low, high + amount) if sign > 0 else (low - amount, high)
    if not said:
        return ""
    text = f"{' and '.join(said)} on a reduced date that may lie after this day: not counted yet"
    if cents is None:
        return text
    return f"{format_eur(cents + low)} to {format_eur(cents + high)}; {text}"
