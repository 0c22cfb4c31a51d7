"""Documents of a day that has passed: the same whenever they are made again, whatever the clock says."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from portfolio.dates import now_utc, standing_on, today
from portfolio.errors import UsageProblem
from portfolio.model.changes import ChangeSetDraft, changed_fields
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.known_dates import known_at, under
from portfolio.services.milestones import is_reached_in_future
from portfolio.services.practice import set_value, use_settings
from portfolio.storage.engine import Database
from portfolio.storage.former_states import END_OF_DAY
from portfolio.storage.queries.milestones import find_milestones
from portfolio.storage.queries.portfolios import get_portfolio
from portfolio.storage.unit_of_work import apply_change_set
from portfolio.summaries.compared import load_comparison
from portfolio.summaries.content import KeyFigures
from portfolio.summaries.documents import SummaryScope
from portfolio.summaries.made_documents import (
    PACK,
    SUMMARY,
    Request,
    asked,
    last_made,
    make_and_record,
    make_exactly,
)
from portfolio.summaries.scopes import load_subject
from tests.portfolios import copied_portfolio

PORTFOLIO = SummaryScope("portfolio")
LOADED, MADE, LATER = "2026-07-10", "2026-07-15", "2026-11-23"
DAY = dt.date(2026, 6, 30)
Patch = pytest.MonkeyPatch


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: Patch) -> Database:
    """The demonstration as if it had been loaded in July: some of what it says was reached comes later."""
    monkeypatch.setenv("PORTFOLIO_TODAY", LOADED)
    return copied_portfolio("demo", tmp_path / "demo.sqlite3")


def test_the_day_that_is_stood_on_goes_before_the_clock(monkeypatch: Patch) -> None:
    monkeypatch.setenv("PORTFOLIO_TODAY", LATER)
    with standing_on(DAY):
        assert today() == DAY
        assert now_utc().date().isoformat() == LATER
        with standing_on(None):
            assert today() == DAY
    assert today().isoformat() == LATER


@pytest.mark.parametrize(
    "request_",
    [
        Request(SUMMARY, PORTFOLIO, DAY, format="csv"),
        Request(SUMMARY, PORTFOLIO, DAY, format="csv", compared_with=dt.date(2026, 1, 1)),
        Request(SUMMARY, PORTFOLIO, dt.date(2026, 7, 12), format="csv", known="then",
                compared_with=dt.date(2026, 7, 10)),
    ],
    ids=["now", "now, compared", "then, compared"],
)  # fmt: skip
def test_document_is_made_again_the_same_months_later(
    demo: Database, monkeypatch: Patch, request_: Request
) -> None:
    monkeypatch.setenv("PORTFOLIO_TODAY", MADE)
    first = make_and_record(demo, LOCAL_PERSON, request_)
    made = last_made(demo, LOCAL_PERSON, 1)[0]
    monkeypatch.setenv("PORTFOLIO_TODAY", LATER)
    again = make_exactly(demo, LOCAL_PERSON, made)
    assert (again.name, again.checksum) == (first.name, first.checksum) and first.checksum
    # With the data as they are now it may say more: this is what the day decides.
    said = {row.key for row in find_milestones(demo) if is_reached_in_future(row, DAY)}
    with under(known_at(demo, made.row.revision, f"{MADE}{END_OF_DAY}")) as former:
        assert {row.key for row in find_milestones(former) if is_reached_in_future(row, DAY)} > said
    if request_.known == "then":
        set_value(demo, LOCAL_PERSON, "threshold/time-amber", "41", source="test", reason="test")
        assert make_exactly(demo, LOCAL_PERSON, made).checksum == first.checksum
        assert get_portfolio(demo).revision > made.row.revision
        use_settings(demo)


def test_projects_that_have_left_since_are_among_the_changes_as_in_the_key_figures(
    demo: Database, monkeypatch: Patch
) -> None:
    monkeypatch.setenv("PORTFOLIO_TODAY", "2026-07-12")
    fields = changed_fields("project", "storm-oak", {"archived_on": None}, {"archived_on": "2026-07-12"})
    apply_change_set(demo, ChangeSetDraft("edit", "a tester", "gone", tuple(fields)))
    monkeypatch.setenv("PORTFOLIO_TODAY", LATER)
    early, late = dt.date(2026, 7, 10), dt.date(2026, 7, 14)
    with under(asked(demo, Request(SUMMARY, PORTFOLIO, late, known="then"))) as former:
        subject = load_subject(former, LOCAL_PERSON, PORTFOLIO, as_of=late)
        found = load_comparison(former, LOCAL_PERSON, subject, PORTFOLIO, early, known="then")
    turns = {row.project_key: row.turn for row in found.differences.statuses}
    assert turns["storm-oak"] == "removed"
    before = {figure.key: figure.value for block in found.figures.blocks if isinstance(block, KeyFigures)
              for _, figures in block.groups for figure in figures}  # fmt: skip
    assert before["projects"] == len(found.differences.projects) == len(subject.projects) + 1
    assert before["total-budget"] == found.differences.sum_of("total-budget").old.cents
    # Neither state says that it is what is known now.
    assert found.differences.known_before == "as known on 10 July 2026 (revision 1)"
    assert found.differences.known_after == "as known on 14 July 2026 (revision 2)"


def test_a_pack_is_neither_compared_nor_laid_out_otherwise(demo: Database) -> None:
    for refused in (
        Request(PACK, PORTFOLIO, DAY, compared_with=dt.date(2026, 1, 1)),
        Request(PACK, PORTFOLIO, DAY, profile="publication"),
    ):
        with pytest.raises(UsageProblem, match="A pack is compared with no other date"):
            make_and_record(demo, LOCAL_PERSON, refused)
    assert last_made(demo, LOCAL_PERSON) == ()
