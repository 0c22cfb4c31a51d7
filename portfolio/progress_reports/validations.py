"""What Excel itself refuses while a report is being filled; the tracker checks everything again."""

from __future__ import annotations

from typing import Any

from portfolio.progress_reports.columns import ERASING_WORDS, FieldSpec

_LONGEST_PROMPT = 255
_LONGEST_TITLE = 32


def validation(field: FieldSpec, first_cell: str) -> dict[str, Any]:
    """The rule of a column of input cells that begins at `first_cell`, with its prompt and its refusal."""
    rule = {"text": _text, "date": _date, "choice": _choice, "amount": _amount}[field.kind](field, first_cell)
    return {
        **rule,
        "ignore_blank": True,
        "show_error": True,
        "input_title": field.label[:_LONGEST_TITLE],
        "input_message": field.prompt[:_LONGEST_PROMPT],
        "error_title": field.label[:_LONGEST_TITLE],
        "error_type": "stop",
    }


def _erases(cell: str) -> str:
    return ",".join(f'UPPER(TRIM({cell}))="{word.upper()}"' for word in ERASING_WORDS)


def _text(field: FieldSpec, cell: str) -> dict[str, Any]:
    return {
        "validate": "length", "criteria": "<=", "value": field.max_length,
        "error_message": f"At most {field.max_length:,} characters.",
    }  # fmt: skip


def _date(field: FieldSpec, cell: str) -> dict[str, Any]:
    # A year or a month is completed to a day, which Excel then has to know.
    is_date = f'AND(OR(LEN({cell})=4,MID({cell},5,1)="-"),ISNUMBER(DATEVALUE(LEFT({cell}&"-01-01",10))))'
    return {
        "validate": "custom", "value": f"=OR({_erases(cell)},{is_date})",
        "error_message": "Write the date as 2026, 2026-06 or 2026-06-18; CLEAR erases it.",
    }  # fmt: skip


def _choice(field: FieldSpec, cell: str) -> dict[str, Any]:
    return {
        "validate": "list", "source": f"=list_{field.vocabulary}",
        "error_message": "Choose one of the list.",
    }  # fmt: skip


def _amount(field: FieldSpec, cell: str) -> dict[str, Any]:
    return {
        "validate": "custom", "value": f"=OR(AND(ISNUMBER({cell}),{cell}>=0),{_erases(cell)})",
        "error_message": "Write an amount in EUR of 0 or more, such as 12500.50; CLEAR erases it.",
    }  # fmt: skip
