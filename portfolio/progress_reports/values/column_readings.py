"""How the cells of one column are read, where one cell alone leaves a doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from portfolio.progress_reports.fields.columns import FieldSpec
from portfolio.progress_reports.files.cells import RawCell
from portfolio.progress_reports.values.amounts import (
    DecimalMark,
    Reading,
    read_amount,
    read_number,
    read_percent,
)
from portfolio.progress_reports.values.entered_dates import DateOrder, DateReading, read_date

PercentScale = Literal["hundred", "one"]
# The number format of a cell that was typed on the screen: no evidence for its column, and read by itself.
TYPED_HERE = "typed on the screen"
# A plain number above it in a column of percentages counts points: 2 as a part of 1 would be 200 %.
CERTAIN_POINTS = 2
_SAMPLES = 3


@dataclass(frozen=True)
class ColumnReading:
    """What is settled about a column, by its other cells or by a person's answer; None is not settled.

    `decimal_mark` and `date_order` are for texts, `percent_scale` says what stands for all: 100 or 1.
    `multiplier` turns what is written into the unit of the field: 1000 for a column "in thousands".
    `usual_mark` and `usual_order` are what most cells prove, also where others prove the contrary.
    `date_marks` are the separators of the dates that prove their order: it holds for dates written alike,
    and for all where a person has settled it (no marks). `open_cells` is how many wait for an answer,
    `samples` are the first of them. `answers` are the codes that a person has chosen. `may_be_exchanged`:
    Excel left the days after the 12th of the column as texts, so it may have taken day and month of the
    others for each other.
    """

    decimal_mark: DecimalMark | None = None
    date_order: DateOrder | None = None
    percent_scale: PercentScale | None = None
    multiplier: int = 1
    usual_mark: DecimalMark | None = None
    usual_order: DateOrder | None = None
    date_marks: frozenset[str] = frozenset()
    open_cells: int = 0
    samples: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    may_be_exchanged: bool = False


    def number(self, spec: FieldSpec, written: Reading) -> Reading:
        """A text that was read as a number, with the decimal mark of the column where that settles it.

        An amount of money with three decimals is next to none: it stays a question unless a person has
        settled the column. Of a whole number only the reading that is whole is possible.
        """
        if written.choices is None:
            return written
        if spec.kind == "count" and written.choices[1] % 1:
            return replace(written, amount=written.choices[0], choices=None, problem=None, mark=None)
        settled = written.settled(self.decimal_mark)
        is_answered = any(code.startswith("decimal") for code in self.answers)
        has_mills = settled.amount == written.choices[1] and written.scale * self.multiplier == 1
        return written if spec.kind == "amount" and has_mills and not is_answered else settled

    def date(self, written: DateReading) -> DateReading:
        """A text that was read as a date, with the order of the dates that are written like it."""
        is_alike = not self.date_marks or written.mark in self.date_marks
        return written.settled(self.date_order) if is_alike else written


UNSETTLED = ColumnReading()
_ANSWERS: dict[str, dict[str, Any]] = {
    "decimal-comma": {"decimal_mark": "comma", "usual_mark": "comma"},
    "decimal-point": {"decimal_mark": "point", "usual_mark": "point"},
    "day-first": {"date_order": "day-first", "date_marks": frozenset(), "usual_order": "day-first"},
    "month-first": {"date_order": "month-first", "date_marks": frozenset(), "usual_order": "month-first"},
    "percent-hundred": {"percent_scale": "hundred"},
    "percent-one": {"percent_scale": "one"},
    "times-1": {"multiplier": 1},
    "times-1000": {"multiplier": 1_000},
    "times-1000000": {"multiplier": 1_000_000},
}


def column_reading(spec: FieldSpec, cells: Iterable[RawCell], answer: str | None = None) -> ColumnReading:
    """What the cells of a column prove about how its other cells are read.

    `answer` is the code of an offer of kind "column", or several separated by spaces; it goes before all
    evidence. Codes that are not known settle nothing.
    """
    if spec.kind in ("amount", "number", "percent", "count"):
        found = _number_evidence(spec, cells)
    elif spec.kind == "date":
        found = _date_evidence(cells)
    else:
        return UNSETTLED
    for code in (answer or "").split():
        if code in _ANSWERS:
            found = replace(found, **_ANSWERS[code], answers=(*found.answers, code))
    return found


def _number_evidence(spec: FieldSpec, cells: Iterable[RawCell]) -> ColumnReading:
    proven: Counter[DecimalMark] = Counter()
    doubtful: list[tuple[str, Reading]] = []
    plain: dict[str, float] = {}
    for cell in cells:
        if cell.type == "n" and spec.kind == "percent" and "%" not in cell.number_format:
            plain[cell.text] = abs(float(cell.value or 0))
        if cell.type != "s" or cell.number_format == TYPED_HERE:
            continue
        reading, is_signed = _read(spec, cell.text)
        if reading.amount is not None and not is_signed:
            plain[cell.text] = abs(float(reading.amount))
        if reading.choices is not None:
            doubtful.append((cell.text, reading))
        elif reading.mark is not None:
            proven[reading.mark] += 1
    usual = proven.most_common(1)[0][0] if proven else None
    mark = usual if len(proven) == 1 else None
    found = ColumnReading(decimal_mark=mark, usual_mark=usual)
    found = _waiting(found, [text for text, reading in doubtful if found.number(spec, reading).choices])
    return _with_percent_scale(found, plain) if plain else found


def _read(spec: FieldSpec, text: str) -> tuple[Reading, bool]:
    """The number of a text, and whether it says what it counts: only percentages may leave that open."""
    if spec.kind == "percent":
        return read_percent(text)
    return (read_amount(text) if spec.kind == "amount" else read_number(text)), True


def _with_percent_scale(found: ColumnReading, sizes: Mapping[str, float]) -> ColumnReading:
    """With what numbers without a sign for per cent show: one far above 1 cannot be a part of 1."""
    parts = [text for text, size in sizes.items() if 0 < size <= CERTAIN_POINTS]
    if len(parts) < len(sizes) and any(size > CERTAIN_POINTS for size in sizes.values()):
        return replace(found, percent_scale="hundred")
    return _waiting(found, parts) if any(sizes[text] <= 1 for text in parts) else found


def _date_evidence(cells: Iterable[RawCell]) -> ColumnReading:
    proven: Counter[DateOrder] = Counter()
    marks: set[str] = set()
    doubtful: list[tuple[str, DateReading]] = []
    days: list[str] = []
    for cell in cells:
        if cell.type == "d":
            days.append(cell.text[8:10])
        # A text that begins with its year proves no order.
        if cell.type != "s" or cell.number_format == TYPED_HERE or cell.text[:4].isdigit():
            continue
        reading = read_date(cell.text)
        if reading.choices is not None:
            doubtful.append((cell.text, reading))
        elif reading.order is not None:
            proven[reading.order] += 1
            marks.add(reading.mark)
    usual = proven.most_common(1)[0][0] if proven else None
    order = usual if len(proven) == 1 else None
    found = ColumnReading(date_order=order, usual_order=usual, date_marks=frozenset(marks if order else ()))
    # A real date is what Excel could read; it could not have left texts if it had read the day first.
    exchanged = order == "day-first" and bool(days) and max(days) <= "12"
    waiting = [text for text, reading in doubtful if found.date(reading).choices]
    return _waiting(replace(found, may_be_exchanged=exchanged), waiting)


def _waiting(found: ColumnReading, texts: list[str]) -> ColumnReading:
    """With the cells that wait for an answer."""
    return replace(found, open_cells=len(texts), samples=tuple(dict.fromkeys(texts))[:_SAMPLES])
