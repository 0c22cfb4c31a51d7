"""What people type into a form, and the value that it stands for: never guessed, never silently changed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from portfolio.dates import HalfYear
from portfolio.findings import Finding
from portfolio.model.changes import Value
from portfolio.model.fields import MILLION
from portfolio.progress_reports.catalogue import WHOLE_FILE, finding
from portfolio.progress_reports.fields.columns import FieldSpec
from portfolio.progress_reports.files.cells import RawCell
from portfolio.progress_reports.values.values import read_value
from portfolio.ui.forms.field_shapes import CHOSEN, FormField

Entry = str | bool | None
_PERCENT = MILLION // 100
_LONGEST_COUNT = 9
_DECIMAL = re.compile(r"-?\d+(?:\.\d*)?|\.\d+")
# The remedies of the catalogue speak of cells; in a form there are none.
_ACTIONS = {
    "NUM_OUT_OF_RANGE": "Enter an amount of 0 or more in EUR, or leave it empty if it is not known.",
    "NUM_UNREADABLE": "Enter the amount in EUR, such as 12 500.50, or leave it empty if it is not known.",
    "NUM_AMBIGUOUS": "Enter it without separators of thousands, such as 12500.50.",
    "NUM_WORD_FOR_NONE": "Enter 0 if it is 0, or leave it empty if it is not known.",
    "CURRENCY_MISMATCH": "Enter the amount in EUR.",
    "DATE_UNREADABLE": "Enter it as 2026-02-28, 2026-02 or 2026, or leave it empty if it is not known.",
    "CELL_PLACEHOLDER": "Nothing to do: an empty field says the same.",
}
_NUMBER_ACTIONS = {
    "NUM_AMBIGUOUS": "Enter it without separators of thousands, such as 1250.5.",
    "NUM_WORD_FOR_NONE": _ACTIONS["NUM_WORD_FOR_NONE"],
    "CURRENCY_MISMATCH": "Enter the number alone.",
    "CELL_PLACEHOLDER": _ACTIONS["CELL_PLACEHOLDER"],
}


@dataclass(frozen=True)
class Reading:
    """What an entry stands for, with what has to be said of it; `value` is None where it cannot be read."""

    value: Value
    finding: Finding | None = None

    @property
    def is_bad(self) -> bool:
        """Whether the entry cannot be kept."""
        return self.finding is not None and self.finding.severity == "error"


def entry_of(field: FormField, value: Value) -> Entry:
    """A stored value as the form shows it, written so that it reads back as the same value.

    Amounts carry their cents: "894,000" alone could be read in two ways.
    """
    if field.kind == "flag":
        return bool(value)
    if value is None:
        return None if field.kind in CHOSEN else ""
    if field.kind == "amount" and isinstance(value, int):
        return f"{value // 100:,}.{value % 100:02}"
    if field.kind == "share" and isinstance(value, int):
        return f"{Decimal(value) / _PERCENT:f}"
    if field.kind == "number" and isinstance(value, int):
        return _number_entry(value)
    return str(value)


def _number_entry(millionths: int) -> str:
    """A number as digits; three decimals get a fourth, because one mark before three digits is ambiguous."""
    text = f"{(Decimal(millionths) / MILLION).normalize():f}"
    _, mark, decimals = text.partition(".")
    return f"{text}0" if mark and len(decimals) == 3 else text


def is_blank(entry: Entry) -> bool:
    """Whether nothing was entered."""
    return entry is None or entry is False or (isinstance(entry, str) and not entry.strip())


def read_entry(field: FormField, entry: Entry) -> Reading:
    """The value of an entry; what cannot be read is a finding and no value."""
    if field.kind == "flag":
        return Reading(bool(entry))
    if is_blank(entry) or not isinstance(entry, str):
        return Reading(None)
    if field.kind == "grade":
        return Reading(int(entry))
    if field.kind in ("date", "amount", "number"):
        return _read_as_reports_do(field, entry)
    if field.kind == "share":
        return _read_share(field, entry)
    if field.kind == "count":
        return _read_count(field, entry)
    if field.kind == "period":
        return _read_period(field, entry)
    return Reading(entry) if field.kind in CHOSEN else _read_text(field, entry)


def _problem(field: FormField, code: str, entry: str, message: str, action: str) -> Reading:
    return Reading(None, Finding(code, "error", message, action, field=field.name, value=entry))


def _read_as_reports_do(field: FormField, entry: str) -> Reading:
    spec = _spec_of(field)
    parsed = read_value(spec, RawCell(0, 0, "s", entry))
    if not parsed.issues:
        return Reading(parsed.value)
    issue = parsed.issues[0]
    own = (_NUMBER_ACTIONS if spec.kind == "number" else _ACTIONS).get(issue.code)
    # A closer remedy for an amount speaks of the words that erase a cell.
    action = issue.action or own if spec.kind == "date" else own or issue.action
    found = finding(issue.code, WHOLE_FILE, entry, action, **issue.facts)
    return Reading(parsed.value, replace(found, field=field.name))


def _spec_of(field: FormField) -> FieldSpec:
    """The column of a report that asks for the same."""
    if field.kind == "number":
        least, most = (None if limit is None else limit * MILLION for limit in (field.least, field.most))
        return FieldSpec(field.name, field.label, "number", "input", 10, minimum=least, maximum=most)
    return FieldSpec(field.name, field.label, "date" if field.kind == "date" else "amount", "input", 10)


def _read_share(field: FormField, entry: str) -> Reading:
    written = entry.replace("%", "").strip().replace(",", ".")
    if not _DECIMAL.fullmatch(written):
        return _problem(
            field, "SHARE_UNREADABLE", entry, f"'{_short(entry)}' is not a share.",
            "Enter it in per cent, such as 33.3333, or leave it empty.",
        )  # fmt: skip
    share = Decimal(written) * _PERCENT
    if not 0 <= share <= MILLION:
        return _problem(
            field, "SHARE_OUT_OF_RANGE", entry, f"'{_short(entry)}' is not between 0 and 100 %.",
            "Enter the partner's part of the whole in per cent.",
        )  # fmt: skip
    if share != share.to_integral_value():
        return _problem(
            field, "SHARE_TOO_EXACT", entry, f"'{_short(entry)}' has more than four decimals.",
            "Round it to four decimals, such as 33.3333.",
        )  # fmt: skip
    return Reading(int(share))


def _read_count(field: FormField, entry: str) -> Reading:
    digits, least, most = entry.strip(), field.least or 0, field.most or 9_999
    is_whole = digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_COUNT
    if is_whole and least <= int(digits) <= most:
        return Reading(int(digits))
    unknown = "" if field.required else ", or leave the field empty if it is not known"
    return _problem(
        field, "COUNT_UNREADABLE", entry, f"'{_short(entry)}' is not a whole number from {least} to {most}.",
        f"Enter it with digits only{unknown}.",
    )  # fmt: skip


def _read_period(field: FormField, entry: str) -> Reading:
    try:
        return Reading(str(HalfYear.parse(entry.strip().upper())))
    except ValueError:
        return _problem(
            field, "PERIOD_UNREADABLE", entry, f"'{_short(entry)}' is not a half-year.",
            "Enter it as 2026-S1 for January to June, 2026-S2 for July to December.",
        )  # fmt: skip


def _read_text(field: FormField, entry: str) -> Reading:
    text = entry.replace("\r\n", "\n").strip()
    if len(text) > field.longest:
        return _problem(
            field, "TEXT_TOO_LONG", entry,
            f"The text has {len(text):,} characters; at most {field.longest:,} are kept.",
            "Shorten the text.",
        )  # fmt: skip
    return Reading(text)


def _short(entry: str, longest: int = 60) -> str:
    return entry if len(entry) <= longest else entry[: longest - 1] + "…"
