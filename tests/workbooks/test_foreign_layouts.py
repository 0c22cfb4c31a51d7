"""What can be told of a workbook that nobody issued, what is asked, and what a choice changes."""

from __future__ import annotations

import csv
import json
from dataclasses import replace

import pytest

from portfolio.progress_reports.layouts import column_meanings, layout_fields
from portfolio.progress_reports.layouts.layout_choices import with_choice
from portfolio.progress_reports.layouts.layout_fields import fields_of
from portfolio.progress_reports.layouts.layout_guesses import guess
from portfolio.progress_reports.layouts.layout_memories import sound
from portfolio.progress_reports.layouts.layout_views import examine
from portfolio.progress_reports.layouts.layouts import LEFT_OUT, Choice, Layout, ProjectName
from portfolio.settings import DATA_DIR
from tests.workbooks.own_workbooks import NAMES, Rows, as_read, fields, laid_out, told

FRENCH: Rows = [
    ["StormOak – rapport du 1er semestre 2026"],
    [],
    ["N°", "Intitulé du jalon *", "Date prévue", "Prévision\nrévisée", "Date réelle", "État", "Retard"],
    [1, "Atelier", "15/03/2026", None, "18/03/2026", "Réalisé", 3],
]  # fmt: skip
COSTS: Rows = [
    ["StormOak – expenditure, EUR"],
    ["Budget heading", "Contract budget", "H2 2025", "H1 2026", "Cumulative", "H2 2026 (forecast)"],
    ["1. Human resources", 900000, 80000, 120000.25, 400000, 90000],
    ["2. Travel", 90000, 8000, 12000, 40000, 9000],
]
GROUPS: Rows = [
    ["Reporting period:", "01/01/2026", "30/06/2026"],
    ["Milestone", "Dates", None, None, "Participants", None],
    [None, "Planned", "Revised", "Actual", "Women", "Men"],
    ["Kick-off", "2026-01", None, "2026-02", 3, 4],
]


def test_a_french_table_is_told_by_its_words() -> None:
    table = told({"Jalons": FRENCH}).tables[0]
    assert (table.table, table.header_rows, table.project, table.period) == (
        "milestones", (3,), "storm-oak", "2026-S1",
    )  # fmt: skip
    assert fields(told({"Jalons": FRENCH})) == [
        LEFT_OUT, "title", "baseline", "forecast", "actual", "status", LEFT_OUT,
    ]  # fmt: skip


def test_half_years_as_columns_are_costs_and_a_forecast_is_none() -> None:
    table = told({"Costs": COSTS}).tables[0]
    assert [(column.field, column.period) for column in table.columns] == [
        ("heading", ""), (LEFT_OUT, ""), ("amount_cents", "2025-S2"), ("amount_cents", "2026-S1"),
        (LEFT_OUT, ""), (LEFT_OUT, ""),
    ]  # fmt: skip


def test_two_header_rows_are_read_together() -> None:
    layout = told({"Plan": GROUPS}, {"Plan": ["B2:D2", "E2:F2", "A2:A3"]})
    assert (layout.tables[0].header_rows, layout.tables[0].period) == ((2, 3), "2026-S1")
    assert fields(layout) == ["title", "baseline", "forecast", "actual", "", ""]
    assert layout.tables[0].columns[1].header == "Dates / Planned"


def test_two_projects_stand_one_above_the_other() -> None:
    block: Rows = [["Heading", "Costs incurred (EUR)"], ["Travel", 10000], ["Total", 10000], []]
    rows = [["Costs S1 2026"], ["StormOak"], *block, ["RainWillow"], *block]
    tables = told({"Finance": rows}).tables
    assert [(table.project, table.header_rows, table.period) for table in tables] == [
        ("storm-oak", (3,), "2026-S1"), ("rain-willow", (8,), "2026-S1"),
    ]  # fmt: skip


