"""How the cells of one column are read, where one cell alone leaves a doubt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DecimalMark = Literal["comma", "point"]
DateOrder = Literal["day-first", "month-first"]
PercentScale = Literal["hundred", "one"]


@dataclass(frozen=True)
class ColumnReading:
    """What is settled about a column, by its other cells or by a person's answer; None is not settled.

    `decimal_mark` and `date_order` are for texts, `percent_scale` says what stands for all: 100 or 1.
    `multiplier` turns what is written into the unit of the field: 1000 for a column "in thousands".
    """

    decimal_mark: DecimalMark | None = None
    date_order: DateOrder | None = None
    percent_scale: PercentScale | None = None
    multiplier: int = 1


UNSETTLED = ColumnReading()
