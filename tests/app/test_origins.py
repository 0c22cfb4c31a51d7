"""Every figure opens to where it comes from: file and cell, person and reason, or the first load."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from portfolio.model.changes import ChangeSetDraft, FieldChange, SourceFile
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.funds.portfolios import funds_of_project
from portfolio.services.histories import change_sets, origin_of, undo_change_set
from portfolio.settings import load_settings
from portfolio.storage.engine import Database
from portfolio.storage.setup import ensure_database
from portfolio.storage.unit_of_work import apply_change_set
from portfolio.ui.cached import ask, profile, view
from portfolio.ui.evidence import Fact, project_facts
from portfolio.ui.origins import project_origins
from portfolio.ui.profiles import details, money_ladder
from portfolio.ui.project_funds import fund_facts
from tests.app.screens import opened, problems, texts, use_portfolio

KEY = "frost-hazel"
REPORT = SourceFile("report-2026-S1.xlsx", "a" * 64, b"bytes")
UNKNOWN = ("not stated", "not known", "not reported", "unknown")


@pytest.fixture
def fictional(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    use_portfolio("demo", tmp_path, monkeypatch)
    return ensure_database(load_settings())


def write(database: Database, kind: str, by: str, reason: str, *changes: FieldChange) -> int:
    files = (REPORT,) if kind == "import" else ()
    draft = ChangeSetDraft(kind, by, reason, changes, files)  # type: ignore[arg-type]
    return apply_change_set(database, draft)


def change(
    database: Database, entity: str, key: str, field: str, new: object, cell: str | None = None
) -> FieldChange:
    present = origin_of(database, LOCAL_PERSON, (entity, key), field)
    assert present is not None
    place = (REPORT.name, "Money", cell) if cell else (None, None, None)
    return FieldChange(entity, key, field, present.change.new, new, "changed", *place)  # type: ignore[arg-type]


def facts(key: str) -> list[Fact]:
    found = profile(key)
    funds = ask(funds_of_project, LOCAL_PERSON, key, as_of=view().as_of)
    return [*project_facts(found), *details(found), *money_ladder(found, view()), *chain(*fund_facts(funds))]


def origin_column(app: AppTest, column: str) -> list[str]:
    table = next(element.value for element in app.dataframe if column in element.value)
    return list(table["origin"])


@pytest.mark.parametrize("name", ["reference", "demo"])
def test_every_known_value_of_every_project_has_an_origin(
    name: str, portfolios: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_portfolio(name, portfolios, monkeypatch)
    seen = 0
    for project in view().everything:
        origins = project_origins(project.key)
        for entry in facts(project.key):
            known = entry.value not in UNKNOWN
            seen += known
            assert bool(origins.of(entry.fields)) == known, (project.key, entry.label)
    assert seen > 200


def test_imported_cost_opens_to_file_cells_and_person(fictional: Database) -> None:
    keys = [row.key for row in profile(KEY).incurred if row.period == "2026-S1"][:2]
    changes = [
        change(fictional, "incurred_cost", key, "amount_cents", 4_100_000, f"D{14 + number}")
        for number, key in enumerate(keys)
    ]
    write(fictional, "import", "A tester", "Progress report", *changes)
    app = opened("project", id=KEY)
    assert problems(app) == []
    lines = {text for text in texts(app) if "Money!D14" in text}
    start = "2 values: from report-2026-S1.xlsx, Money!D14, D15"
    (line,) = [text for text in lines if text.startswith(start)]
    assert ", imported on " in line
    assert {text.endswith(" by A tester.") for text in lines} == {True}
    by_period = dict(
        zip(
            next(e.value for e in app.dataframe if "all_headings_eur" in e.value)["period"],
            origin_column(app, "all_headings_eur"),
            strict=True,
        )
    )
    assert by_period["2026-S1"].startswith("report-2026-S1.xlsx, Money!D14, D15, 20")
    assert by_period["2025-S2"] == "loaded with the portfolio"


def test_entered_value_opens_to_person_and_reason_as_typed(fictional: Database) -> None:
    new = change(fictional, "project", KEY, "total_budget_cents", 4_100_000)
    number = write(fictional, "edit", "<b>A</b> tester", "Amendment *2* of [June](http://x)", new)
    app = opened("project", id=KEY)
    (line,) = [element.value for element in app.markdown if "entered by" in element.value]
    assert line.replace("\\", "").startswith("EUR 41,000: entered by <b>A</b> tester on ")
    assert "Amendment \\*2\\* of \\[June\\]" in line
    labels = [link.proto.label for link in app.get("page_link")]
    assert f"Change set {number} in History" in labels


def test_value_set_back_opens_to_the_undo(fictional: Database) -> None:
    new = change(fictional, "project", KEY, "title", "Another title")
    number = write(fictional, "edit", "A tester", "A slip", new)
    undo_change_set(fictional, LOCAL_PERSON.named("B tester"), number)
    found = texts(opened("project", id=KEY))
    assert any(
        "set back by B tester on " in text and f"Undo of change set {number}" in text for text in found
    )


@pytest.mark.parametrize(
    ("page", "column"), [("overview", "end_original"), ("projects", "acronym"), ("milestones", "milestone")]
)
def test_table_in_which_a_row_is_one_record_names_its_origin(
    fictional: Database, page: str, column: str
) -> None:
    milestone = profile(KEY).milestones[0].milestone.key
    write(
        fictional, "edit", "A tester", "Both",
        change(fictional, "project", KEY, "title", "Another title"),
        change(fictional, "milestone", milestone, "title", "Another title"),
    )  # fmt: skip
    day = change_sets(fictional, LOCAL_PERSON)[0].at[:10]
    found = origin_column(opened(page), column)
    assert found.count(f"entered by A tester, {day}") == 1
    assert set(found) == {f"entered by A tester, {day}", "loaded with the portfolio"}
