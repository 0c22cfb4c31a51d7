"""Documents made again: the same bytes after the portfolio was changed, imported into and taken back."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

import pytest

from portfolio.dates import now_utc
from portfolio.errors import DataProblem, UsageProblem
from portfolio.findings import Finding
from portfolio.model.changes import ChangeSetDraft, FieldChange, Value, added_record
from portfolio.overrides import overrides
from portfolio.progress_reports import desks
from portfolio.progress_reports.files.cells import RawBook
from portfolio.progress_reports.files.limits import Limits
from portfolio.progress_reports.files.reader import read_book
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.health.portfolios import load_health
from portfolio.services.histories import undo_change_set
from portfolio.services.known_dates import Known, known_now, under
from portfolio.services.practice import set_value
from portfolio.services.selection import PortfolioFilter
from portfolio.services.status_report import status_report
from portfolio.services.views import load_scheduled_view
from portfolio.storage.engine import Database
from portfolio.storage.queries.money import find_payments
from portfolio.storage.queries.portfolios import get_portfolio
from portfolio.storage.queries.practice import ReceivedReportRow, record_received
from portfolio.storage.queries.projects import get_project
from portfolio.storage.unit_of_work import apply_change_set
from portfolio.summaries.content import KeyFigure, KeyFigures, Section
from portfolio.summaries.documents import Composition, Document, SummaryScope, compose
from portfolio.summaries.made_documents import (
    PACK,
    SUMMARY,
    MadeDocument,
    Request,
    asked,
    last_made,
    make_and_record,
    make_exactly,
)
from portfolio.summaries.previews import preview_document
from tests.portfolios import copied_portfolio
from tests.workbooks.document_readers import csv_rows, zip_text
from tests.workbooks.report_files import fill, import_all, issue, set_field

LOADED, CORRECTED, MADE, LATER = (dt.date(2026, 11, day) for day in (23, 25, 26, 28))
AT = dt.datetime(2026, 11, 26, 9, 30, tzinfo=dt.UTC)
PORTFOLIO, REGION = SummaryScope("portfolio"), SummaryScope("region", "western-balkans")
CHOSEN = PortfolioFilter(officers=("Officer A",))
# Corrected between two dates: its total budget, by so much.
PROJECT, CENTS = "storm-oak", 123_456_00
REQUESTS = {
    "pdf": Request(SUMMARY, REGION, MADE, format="pdf"),
    "pdf of a project, then": Request(SUMMARY, SummaryScope("project", PROJECT), LOADED, format="pdf",
                                      known="then"),
    "xlsx compared": Request(SUMMARY, REGION, MADE, compared_with=dt.date(2026, 6, 30)),
    "xlsx of a filter, published": Request(SUMMARY, PORTFOLIO, MADE, CHOSEN, profile="publication"),
    "docx": Request(SUMMARY, SummaryScope("partner", "XKX"), MADE, format="docx"),
    "csv": Request(SUMMARY, PORTFOLIO, MADE, format="csv"),
    "csv then": Request(SUMMARY, PORTFOLIO, LOADED, format="csv", known="then"),
    "csv then, compared": Request(SUMMARY, PORTFOLIO, CORRECTED, format="csv", known="then",
                                  compared_with=LOADED),
    "csv then, nothing written since": Request(SUMMARY, REGION, MADE, format="csv", known="then"),
    "pack": Request(PACK, PORTFOLIO, MADE, CHOSEN),
    "pack then": Request(PACK, PORTFOLIO, LOADED, CHOSEN, known="then"),
}  # fmt: skip


@dataclass(frozen=True)
class Story:
    """A portfolio in which documents were made before it was changed in every way."""

    database: Database
    first: dict[str, Document]
    listed: dict[str, MadeDocument]
    before: int
    after: int


def _budget(database: Database) -> int:
    found = get_project(database, PROJECT).total_budget_cents
    assert found is not None
    return found


def _correct(database: Database, by: int) -> None:
    old = _budget(database)
    set_field(database, "project", PROJECT, "total_budget_cents", old, old + by)


def _change_everything(database: Database) -> None:
    """Nothing; corrected, added, set, imported, received without a change, and an import undone."""
    _correct(database, -77_00)
    paid = max(find_payments(database, PROJECT), key=lambda row: row.paid_on or "")
    set_field(database, "payment", paid.key, "amount_cents", paid.amount_cents, paid.amount_cents + 9_99)
    values: dict[str, Value] = {"acronym": "NewElder", "title": "Another one", "total_budget_cents": 5_00,
                                "responsible_officer": "Officer A"}  # fmt: skip
    _apply(database, *added_record("project", "new-elder", values))
    for key, value in (("threshold/time-amber", "41"), ("label/focus/cybercrime", "Crime online"),
                       ("profile", "coe")):  # fmt: skip
        set_value(database, LOCAL_PERSON, key, value, source="test", reason="test")
    report = issue(database, "rain-willow")
    for amount in (1, 2):
        content = fill(report, {("Money", "travel", "amount_cents"): amount})
        number = import_all(database, ("report.xlsx", content)).change_set
        assert number is not None
        if amount == 1:
            undo_change_set(database, LOCAL_PERSON, number)
    received = ReceivedReportRow(PROJECT, "2026-S1", f"{LATER}T08:00:00+00:00", "x", "x.xlsx", "0" * 64, None)
    record_received(database, received)


def _apply(database: Database, *changes: FieldChange) -> None:
    apply_change_set(database, ChangeSetDraft("edit", "a tester", "test", changes))


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """The demonstration: documents made of it, then everything changed."""
    file = tmp_path_factory.mktemp("made-again") / "demo.sqlite3"
    with overrides({}), pytest.MonkeyPatch.context() as patch:
        # The same moment of making, so that whatever differs is content.
        for module in ("documents", "packs"):
            patch.setattr(f"portfolio.summaries.{module}.now_utc", lambda: AT)
        patch.setattr(desks, "read_workbook", _read_here)
        patch.setenv("PORTFOLIO_TODAY", LOADED.isoformat())
        database = copied_portfolio("demo", file)
        patch.setenv("PORTFOLIO_TODAY", CORRECTED.isoformat())
        _correct(database, CENTS)
        patch.setenv("PORTFOLIO_TODAY", MADE.isoformat())
        first, listed = {}, {}
        for name, request in REQUESTS.items():
            first[name] = make_and_record(database, LOCAL_PERSON, request)
            listed[name] = last_made(database, LOCAL_PERSON, 1)[0]
        before = get_portfolio(database).revision
        patch.setenv("PORTFOLIO_TODAY", LATER.isoformat())
        _change_everything(database)
        yield Story(database, first, listed, before, get_portfolio(database).revision)
        database.engine.dispose()


def _read_here(content: bytes, limits: Limits) -> RawBook | Finding:
    # Without a process of its own, which takes longer to start than all of this.
    return RawBook.from_json(read_book(content, asdict(limits)))


@pytest.mark.parametrize("name", list(REQUESTS))
def test_document_is_made_again_to_the_byte_whatever_was_written_since(story: Story, name: str) -> None:
    made, first = story.listed[name], story.first[name]
    assert made.request == REQUESTS[name]
    again = make_exactly(story.database, LOCAL_PERSON, made)
    assert (again.name, again.revision, again.checksum) == (first.name, first.revision, first.checksum)
    assert again.checksum
    assert _parts(again) == _parts(first)
    assert again.content == first.content
    listed = last_made(story.database, LOCAL_PERSON, 1)[0]
    assert replace(listed.row, made_at=made.row.made_at) == made.row


def _parts(made: Document) -> dict[str, bytes]:
    """The files inside it: which of them differs, where one does."""
    if not zipfile.is_zipfile(io.BytesIO(made.content)):
        return {}
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_document_that_was_listed_by_an_older_version_is_made_again(story: Story) -> None:
    for name in ("csv", "docx"):
        row = replace(story.listed[name].row, known_at=None, checksum=None)
        again = make_exactly(story.database, LOCAL_PERSON, replace(story.listed[name], row=row))
        assert again.content == story.first[name].content
    assert last_made(story.database, LOCAL_PERSON, 1)[0].row.checksum == story.first["docx"].checksum


def test_of_the_data_of_now_it_is_another_document(story: Story) -> None:
    for name, kept in (("csv", "r2"), ("pack", "r2"), ("csv then", "r1")):
        made, first = story.listed[name], story.first[name]
        again = make_and_record(story.database, LOCAL_PERSON, made.request)
        is_changed = made.request.known == "now"
        assert made.is_outdated(story.after) is is_changed
        assert f"-{kept}" in first.name
        assert again.revision == (story.after if is_changed else first.revision)
        assert (again.checksum != first.checksum) is is_changed
        assert again.name == first.name.replace(f"-{kept}", f"-r{again.revision}")


def _budget_in(document: Document) -> int:
    """The total budget of the corrected project, as the file has it, in cents."""
    (row,) = (row for row in csv_rows(document.content, "money") if row["project"] == "StormOak")
    return round(float(row["total_budget_eur"]) * 100)


def test_what_was_known_then_shows_the_old_value_and_says_so(story: Story) -> None:
    old, new = (_budget_in(story.first[name]) for name in ("csv then", "csv"))
    assert new - old == CENTS
    assert "as known on 23 November 2026 (revision 1)" in zip_text(story.first["csv then"].content)
    assert "as known on" not in zip_text(story.first["csv"].content)
    assert "-as-known" in story.first["csv then"].name and "-as-known" in story.first["pack then"].name
    # Nothing had been written since: it says it as well, or it could not be made again after the next change.
    same_day = story.first["csv then, nothing written since"]
    assert "as known on 26 November 2026" in zip_text(same_day.content) and "-as-known" in same_day.name


def _composed(story: Story, request: Request) -> Composition:
    with under(asked(story.database, request)) as database:
        return compose(
            database, LOCAL_PERSON, request.scope, as_of=request.as_of, compared_with=request.compared_with,
            compared_by=request.known,
        )  # fmt: skip


def _figures(section: Section) -> dict[str, KeyFigure]:
    groups = [group for block in section.blocks if isinstance(block, KeyFigures) for group in block.groups]
    return {figure.key: figure for _, members in groups for figure in members}


@pytest.mark.parametrize("known", ["now", "then"])
def test_compared_figures_are_those_of_status_on_the_earlier_date(story: Story, known: Known) -> None:
    request = Request(SUMMARY, PORTFOLIO, CORRECTED, known=known, compared_with=LOADED)
    made = _composed(story, request).summary
    assert [section.key for section in made.sections[1:3]] == ["figures", "differences"]
    assert made.pages[1].key.startswith("differences")
    earlier = replace(request, as_of=LOADED, compared_with=None)
    with under(asked(story.database, earlier)) as database:
        view = load_scheduled_view(database, LOCAL_PERSON, as_of=LOADED)
        status = status_report(view, load_health(database, LOCAL_PERSON, as_of=LOADED))
    figures = _figures(made.sections[1])
    for name in ("total_budget", "eu_contribution", "committed", "contracted", "paid", "incurred"):
        assert figures[name.replace("_", "-")].before == status["money"][f"{name}_cents"]
    for name, key in (("total", "milestones"), ("done", "milestones-done"), ("late", "milestones-late")):
        assert figures[key].before == status["milestones"][name]
    assert figures["projects"].before == status["projects"]
    budget = figures["total-budget"]
    # What was corrected in between is a change only in what was known.
    assert budget.value - budget.before == (CENTS if known == "then" else 0)


def test_comparison_with_a_date_that_is_not_earlier_is_refused_in_a_sentence(story: Story) -> None:
    said = "The document is as at 23 November 2026 and can only be compared with an earlier date, not with "
    for day, words in ((LOADED, "23 November 2026"), (LATER, "28 November 2026")):
        request = Request(SUMMARY, PORTFOLIO, LOADED, compared_with=day)
        with pytest.raises(UsageProblem, match=f"^{said}{words}\\.$"):
            make_and_record(story.database, LOCAL_PERSON, request)
    before = Request(SUMMARY, PORTFOLIO, dt.date(2026, 5, 1), known="then")
    with pytest.raises(DataProblem, match=r"^Nothing was recorded by 1 May 2026: the first record is of "):
        make_and_record(story.database, LOCAL_PERSON, before)


def test_preview_is_of_the_document_that_is_made(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    # What is known then as at today says the hour: both are asked in the same minute.
    moment = now_utc()
    monkeypatch.setattr("portfolio.summaries.made_documents.now_utc", lambda: moment)
    for known in ("now", "then"):
        request = Request(SUMMARY, REGION, LATER, format="csv", known=known)  # type: ignore[arg-type]
        with under(known_now(story.database)) as database:  # as the screens do
            preview = preview_document(database, LOCAL_PERSON, request)
        made = make_and_record(story.database, LOCAL_PERSON, request)
        assert (f"{preview.stem}.zip", preview.checksum) == (made.name, made.checksum)
        assert bool(preview.knowledge) is (known == "then")