def test_headings_as_columns_and_projects_as_columns_are_costs() -> None:
    by_heading = [["Expenditure of StormOak"], ["Period", "Travel", "Local office"], ["2026-S1", 90000, 8000]]
    assert [column.heading for column in told({"A": by_heading}).tables[0].columns] == [
        "", "travel", "local-office",
    ]  # fmt: skip
    by_project = [["Costs S1 2026"], ["Budget heading", "StormOak", "RainWillow"], ["Travel", 90000, 8000]]
    assert [column.project for column in told({"A": by_project}).tables[0].columns] == [
        "", "storm-oak", "rain-willow",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "header", "amount", "multiplier"),
    [
        ("Costs of StormOak", "Spent (EUR '000)", 12.5, 1000),
        ("Dépenses, en milliers d'euros", "Dépenses", 12.5, 1000),
        ("Costs of StormOak in M€", "Spent", 1.5, 1_000_000),
        ("Costs of StormOak", "Spent (EUR)", 12.5, 1),
        ("Costs of StormOak", "Spent", 120000, 1),
        ("Costs of StormOak", "Spent", 12.5, None),
        ("Costs in thousands", "Spent (EUR)", 12.5, None),
        ("Costs of StormOak", "Spent (k€)", 850_000.5, None),
    ],
)
def test_the_unit_is_told_or_asked_and_never_assumed(
    title: str, header: str, amount: float, multiplier: int | None
) -> None:
    rows = [[title], ["Budget heading", header], ["Travel", amount], ["Local office", amount]]
    layout = told({"Costs": rows})
    assert layout.tables[0].columns[1].multiplier == multiplier
    asked = [
        question.kind for question in examine(as_read(laid_out({"Costs": rows})), NAMES, layout).questions
    ]
    assert ("multiplier" in asked) is (multiplier is None)


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("Spent (USD)", "It is in USD; amounts are kept in EUR."),
        ("Spent Q1 2026", "The period that it names is no half-year; values are kept by half-year."),
        ("Spent to date", "'Spent to date' is not kept from reports."),
        ("Spent since 2024", "It adds up several periods; what is kept is the value of one."),
        ("Spent (planned)", "It holds what was planned, not what was reported."),
    ],
)
def test_an_amount_that_cannot_be_kept_is_left_out_and_said(header: str, why: str) -> None:
    layout = told(
        {"Costs": [["Budget heading", "Budget", header], ["Travel", 9, 9000], ["Local office", 9, 9]]}
    )
    assert (layout.tables[0].columns[2].is_read, layout.tables[0].columns[2].why) == (False, why)


def test_two_columns_for_one_field_are_both_left_open() -> None:
    rows = [["Milestone", "Status", "Remarks", "Comments"], ["Kick-off", "done", "a", "b"]]
    layout = told({"Plan": rows})
    assert fields(layout) == ["title", "status", "", ""]
    assert layout.tables[0].columns[3].why == "Columns C and D would both be Note."


def test_a_header_against_its_cells_is_left_open() -> None:
    rows = [["Milestone", "Forecast", "Status"], ["Kick-off", 12500.5, "done"], ["Study", 99.5, "done"]]
    assert fields(told({"Plan": rows})) == ["title", "", "status"]


def test_several_projects_or_periods_in_the_title_are_asked() -> None:
    rows = [["StormOak and RainWillow, S2 2025 and S1 2026"], ["Milestone", "Status"], ["Kick-off", "done"]]
    layout = told({"Plan": rows})
    assert (layout.tables[0].project, layout.tables[0].period) == ("", "")
    view = examine(as_read(laid_out({"Plan": rows})), NAMES, layout)
    assert [(question.kind, question.needed) for question in view.questions] == [
        ("project", True), ("period", True),
    ]  # fmt: skip
    assert not view.is_ready


def test_the_lines_of_a_form_are_no_header() -> None:
    form: Rows = [["Grant report"], ["Acronym", "StormOak"], ["Period", "1 Jan 2026", "30 Jun 2026"], []]
    layout = told(
        {"Report": [*form, ["Cost category", "Previous reports", "This report (EUR)"], ["Travel", 1, 9000]]}
    )
    assert [(table.header_rows, table.project, table.period) for table in layout.tables] == [
        ((5,), "storm-oak", "2026-S1"),
    ]  # fmt: skip
    assert fields(layout) == ["heading", LEFT_OUT, "amount_cents"]


def test_every_synonym_names_a_field_and_stands_once() -> None:
    path = DATA_DIR / "vocabulary" / "column_synonym.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [tuple(row.values()) for row in csv.DictReader(file)]
    assert len(rows) > 1500
    assert len(set(rows)) == len(rows)
    for table, field, synonym, language in rows:
        known = {"project", "period"} if table == "*" else {*fields_of(table), "?"}
        assert field in {*known, LEFT_OUT}, (table, field, synonym)
        assert language in ("en", "fr")


def test_a_similar_title_is_offered_and_never_taken() -> None:
    rows = [["Action on reporting of cybercrime, S1 2026"], ["Milestone", "Status"], ["Kick-off", "done"]]
    layout = told({"Plan": rows})
    assert layout.tables[0].project == ""
    (asked,) = examine(as_read(laid_out({"Plan": rows})), NAMES, layout).questions
    assert (asked.kind, asked.suggestion) == ("project", "storm-oak")


def test_plain_words_are_a_project_only_as_it_is_written() -> None:
    rows = [["Milestone", "Status"], ["Kick-off", "done"]]
    names = (ProjectName("rapid", "Rapid Response", "Fictional action on response", ()),)
    for title, project in (("Rapid Response, S1 2026", "rapid"), ("Rapid response plan, S1 2026", "")):
        layout = guess(as_read(laid_out({"Plan": [[title], *rows]})), names)
        assert layout.tables[0].project == project


def test_a_quarter_is_never_offered_as_a_half_year() -> None:
    rows = [["StormOak S1 2026"], ["Budget heading", "Spent Q1 2026", "% spent"], ["Travel", 9000, 0.5]]
    view = examine(as_read(laid_out({"Costs": rows})), NAMES, told({"Costs": rows}))
    assert {question.suggestion for question in view.questions} == {""}


