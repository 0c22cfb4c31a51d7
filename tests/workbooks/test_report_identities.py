"""Workbooks that are not what they say, or that no longer say what they are."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest

from portfolio.dates import HalfYear
from portfolio.progress_reports import imports, recognitions
from portfolio.progress_reports.fields.columns import SCHEMA_VERSION
from portfolio.progress_reports.files.cells import RawBook
from portfolio.progress_reports.files.limits import default_limits
from portfolio.progress_reports.files.reader import read_book
from portfolio.progress_reports.workbooks.identities import claims_of
from portfolio.storage.engine import Database
from tests.workbooks.report_files import MARKERS, change, check, found, issue, opened

pytestmark = pytest.mark.usefixtures("read_here")


def meta(name: str, text: str) -> Any:
    def edit(book: Any) -> None:
        for row in book["_meta"].iter_rows():
            if row[0].value == name:
                row[1].value = text

    return edit


def drop_identity(book: Any) -> None:
    del book["_meta"]
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]
    for sheet in book.worksheets:
        for row in sheet.iter_rows(max_row=8):
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("Template T-"):
                    cell.value = None


def retype(sheet: str, cell: str, text: str) -> Any:
    return lambda book: setattr(book[sheet][cell], "value", text)


IDENTITIES = {
    "title of another period": (
        retype("Money", "B1", "Money · RainWillow · 2026-S2"),
        [("TPL_OTHER_PERIOD", None)],
    ),
    "title of another project": (
        retype("Money", "B1", "Money · ClearCedar · 2026-S1"),
        [("TPL_OTHER_PROJECT", None)],
    ),
    "half a line": (
        retype("Read me", "B2", "Template T-XXX · project clear-cedar"),
        [("TPL_OTHER_PROJECT", None)],
    ),
    "half a line of a template": (retype("Money", "B2", "Template T-XXX"), [("TPL_META_TAMPERED", None)]),
    "project": (meta("project", "sun-carob"), [("TPL_OTHER_PROJECT", None)]),
    "project unknown": (meta("project", "no-such"), [("PROJECT_UNKNOWN", None), ("TPL_OTHER_PROJECT", None)]),
    "period": (meta("period", "2025-S2"), [("TPL_OTHER_PERIOD", None)]),
    "checksum": (meta("checksum", "0" * 64), [("TPL_META_TAMPERED", None)]),
    "template": (meta("template_id", "T-0000"), [("TPL_META_TAMPERED", None)]),
    "hidden sheet gone": (lambda book: book.remove(book["_meta"]), [("TPL_META_MISSING", None)]),
    "version of tomorrow": (meta("schema_version", "99"), [("TPL_NEWER", None)]),
    "no identity at all": (drop_identity, [("TPL_UNKNOWN", None)]),
}


def test_a_title_of_ones_own_contradicts_nothing(issued: tuple[Database, bytes]) -> None:
    database, content = issued
    assert found(check(database, change(content, retype("Money", "B1", "Our costs")))) == []


@pytest.mark.parametrize("case", IDENTITIES)
def test_identity_that_does_not_fit(case: str, demo: Database) -> None:
    edit, findings = IDENTITIES[case]
    result = check(demo, change(issue(demo, "rain-willow"), edit))
    assert found(result) == findings
    assert result.changes == ()
    assert result.readable is (findings[0][0] not in ("TPL_NEWER", "TPL_UNKNOWN"))


def test_a_workbook_of_another_tracker_is_unknown(demo: Database, reference: Database) -> None:
    assert found(check(reference, issue(demo, "rain-willow"))) == [("TPL_UNKNOWN", None)]


@pytest.mark.parametrize(
    ("project", "period", "code"),
    [
        ("sun-carob", HalfYear(2026, 1), "TPL_OTHER_PROJECT"),
        ("rain-willow", HalfYear(2025, 2), "TPL_OTHER_PERIOD"),
        ("rain-willow", HalfYear(2026, 1), "TPL_META_TAMPERED"),
    ],
)
def test_a_sheet_of_another_workbook_is_noticed(
    project: str, period: HalfYear, code: str, demo: Database
) -> None:
    line = opened(issue(demo, project, period))["Money"]["B2"].value
    edited = change(issue(demo, "rain-willow"), lambda book: setattr(book["Money"]["B2"], "value", line))
    result = check(demo, edited)
    assert [(item.code, item.sheet) for item in result.findings] == [(code, "Money")]


def test_a_project_that_left_the_portfolio_is_unknown(
    demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = issue(demo, "rain-willow")
    monkeypatch.setattr(imports, "find_projects", lambda database: ())
    result = check(demo, content)
    assert (found(result), result.changes) == ([("PROJECT_UNKNOWN", None)], ())


def test_an_older_layout_is_read_and_said(demo: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    content = issue(demo, "rain-willow")
    monkeypatch.setattr(recognitions, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    result = check(demo, content)
    assert (found(result), result.readable) == ([("TPL_OLDER", None)], True)


def test_each_place_of_the_identity_is_enough(demo: Database) -> None:
    """Hidden sheet, document properties, printed line: whichever is left tells the workbook."""
    book = RawBook.from_json(read_book(issue(demo, "rain-willow"), asdict(default_limits())))
    claims = list(claims_of(book))
    assert [claim.where for claim in claims] == [
        "the hidden sheet", "the document properties", "sheet Read me",
        *(f"sheet {name}" for name in MARKERS),
    ]  # fmt: skip
    assert len({claim.identity for claim in claims}) == 1
