"""Values as pages print them: the words of the screens, the same on every kind of paper."""

from __future__ import annotations

from typing import Literal

from portfolio.summaries.content import NUMBERS, Cell, Kind, Link, Missing

NOT_KNOWN, NOT_APPLICABLE = "not known", "not applicable"
# The letter that stands with the word of a colour of health, as on the screens.
HEALTH_LETTERS = {"Green": "G", "Amber": "A", "Red": "R"}


def alignment(kind: Kind) -> Literal["left", "right"]:
    """The side on which a column of a kind stands."""
    return "right" if kind in NUMBERS else "left"


def cell_text(cell: Cell, kind: Kind = "text") -> str:
    """A cell as a page prints it; the unit of a number stands in the heading of its column.

    Colours get their letter; a cell of another kind that reads "Green" is a text like any other.

    >>> cell_text(500_500_050, "money"), cell_text(0.125, "share"), cell_text(-3.14, "points")
    ('5,005,001', '12.5 %', '-3.1')
    >>> cell_text(None), cell_text(Missing.UNKNOWN, "money"), cell_text("Amber", "colour")
    ('', 'not known', 'A Amber')
    """
    if cell is None:
        return ""
    if isinstance(cell, Missing):
        return NOT_KNOWN if cell is Missing.UNKNOWN else NOT_APPLICABLE
    if isinstance(cell, Link):
        return cell.name
    if isinstance(cell, str):
        letter = HEALTH_LETTERS.get(cell) if kind == "colour" else None
        return f"{letter} {cell}" if letter else cell
    return _number(cell, kind)


def _number(value: int | float, kind: Kind) -> str:
    if kind == "money":
        return _whole_euro(int(value))
    if kind == "share":
        return f"{100 * value:.1f} %"
    if kind == "points":
        return f"{value:+.1f}" if round(value, 1) else "0.0"
    if isinstance(value, float):
        return f"{value:,.6f}".rstrip("0").rstrip(".")
    return f"{value:,}"


def _whole_euro(cents: int) -> str:
    """Whole euro, half a euro away from zero, as a workbook shows them."""
    euro = (abs(cents) + 50) // 100
    return f"{'-' if cents < 0 and euro else ''}{euro:,}"
