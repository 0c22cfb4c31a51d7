"""What a field's value looks like in a cell, and what a cell's content says for a field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from portfolio.model.changes import Value
from portfolio.model.fields import MILLION
from portfolio.money import format_eur
from portfolio.progress_reports.fields.columns import ERASING_WORDS, REMOVING_WORD, FieldSpec
from portfolio.progress_reports.files.cells import RawCell
from portfolio.progress_reports.values.choices import is_removal, read_choice, read_flag
from portfolio.progress_reports.values.column_readings import UNSETTLED, ColumnReading
from portfolio.progress_reports.values.entered_dates import exchanged
from portfolio.progress_reports.values.entered_days import exchange_issue, out_of_range, read_date_cell
from portfolio.progress_reports.values.entered_numbers import (
    read_amount_cell,
    read_count_cell,
    read_number_cell,
    read_percent_cell,
)
from portfolio.progress_reports.values.parsed import BLANK, Issue, Parsed, bad, good, replacements
from portfolio.progress_reports.values.placeholders import is_none_or_zero, placeholder
from portfolio.progress_reports.values.stated_numbers import format_millionths, format_points, none_or_zero
from portfolio.vocabulary import label, labels

__all__ = [
    "BLANK", "Issue", "Parsed", "cell_content", "comparable",
    "display", "read_value", "suspect", "tidy_text",
]  # fmt: skip
Names = Mapping[str, str]
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
# Joiners stay: scripts such as Arabic and Persian need them.
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_EXCEL_ERROR = re.compile(
    r"#(?:REF!|N/A|NV|DIV/0!|VALUE!|VALEUR!|WERT!|NAME\?|NOM\s?\?|NUM!|NOMBRE!|ZAHL!|NULL!|NUL!|SPILL!|CALC!|BEZUG!)"
)
# What a stored value is divided by to stand in a cell: a percentage of 12.5 points is 0.125 there.
_SHOWN_OVER = {"number": MILLION, "percent": 100 * MILLION, "count": 1}
_QUOTED: dict[str, Callable[[int], str]] = {
    "amount": format_eur, "number": format_millionths, "percent": format_points, "count": "{:,}".format,
}  # fmt: skip
_MOST_OFFERS = 12
_ENDS = ("cancelled", "closed")


def cell_content(spec: FieldSpec, value: Value, names: Names | None = None) -> str | float | None:
    """What the workbook shows for a stored value: a label, an amount in euro, a text; None for unknown.

    `names` are the labels of the field's list by code, if not those of the vocabulary.
    """
    if value is None:
        return None
    if spec.kind == "amount" and isinstance(value, int):
        return value / 100
    if spec.kind == "choice":
        return label(spec.vocabulary, str(value)) if names is None else names.get(str(value), str(value))
    if spec.kind == "flag":
        return "yes" if value else "no"
    if spec.kind in _SHOWN_OVER and isinstance(value, int):
        whole, part = divmod(value, _SHOWN_OVER[spec.kind])
        return value / _SHOWN_OVER[spec.kind] if part else whole
    return str(value)


def display(spec: FieldSpec, value: Value, names: Names | None = None) -> str:
    """A stored value as a sentence quotes it."""
    if value is None:
        return "empty"
    if isinstance(value, int) and spec.kind in _QUOTED:
        return _QUOTED[spec.kind](value)
    return str(cell_content(spec, value, names))


def comparable(spec: FieldSpec, value: Value) -> Value:
    """`value` in the form in which two values of a field are compared."""
    return tidy_text(value)[0] or None if spec.kind == "text" and isinstance(value, str) else value


def tidy_text(text: str) -> tuple[str, bool]:
    """A text without escapes, invisible signs and outer spaces, and whether any sign was dropped."""
    decoded = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
    lines = decoded.replace("\r\n", "\n").replace("\r", "\n") if "\r" in decoded else decoded
    kept = _UNSEEN.sub("", lines)
    return kept.strip(), kept != lines


def suspect(parsed: Parsed, issued: Value) -> Parsed:
    """A date that differs from the one issued by day and month exchanged gets the doubt DATE_SUSPECT."""
    if parsed.state == "value" and isinstance(issued, str) and parsed.value != issued:
        other = exchanged(str(parsed.value))
        if other == issued:
            return parsed.noting(exchange_issue(str(parsed.value), other))
    return parsed


def read_value(
    spec: FieldSpec, cell: RawCell | None, names: Names | None = None, reading: ColumnReading = UNSETTLED
) -> Parsed:
    """What `cell` says for a field.

    `names` are the labels of the field's list by code, if not those of the vocabulary; `reading` is what is
    settled about the column.
    """
    if cell is None or cell.is_blank:
        return BLANK
    if cell.type == "e":
        return _read_error(spec, cell)
    if cell.formula is not None and not cell.is_calculated:
        return bad("FORMULA_NOT_CALCULATED")
    parsed = (
        _read_text_cell(spec, cell, names, reading) if cell.type == "s" else _read(spec, cell, names, reading)
    )
    return parsed if cell.formula is None else parsed.noting(*_doubts_of_formula(spec, cell))


def _doubts_of_formula(spec: FieldSpec, cell: RawCell) -> Iterator[Issue]:
    if "[" in (cell.formula or ""):
        yield Issue("FORMULA_EXTERNAL")
    # Programs that cannot calculate write 0 as the result of every formula.
    if spec.kind in _NUMBERS and cell.type == "n" and cell.value == 0:
        yield Issue("FORMULA_ZERO", None, {"formula": f"={cell.formula}"})


def _read_error(spec: FieldSpec, cell: RawCell) -> Parsed:
    # A number beyond Excel's calendar in the format of a date reads as an error that no formula made.
    if spec.kind == "date" and cell.formula is None and cell.text == "#VALUE!":
        return out_of_range()
    return bad("CELL_EXCEL_ERROR")


def _read_text_cell(spec: FieldSpec, cell: RawCell, names: Names | None, reading: ColumnReading) -> Parsed:
    """What stands for nothing, for erasing or for an error; then what the kind of field makes of it."""
    text, dropped = tidy_text(cell.text)
    if not text:
        return Parsed("blank", None, (Issue("CELL_CONTROL_CHARS"),)) if dropped else BLANK
    if text.casefold() in ERASING_WORDS:
        return Parsed("clear")
    if text.startswith("#") and _EXCEL_ERROR.fullmatch(text):
        return bad("CELL_EXCEL_ERROR")
    tidy = cell if text == cell.value else _with_text(cell, text)
    parsed = _read(spec, tidy, names, reading)
    if parsed.state == "bad" and spec.kind in _NUMBERS and is_none_or_zero(text):
        return none_or_zero(spec)
    if parsed.state == "bad" and (reason := placeholder(text)) is not None:
        return Parsed("blank", None, (Issue("CELL_PLACEHOLDER", None, {"reason": reason}),))
    if spec.kind == "choice" and not parsed.issues and text != cell.value:
        why = ", without the spaces or invisible characters around it"
        return parsed.noting(Issue("LIST_CLEANED", None, {"read": text, "why": why}))
    return parsed.noting(Issue("CELL_CONTROL_CHARS")) if dropped and not parsed.issues else parsed


def _with_text(cell: RawCell, text: str) -> RawCell:
    return RawCell(cell.row, cell.column, "s", text, cell.formula, cell.is_calculated, cell.number_format)


def _read(spec: FieldSpec, cell: RawCell, names: Names | None, reading: ColumnReading) -> Parsed:
    if spec.kind == "choice":
        return _read_choice(spec, cell, names)
    number = _NUMBERS.get(spec.kind)
    if number is not None:
        return number(spec, cell, reading)
    return read_date_cell(cell, reading) if spec.kind == "date" else _WORDS[spec.kind](spec, cell)


def _read_text(spec: FieldSpec, cell: RawCell) -> Parsed:
    text = cell.text.strip()
    if len(text) > spec.max_length:
        return bad("CELL_TOO_LONG", length=f"{len(text):,}", limit=f"{spec.max_length:,}")
    return good(text)


def _read_choice(spec: FieldSpec, cell: RawCell, names: Names | None) -> Parsed:
    entries = labels(spec.vocabulary) if names is None else names
    reading = read_choice(spec.vocabulary, cell.text, entries)
    if reading.code is None:
        meant = f"Did you mean {' or '.join(reading.near)}? " if reading.near else ""
        every = tuple(entries.values())
        listed = ", ".join(every) if len(every) <= 2 * _MOST_OFFERS else "the list of the column"
        offered = reading.near or (every if len(every) <= _MOST_OFFERS else ())
        if is_removal(cell.text):
            ends = (entries[code] for code in _ENDS if code in entries)
            meant = "".join(f"Nothing is removed here; {end} ends it. " for end in ends)
        return bad("LIST_UNKNOWN", f"{meant}Choose one of: {listed}.", replacements(offered))
    written = entries[reading.code]
    if cell.text == written:
        return good(reading.code)
    return good(reading.code, "LIST_CLEANED", read=written, why="")


def _read_flag(spec: FieldSpec, cell: RawCell) -> Parsed:
    answer = read_flag(cell.text)
    if answer is None:
        return bad("LIST_UNKNOWN", "Choose one of: yes, no.", replacements(("yes", "no")))
    return good(answer)


def _read_action(spec: FieldSpec, cell: RawCell) -> Parsed:
    if is_removal(cell.text):
        return good(REMOVING_WORD)
    return bad(
        "LIST_UNKNOWN", f"Write {REMOVING_WORD}, or leave the cell empty.", replacements((REMOVING_WORD,))
    )


_NUMBERS: dict[str, Callable[[FieldSpec, RawCell, ColumnReading], Parsed]] = {
    "amount": read_amount_cell,
    "number": read_number_cell,
    "percent": read_percent_cell,
    "count": read_count_cell,
}
_WORDS: dict[str, Callable[[FieldSpec, RawCell], Parsed]] = {
    "text": _read_text,
    "flag": _read_flag,
    "action": _read_action,
}
