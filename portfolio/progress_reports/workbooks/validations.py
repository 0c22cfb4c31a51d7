"""What Excel itself refuses while a report is being filled; the tracker checks everything again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from portfolio.progress_reports.fields.columns import ERASING_WORDS, REMOVING_WORD, FieldSpec

ACTION_LIST = "list_action"
_LONGEST_PROMPT = 255
_NEEDED = " A new row needs it."
_LONGEST_TITLE = 32
# What a stored bound is divided by to be compared with what stands in a cell.
_IN_CELL = {"amount": 100, "number": 1_000_000, "percent": 100_000_000, "count": 1}
_EXAMPLES = {
    "amount": "an amount in EUR{bounds}, such as 12500.50",
    "number": "a number{bounds}, such as 12.5",
    "percent": "a percentage{bounds}, such as 12.5%",
    "count": "a whole number{bounds}",
}


def validation(field: FieldSpec, first_cell: str) -> dict[str, Any]:
    """The rule of a column of input cells that begins at `first_cell`, with its prompt and its refusal."""
    return {
        **_RULES[field.kind](field, first_cell),
        "ignore_blank": True,
        "show_error": True,
        "input_title": field.label[:_LONGEST_TITLE],
        "input_message": f"{field.prompt}{_NEEDED if field.is_needed else ''}"[:_LONGEST_PROMPT],
        "error_title": field.label[:_LONGEST_TITLE],
        "error_type": "stop",
    }


def list_name(field: FieldSpec) -> str:
    """The defined name of the list that a drop-down offers; one that may be erased offers that word too."""
    return f"list_{field.vocabulary}{'_or_clear' if field.may_be_cleared else ''}"


def _erases(cell: str) -> str:
    return ",".join(f'UPPER(TRIM({cell}))="{word.upper()}"' for word in ERASING_WORDS)


def _or_erases(field: FieldSpec, cell: str, rule: str) -> str:
    return f"=OR({rule},{_erases(cell)})" if field.may_be_cleared else f"={rule}"


def _text(field: FieldSpec, cell: str) -> dict[str, Any]:
    return {
        "validate": "length", "criteria": "<=", "value": field.max_length,
        "error_message": f"At most {field.max_length:,} characters.",
    }  # fmt: skip


def _date(field: FieldSpec, cell: str) -> dict[str, Any]:
    # A year or a month is completed to a day, which Excel then has to know.
    is_date = f'AND(OR(LEN({cell})=4,MID({cell},5,1)="-"),ISNUMBER(DATEVALUE(LEFT({cell}&"-01-01",10))))'
    erased = "; CLEAR erases it" if field.may_be_cleared else ""
    return {
        "validate": "custom", "value": _or_erases(field, cell, is_date),
        "error_message": f"Write the date as 2026, 2026-06 or 2026-06-18{erased}.",
    }  # fmt: skip


def _choice(field: FieldSpec, cell: str) -> dict[str, Any]:
    return {
        "validate": "list", "source": f"={list_name(field)}",
        "error_message": "Choose one of the list.",
    }  # fmt: skip


def _action(field: FieldSpec, cell: str) -> dict[str, Any]:
    return {
        "validate": "list", "source": f"={ACTION_LIST}",
        "error_message": f"Leave the cell empty, or choose {REMOVING_WORD}.",
    }  # fmt: skip


def _number(field: FieldSpec, cell: str) -> dict[str, Any]:
    over = _IN_CELL[field.kind]
    conditions = [f"ISNUMBER({cell})"]
    conditions += [] if field.minimum is None else [f"{cell}>={field.minimum / over:.15g}"]
    conditions += [] if field.maximum is None else [f"{cell}<={field.maximum / over:.15g}"]
    conditions += [f"{cell}=INT({cell})"] if field.kind == "count" else []
    erased = "; CLEAR erases it" if field.may_be_cleared else ""
    example = _EXAMPLES[field.kind].format(bounds=_bounds(field))
    return {
        "validate": "custom", "value": _or_erases(field, cell, f"AND({','.join(conditions)})"),
        "error_message": f"Write {example}{erased}.",
    }  # fmt: skip


def _bounds(field: FieldSpec) -> str:
    over = 1_000_000 if field.kind == "percent" else _IN_CELL[field.kind]
    if field.minimum is None:
        return ""
    if field.maximum is None or field.maximum == 1_000_000:
        return f" of {field.minimum // over} or more"
    return f" from {field.minimum // over} to {field.maximum // over}"


_RULES: dict[str, Callable[[FieldSpec, str], dict[str, Any]]] = {
    "text": _text,
    "date": _date,
    "choice": _choice,
    "action": _action,
    "amount": _number,
    "number": _number,
    "percent": _number,
    "count": _number,
}