def test_choices_answer_the_questions_one_by_one() -> None:
    rows = [["Plan"], ["What", "Status"], ["Kick-off", "well under way"], ["Study", "done"]]
    book = as_read(laid_out({"Plan": rows}))
    layout = Layout(())
    for choice in (
        Choice("table", "milestones", sheet="Plan"),
        Choice("header", "2", table=0),
        Choice("column", "1", table=0, text="title"),
        Choice("project", "storm-oak"),
        Choice("period", "2026-S1"),
        Choice("value", "in-progress", table=0, column=2, text="well under way"),
    ):
        assert not examine(book, NAMES, layout).is_ready or choice.kind == "value"
        layout = with_choice(book, NAMES, layout, choice)
    assert examine(book, NAMES, layout).is_ready
    assert fields(layout) == ["title", "status"]
    assert layout.tables[0].columns[1].values == (("well under way", "in-progress"),)
    assert with_choice(book, NAMES, layout, Choice("table", "", table=0)).tables == ()


@pytest.mark.parametrize(
    "choice",
    [
        Choice("table", "nothing", table=0),
        Choice("table", "risks", sheet="No such sheet"),
        Choice("header", "x", table=0),
        Choice("field", "women", table=0, column=1),
        Choice("column", "77", table=0, text="title"),
        Choice("project", "storm-oak", table=9),
        Choice("period", "2026", table=0),
        Choice("multiplier", "7", table=0, column=1),
        Choice("constant", "no-such-code", table=0, text="status"),
        Choice("constant", "training", table=0, text="partner_code"),
    ],
)
def test_a_choice_that_fits_nothing_changes_nothing(choice: Choice) -> None:
    book = as_read(laid_out({"Jalons": FRENCH}))
    layout = guess(book, NAMES)
    assert with_choice(book, NAMES, layout, choice) == layout


def test_a_layout_of_another_version_loses_only_what_is_not_known() -> None:
    layout = told({"Jalons": FRENCH, "Costs": COSTS})
    table, other = layout.tables
    old = replace(table, columns=(replace(table.columns[1], field="gone"), *table.columns[2:]))
    kept = sound(replace(layout, tables=(old, replace(other, table="gone"))))
    assert [column.field for column in kept.tables[0].columns] == ["", *fields(layout)[2:]]
    assert len(kept.tables) == 1


def test_a_layout_is_kept_and_read_again_as_it_was() -> None:
    layout = told({"Jalons": FRENCH, "Costs": COSTS})
    assert Layout.from_json(json.loads(json.dumps(layout.as_json()))) == layout


def test_a_view_shows_grid_samples_and_options() -> None:
    content = laid_out({"Jalons": FRENCH})
    view = examine(as_read(content), NAMES, told({"Jalons": FRENCH}))
    assert (view.is_ready, view.questions) == (True, ())
    assert view.sheets[0].rows[2][1][:2] == ("N°", "Intitulé du jalon *")
    assert (view.columns[1].label, view.columns[1].samples) == ("Milestone", ("B4: Atelier",))
    assert ("forecast", "Forecast") in [(option.value, option.label) for option in view.columns[1].options]


def test_what_is_compared_does_not_grow_with_the_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []
    close = layout_fields.difflib.get_close_matches

    def counted(words: str, names: list[str], *, n: int, cutoff: float) -> list[str]:
        compared.append(len(names))
        return close(words, names, n=n, cutoff=cutoff)

    monkeypatch.setattr(layout_fields.difflib, "get_close_matches", counted)

    def compared_in(rows: int) -> int:
        layout_fields.match.cache_clear()
        column_meanings.meaning_of.cache_clear()
        compared.clear()
        texts = [[f"date {row} of plan {column}" for column in range(12)] for row in range(rows)]
        told({"Plan": [["Milestone", "Status", *row] for row in texts]})
        return sum(compared)

    assert 0 < compared_in(60) <= 150_000
    assert compared_in(300) == compared_in(60)


def test_a_slip_of_the_pen_is_still_seen() -> None:
    rows: Rows = [["StormOak, S1 2026"], ["Milestone", "Basline date", "Forecst", "Status"],
                  ["Kick-off", "2026-01", "2026-02", "Planned"]]  # fmt: skip
    assert fields(told({"Milestones": rows})) == ["title", "baseline", "forecast", "status"]


def test_a_share_of_women_is_no_number_of_women() -> None:
    rows: Rows = [["StormOak, S1 2026"], ["Training", "Start date", "Women (%)", "Men"],
                  ["Incident handling", "2026-02-10", 40, 12]]  # fmt: skip
    layout = told({"Trainings": rows})
    assert fields(layout) == ["title", "held_on", LEFT_OUT, "men"]
    assert "share" in layout.tables[0].columns[2].why
