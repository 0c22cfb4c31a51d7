"""Numbers in cells: amounts, counts, measured values and percentages, by their type, format and writing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from portfolio.findings import Offer
from portfolio.model.fields import MILLION
from portfolio.progress_reports.fields.columns import FieldSpec
from portfolio.progress_reports.files.cells import RawCell
from portfolio.progress_reports.values.amounts import (
    Reading,
    names_euro,
    number_within,
    read_amount,
    read_number,
    read_percent,
)
from portfolio.progress_reports.values.column_readings import CERTAIN_POINTS, TYPED_HERE, ColumnReading
from portfolio.progress_reports.values.number_formats import PLAIN_FORMAT, NumberFormat, number_format
from portfolio.progress_reports.values.parsed import Issue, Parsed, bad, replacements
from portfolio.progress_reports.values.stated_numbers import (
    AMOUNT,
    COUNT,
    LARGEST_CENTS,
    NUMBER,
    PERCENT,
    WHAT,
    StatedNumber,
    format_points,
    how_to_write,
    kept,
)

_PERCENT_ACTION = "The cell is formatted as a percentage. Give it the format Number and {}."
_NO_PERCENT = {
    "amount": "type the amount in EUR",
    "number": "type the number in the unit of the row or column",
    "count": "type the whole number",
}
_MOST_DECIMALS = 10
_SCALE_WORDS = {1: "As it stands", 1_000: "In thousands", 1_000_000: "In millions"}


def read_amount_cell(spec: FieldSpec, cell: RawCell, reading: ColumnReading) -> Parsed:
    """An amount in EUR cents."""
    stated = _stated(spec, cell, reading, read_amount)
    if isinstance(stated, Parsed):
        return stated
    return kept(spec, stated, AMOUNT)


def read_number_cell(spec: FieldSpec, cell: RawCell, reading: ColumnReading) -> Parsed:
    """A measured value in millionths of its unit."""
    stated = _stated(spec, cell, reading, read_number)
    if isinstance(stated, Parsed):
        return stated
    return kept(spec, stated, NUMBER)


def read_count_cell(spec: FieldSpec, cell: RawCell, reading: ColumnReading) -> Parsed:
    """A whole number."""
    stated = _stated(spec, cell, reading, read_number)
    if isinstance(stated, Parsed):
        return stated
    if stated.amount != stated.amount.to_integral_value():
        near = {int(stated.amount), int(stated.amount.to_integral_value(ROUND_HALF_UP))}
        offers = replacements(map(str, sorted(near)))
        return bad("NUM_OUT_OF_RANGE", how_to_write(spec), offers, why="not a whole number")
    return kept(spec, stated, COUNT)


def read_percent_cell(spec: FieldSpec, cell: RawCell, reading: ColumnReading) -> Parsed:
    """A percentage in millionths of a point: 12.5 % is 12 500 000."""
    shown = number_format(cell.number_format)
    signed = cell.type == "n" and shown.is_percent
    if cell.type == "s":
        signed = read_percent(cell.text)[1]
    stated = _stated(spec, cell, reading, lambda text: read_percent(text)[0])
    if isinstance(stated, Parsed):
        return stated
    points = stated.amount * 100 if cell.type == "n" and signed else stated.amount
    notes = stated.notes
    if not signed:
        scale = _percent_scale(points, reading)
        if scale is None:
            return _ask_percent_scale(points, reading, cell.number_format == TYPED_HERE)
        points = points * 100 if scale == "one" else points
        if points and not any(code.startswith("percent") for code in reading.answers):
            notes += (Issue("PERCENT_AS_POINTS", None, {"read": format_points(int(points * MILLION))}),)
    return kept(spec, replace(stated, amount=points, notes=notes), PERCENT)


def _percent_scale(points: Decimal, reading: ColumnReading) -> str | None:
    """What a plain number in a column of percentages is a part of; None where it has to be asked."""
    if reading.percent_scale is not None or points == 0:
        return reading.percent_scale or "hundred"
    asked_up_to = CERTAIN_POINTS if reading.open_cells else 1
    return None if abs(points) <= asked_up_to else "hundred"


def _ask_percent_scale(points: Decimal, reading: ColumnReading, is_typed_here: bool) -> Parsed:
    first, second = f"{points.normalize():f} %", f"{(points * 100).normalize():f} %"
    offers = (
        replacements((first, second))
        if is_typed_here
        else (
            Offer("column", "percent-hundred", f"100 stands for all: {first}"),
            Offer("column", "percent-one", f"1 stands for all: {second}"),
        )
    )
    return bad(
        "PERCENT_SCALE",
        f"Write {first} or {second}.",
        offers,
        first=first,
        second=second,
        why=waiting(reading),
    )


def waiting(reading: ColumnReading) -> str:
    """Whether other cells of the column wait for the same answer, as the end of a sentence."""
    if reading.open_cells > 1:
        more = reading.open_cells - 1
        return f"; so can {more} more cell{'s' if more > 1 else ''} of the column"
    return "; no other cell of the column settles it" if reading.open_cells else ""


def _stated(
    spec: FieldSpec, cell: RawCell, reading: ColumnReading, read: Callable[[str], Reading]
) -> StatedNumber | Parsed:
    """The number that a cell states, or why there is none."""
    if cell.type == "n":
        return _held(spec, cell, reading)
    if cell.type != "s":
        return bad("NUM_UNREADABLE", how_to_write(spec), what=WHAT[spec.kind])
    written = read(cell.text)
    if written.problem == "other-currency":
        return bad("CURRENCY_MISMATCH", found=written.currency)
    if cell.number_format == TYPED_HERE or names_euro(cell.text):
        # What is typed on the screen is in EUR, and a cell that names its unit needs none from its header.
        reading = replace(reading, multiplier=1)
    if cell.number_format == TYPED_HERE:
        return _written(spec, cell, written, reading)
    if written.mark and reading.usual_mark and written.mark != reading.usual_mark and not written.choices:
        return _odd(written, reading)
    return _written(spec, cell, reading.number(spec, written), reading, read)


def _written(
    spec: FieldSpec,
    cell: RawCell,
    written: Reading,
    reading: ColumnReading,
    read: Callable[[str], Reading] | None = None,
) -> StatedNumber | Parsed:
    """The number of a text; where it is doubtful, `read` is given if the whole column can be asked about."""
    if written.choices is not None:
        if read and reading.decimal_mark:
            return _ask_mills(written.choices, reading)
        choices = tuple(choice * reading.multiplier for choice in written.choices)
        offers = _marks_of_column(reading, cell.text, read) if read else _marks_of_cell(written.choices)
        first, second = (f"{choice:,}" for choice in choices)
        return bad("NUM_AMBIGUOUS", None, offers, first=first, second=second, why=waiting(reading))
    if written.amount is None or (written.scale > 1 and reading.multiplier > 1):
        # A number out of a longer text would be taken for EUR, whatever the unit of its column.
        meant = number_within(cell.text) if written.amount is None and reading.multiplier == 1 else None
        offers = replacements((meant,) if meant else ())
        return bad("NUM_UNREADABLE", how_to_write(spec), offers, what=WHAT[spec.kind])
    return StatedNumber(written.amount * reading.multiplier, is_text=True)


def _ask_mills(choices: tuple[Decimal, Decimal], reading: ColumnReading) -> Parsed:
    """The question about an amount that would have three decimals, written as the others of the column."""
    mark = reading.decimal_mark
    choices = (choices[0] * reading.multiplier, choices[1] * reading.multiplier)
    whole, part = replacements(
        (f"{choices[0]}", f"{choices[1]}0".replace(".", "," if mark == "comma" else "."))
    )
    first, second = (f"{choice:,}" for choice in choices)
    why = f"; other cells have a decimal {mark}, but hardly an amount has three decimals"
    action = f"Write {whole.value} or {part.value}."
    return bad("NUM_AMBIGUOUS", action, (whole, part), first=first, second=second, why=why)


def _marks_of_column(reading: ColumnReading, text: str, read: Callable[[str], Reading]) -> tuple[Offer, ...]:
    """The two ways to read the whole column, each with what its first cells would be."""
    samples = reading.samples or (text,)
    offers = []
    for mark, code in (("comma", "decimal-comma"), ("point", "decimal-point")):
        amounts = ((sample, read(sample).settled(mark).amount) for sample in samples)  # type: ignore[arg-type]
        shown = "; ".join(
            f"{sample.strip()} is {amount:,}" for sample, amount in amounts if amount is not None
        )
        offers.append(Offer("column", code, f"Decimal {mark}: {shown}"))
    return tuple(offers)


def _marks_of_cell(choices: tuple[Decimal, Decimal]) -> tuple[Offer, ...]:
    # A fourth decimal tells a decimal mark from a separator of thousands.
    return replacements((f"{choices[0]}", f"{choices[1]}0"))


def _odd(written: Reading, reading: ColumnReading) -> Parsed:
    """A text with another decimal mark than the other cells of its column have."""
    amount = f"{written.amount}"
    if written.amount is not None and reading.multiplier > 1:
        amount = f"{(written.amount * reading.multiplier).normalize():f}"
    same = amount.replace(".", ",") if reading.usual_mark == "comma" else amount
    return bad("NUM_MIXED", None, replacements((same,)), mark=written.mark, usual=reading.usual_mark)


def _held(spec: FieldSpec, cell: RawCell, reading: ColumnReading) -> StatedNumber | Parsed:
    """The number that a cell holds, whatever its format shows of it."""
    shown = number_format(cell.number_format)
    held = _decimal_of(cell)
    if not held.is_finite():
        return bad("NUM_UNREADABLE", how_to_write(spec), what=WHAT[spec.kind])
    if shown is PLAIN_FORMAT:
        return StatedNumber(held * reading.multiplier, is_text=False)
    if spec.kind == "amount" and shown.currency:
        return bad("CURRENCY_MISMATCH", found=shown.currency)
    if shown.is_percent and spec.kind != "percent":
        return bad("NUM_UNREADABLE", _PERCENT_ACTION.format(_NO_PERCENT[spec.kind]), what=WHAT[spec.kind])
    if shown.unit > shown.shown_in and reading.multiplier == 1 and "times-1" not in reading.answers:
        return _ask_unit(held, shown)
    # Where the whole column is said to be in thousands, that is so of what the cell shows.
    factor = Decimal(reading.multiplier) / (shown.shown_in if reading.multiplier > 1 else 1)
    return StatedNumber(held * factor, is_text=False, notes=_as_shown(held, shown))


def _decimal_of(cell: RawCell) -> Decimal:
    # Excel itself shows 15 digits; what follows is the noise of binary fractions.
    return Decimal(f"{cell.value:.15g}") if isinstance(cell.value, float) else Decimal(str(cell.value))


def _ask_unit(held: Decimal, shown: NumberFormat) -> Parsed:
    """The question whether the word in the format, such as "k€", counts."""
    first, second = f"{held:,}", f"{held * shown.unit:,}"
    offers = (
        Offer("column", f"times-{shown.unit}", f"{_SCALE_WORDS[shown.unit]}: {second}"),
        Offer("column", "times-1", f"{_SCALE_WORDS[1]}: {first}"),
    )
    return bad("NUM_UNIT", None, offers, first=first, second=second)


def _as_shown(held: Decimal, shown: NumberFormat) -> tuple[Issue, ...]:
    """What is noticed where the cell shows another number than it holds."""
    if shown.decimals is None or abs(held) > LARGEST_CENTS:
        return ()
    part = held * 100 if shown.is_percent else held / shown.shown_in
    seen = part.quantize(Decimal(1).scaleb(-min(shown.decimals, _MOST_DECIMALS)), ROUND_HALF_UP)
    facts = {"shown": f"{seen:,}", "held": f"{held.normalize():,f}"}
    if shown.shown_in > 1:
        return (_scaled(held, shown, facts),) if held else ()
    return (Issue("FORMAT_ROUNDED", None, facts),) if seen != part else ()


def _scaled(held: Decimal, shown: NumberFormat, facts: dict[str, str]) -> Issue:
    """What is said of a cell that shows thousands; one that holds less than one of them was typed in them."""
    if abs(held) >= shown.shown_in:
        return Issue("FORMAT_SCALED", None, facts)
    meant = (held * shown.shown_in).normalize()
    typed = _SCALE_WORDS[shown.shown_in].lower()
    action = f"Nothing to do if {facts['held']} is meant. If it was typed {typed}, write {meant:f}."
    return Issue("FORMAT_SCALED", action, facts, replacements((f"{meant:f}",)))
