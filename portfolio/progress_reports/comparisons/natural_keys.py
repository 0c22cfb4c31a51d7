"""What tells one record of a project from another where no key does."""

from __future__ import annotations

import re
from collections.abc import Mapping

from portfolio.model.changes import Value
from portfolio.progress_reports.fields.columns import SheetSpec

NaturalKey = tuple[Value, ...]
# What tells one record of a project from another; in sheets that are left out, the title does.
_NATURAL_FIELDS: Mapping[str, tuple[str, ...]] = {
    "indicators": ("indicator", "partner_code", "sex"),
    "trainings": ("title", "held_on"),
    "received": ("received_on", "amount_cents"),
}
# A title may be corrected; one that is another together with a date is another record's.
_SUPPORTING_DATES = ("baseline", "forecast", "actual")
_TELLING_WORD = re.compile(r"\w{4,}")


def natural_fields(spec: SheetSpec) -> tuple[str, ...]:
    """The fields by which a row without a key is told."""
    return _NATURAL_FIELDS.get(spec.key, (spec.title_field,))


def natural_key(spec: SheetSpec, values: Mapping[str, Value]) -> NaturalKey:
    """What tells a row from the others of its project, however its letters and spaces are written."""
    return tuple(_folded(values.get(name)) for name in natural_fields(spec))


def is_other_record(spec: SheetSpec, said: Mapping[str, Value], present: Mapping[str, Value]) -> bool:
    """Whether a row says another record than the one that it stands for now, not a correction of it."""
    told = ("indicator",) if spec.key == "indicators" else natural_fields(spec)
    if not all(_are_apart(said.get(name), present.get(name)) for name in told):
        return False
    if told != (spec.title_field,) or spec.key == "indicators":
        return True
    title, now = said[spec.title_field], present[spec.title_field]
    has_other_date = any(_are_apart(said.get(name), present.get(name)) for name in _SUPPORTING_DATES)
    return has_other_date or not _telling_words(title) & _telling_words(now)


def _are_apart(one: Value, other: Value) -> bool:
    return one is not None and other is not None and _folded(one) != _folded(other)


def _telling_words(title: Value) -> set[str]:
    return set(_TELLING_WORD.findall(str(title).casefold()))


def _folded(value: Value) -> Value:
    return " ".join(value.casefold().split()) if isinstance(value, str) else value
