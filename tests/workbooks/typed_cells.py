"""One cell as somebody typed it, the field that it stands in, and how it is read."""

from __future__ import annotations

from typing import Any

from portfolio.progress_reports.fields.columns import FieldSpec, Kind
from portfolio.progress_reports.files.cells import RawCell
from portfolio.progress_reports.values.values import read_value


def spec(kind: Kind, vocabulary: str = "", **more: Any) -> FieldSpec:
    """A field of a kind."""
    return FieldSpec("field", "Field", kind, "input", 10, vocabulary=vocabulary, **more)


def cell(value: Any, number_format: str = "General") -> RawCell:
    """A cell as the reader gives it."""
    kind = "b" if isinstance(value, bool) else "s" if isinstance(value, str) else "n"
    return RawCell(5, 3, kind, value, None, True, number_format)


def judge(field: FieldSpec, value: Any, number_format: str = "General") -> tuple[str | None, Any]:
    """The one code, and the value that was read."""
    parsed = read_value(field, cell(value, number_format))
    assert len(parsed.issues) <= 1
    assert (parsed.value is None) == (parsed.state != "value")
    return next((issue.code for issue in parsed.issues), None), parsed.value
