"""Workbooks that nobody issued, from the first look to the second import: every finding with its cell."""

from __future__ import annotations

import pytest

from portfolio.errors import UsageProblem
from portfolio.findings import Offer
from portfolio.progress_reports.corrections import Corrections
from portfolio.progress_reports.imports import apply_checked
from portfolio.progress_reports.layouts.foreign_imports import project_names, remember
from portfolio.progress_reports.layouts.layout_choices import with_choice
from portfolio.progress_reports.layouts.layout_guesses import guess
from portfolio.progress_reports.layouts.layouts import Choice, Layout
from portfolio.progress_reports.results import FileResult
from portfolio.storage.engine import Database
from portfolio.storage.queries.layouts import find_layouts, forget_layout
from portfolio.storage.queries.milestones import find_milestones
from portfolio.storage.queries.money import find_incurred
from tests.workbooks.own_workbooks import as_read, check_laid_out, checked, laid_out
from tests.workbooks.report_files import check, found

pytestmark = pytest.mark.usefixtures("read_here")
TITLE = ["StormOak, progress from January to June 2026"]
HEADER = ["Milestone", "Planned", "Forecast", "Actual date", "Status", "Remarks"]
SAID = [("PROJECT_FOUND", None), ("PERIOD_FOUND", None)]


def codes(file: FileResult, *quiet: str) -> list[tuple[str, str | None]]:
    """Code and cell of the findings, without those that every workbook has."""
    usual = {"PROJECT_FOUND", "PERIOD_FOUND", "HDR_ROW_GUESSED", "ROW_MATCHED_BY_CONTENT", *quiet}
    return [(code, cell) for code, cell in found(file) if code not in usual and not code.startswith("RULE_")]


def test_an_unknown_workbook_is_refused_with_a_guess(demo: Database) -> None:
    content = laid_out({"Plan": [TITLE, HEADER, ["Closing event", None, None, None, "Done", None]]})
    file = check(demo, content)
    assert (found(file), file.readable, file.changes) == ([("TPL_UNKNOWN", None)], False, ())
    assert file.layout_guess is not None
    guessed = Layout.from_json(file.layout_guess)
    assert [(table.table, table.project, table.period) for table in guessed.tables] == [
        ("milestones", "storm-oak", "2026-S1"),
    ]  # fmt: skip


def test_a_known_record_is_changed_and_a_new_one_added(demo: Database) -> None:
    rows = [
        TITLE,
        HEADER,
        ["closing  EVENT", None, "2027-04", None, "In progress", None],
        ["Webinar", "2026-05", None, "2026-05-20", "Done", "online"],
    ]
    file = checked(demo, {"Plan": rows})
    assert found(file) == [
        *SAID, ("HDR_ROW_GUESSED", "A2"), ("ROW_MATCHED_BY_CONTENT", None), ("ROW_MATCHED_BY_CONTENT", None),
    ]  # fmt: skip
    assert (file.is_acceptable, [unit.key for unit in file.units]) == (True, [("storm-oak", "2026-S1")])
    known = [change for change in file.changes if change.key == "storm-oak/milestone-07"]
    assert [(change.field, change.new, change.cell) for change in known] == [
        ("forecast", "2027-04", "C3"), ("status", "in-progress", "E3"),
    ]  # fmt: skip
    new = {change.field: change.new for change in file.changes if change not in known}
    assert new == {
        "title": "Webinar", "baseline": "2026-05", "actual": "2026-05-20", "status": "done", "note": "online",
        "project_key": "storm-oak", "about": "project", "contractual": False,
    }  # fmt: skip


def test_what_was_imported_changes_nothing_the_second_time(demo: Database) -> None:
    rows = [TITLE, HEADER, *(["Webinar", "2026-05", None, None, "Done", note] for note in ("a", "b"))]
    costs = [TITLE, ["Budget heading", "Spent (k€)"], ["Travel", 1.5]]
    apply_checked(demo, check_laid_out(demo, laid_out({"Plan": rows, "Costs": costs})), by="Officer One")
    webinars = [each for each in find_milestones(demo, "storm-oak") if each.title == "Webinar"]
    assert len(webinars) == 2
    spent = {
        cost.heading: cost.amount_cents
        for cost in find_incurred(demo, "storm-oak")
        if cost.period == "2026-S1"
    }
    assert spent["travel"] == 150_000
    again = checked(demo, {"Costs": costs, "Plan": rows, "Notes": [["Sent again"]]})
    assert (again.is_acceptable, again.changes) == (True, ())


def test_every_cell_is_accounted_for(demo: Database) -> None:
    rows = [TITLE, HEADER, ["Webinar", "2026-05", None, None, "perhaps", None], ["Component 2"]]
    cells = checked(demo, {"Plan": rows, "Cover": [["Words"]]}).cells
    assert (cells.total, cells.used + cells.empty + cells.ignored + cells.problem) == (15, 15)
    assert (cells.used, cells.empty, cells.ignored, cells.problem) == (2, 3, 9, 1)


def test_a_name_on_record_is_offered_in_the_place_of_one_like_it(demo: Database) -> None:
    file = checked(demo, {"Plan": [TITLE, ["Milestone", "Status"], ["Closing event (final)", "Planned"]]})
    (near,) = [item for item in file.findings if item.code == "ROW_NAMED_ALIKE"]
    assert near.offers == (Offer("replace", "Closing event", "It is ‘Closing event’"),)


def test_a_name_that_is_accepted_on_screen_makes_it_the_record(demo: Database) -> None:
    content = laid_out({"Plan": [TITLE, ["Milestone", "Status"], ["Closing event (final)", "In progress"]]})
    layout = guess(as_read(content), project_names(demo))
    corrections = Corrections(cells={("Plan", "A3"): "Closing event"}, layout=layout.as_json())
    file = check_laid_out(demo, content, layout, corrections).files[0]
    assert [(change.key, change.field, change.new) for change in file.changes] == [
        ("storm-oak/milestone-07", "status", "in-progress"),
    ]  # fmt: skip


def test_a_doubtful_date_is_settled_once_for_its_column(demo: Database) -> None:
    rows = [
        TITLE,
        ["Milestone", "Status", "Planned"],
        *(["Call", "Planned", day] for day in ("03/04/2026", "05/06/2026")),
    ]
    content = laid_out({"Plan": rows})
    layout = guess(as_read(content), project_names(demo))
    assert not check_laid_out(demo, content, layout).files[0].is_acceptable
    corrections = Corrections(answers={("Plan", "C"): "day-first"}, layout=layout.as_json())
    file = check_laid_out(demo, content, layout, corrections).files[0]
    assert [change.new for change in file.changes if change.field == "baseline"] == [
        "2026-04-03",
        "2026-06-05",
    ]


def test_a_choice_that_makes_no_sense_changes_nothing_and_breaks_nothing(demo: Database) -> None:
    content = laid_out({"Plan": [["S1 2026"], ["Milestone", "Status"], ["Webinar", "Done"]]})
    names = project_names(demo)
    layout = guess(as_read(content), names)
    assert with_choice(as_read(content), names, layout, Choice("period", "soon", table=0)) == layout
    gone = with_choice(as_read(content), names, layout, Choice("project", "left-long-ago", table=0))
    file = check_laid_out(demo, content, gone).files[0]
    assert (codes(file), file.is_acceptable) == ([("PROJECT_UNKNOWN", "A3")], False)


def test_values_of_a_project_of_others_are_not_shown(demo: Database) -> None:
    rows = [["S1 2026"], ["Project", "Milestone", "Status"], ["StormOak", "Webinar", "Done"],
            ["RainWillow", "Secret", "Done"], ["A secret remark"]]  # fmt: skip
    content = laid_out({"Plan": rows})
    layout = guess(as_read(content), project_names(demo))
    file = check_laid_out(demo, content, layout, allowed=lambda project: project == "storm-oak").files[0]
    assert [(unit.project, unit.is_acceptable) for unit in file.units] == [
        ("storm-oak", True),
        ("rain-willow", False),
    ]
    assert {change.new for change in file.changes if change.field == "title"} == {"Webinar"}
    assert not [item for item in file.findings if "ecret" in f"{item.message}{item.value}"]


def test_a_value_that_is_mapped_once_holds_for_every_cell(demo: Database) -> None:
    content = laid_out({"Plan": [TITLE, ["Milestone", "Status"], ["Webinar", "ok"], ["Call", "ok"]]})
    layout = guess(as_read(content), project_names(demo))
    names = project_names(demo)
    mapped = with_choice(
        as_read(content), names, layout, Choice("value", "done", table=0, column=2, text="ok")
    )
    file = check_laid_out(demo, content, mapped).files[0]
    assert [change.new for change in file.changes if change.field == "status"] == ["done", "done"]


def test_one_value_for_all_rows_stands_in_for_a_column(demo: Database) -> None:
    rows = [TITLE, ["Training title", "Held on", "Women", "Men"], ["Log analysis", "2026-03-03", 7, 8]]
    content = laid_out({"Trainings": rows})
    layout = guess(as_read(content), project_names(demo))
    names = project_names(demo)
    assert codes(check_laid_out(demo, content, layout).files[0]) == [("HDR_NEEDED_NEW", "A2")]
    chosen = with_choice(
        as_read(content), names, layout, Choice("constant", "workshop", table=0, text="kind")
    )
    file = check_laid_out(demo, content, chosen).files[0]
    assert (codes(file), file.is_acceptable) == ([], True)
    assert {change.new for change in file.changes if change.field == "kind"} == {"workshop"}


def test_half_years_that_change_nothing_are_no_reports_of_their_own(demo: Database) -> None:
    costs = {cost.period: cost for cost in find_incurred(demo, "storm-oak") if cost.heading == "travel"}
    before = costs["2025-S2"].amount_cents / 100
    rows = [
        ["StormOak, expenditure in EUR, situation at 30 June 2026"],
        ["Budget heading", "2025-S2", "2026-S1"],
        ["Travel", before, 7000],
    ]
    assert [unit.key for unit in checked(demo, {"Costs": rows}).units] == [("storm-oak", "2026-S1")]
    rows[2][1] = before + 1
    assert [unit.key for unit in checked(demo, {"Costs": rows}).units] == [
        ("storm-oak", "2025-S2"), ("storm-oak", "2026-S1"),
    ]  # fmt: skip


class TestRemembered:
    """A layout that was kept under a name."""

    ROWS = (["StormOak, H1 2026"], ["What was done", "State", "H1 2026 remarks"], ["Webinar", "ok", "x"])

    def kept(self, demo: Database) -> Layout:
        book = as_read(laid_out({"Plan": self.ROWS}))
        names = project_names(demo)
        layout = Layout(())
        for choice in (
            Choice("table", "milestones", sheet="Plan"),
            Choice("header", "2", table=0),
            Choice("column", "1", table=0, text="title"),
            Choice("field", "status", table=0, column=2),
            Choice("field", "note", table=0, column=3),
            Choice("value", "done", table=0, column=2, text="ok"),
            Choice("project", "storm-oak", table=0),
            Choice("period", "2026-S1", table=0),
        ):
            layout = with_choice(book, names, layout, choice)
        return remember(demo, book, layout, name=" Reports of  the agency ", by="Officer One")

    def test_is_recognised_by_its_headers_wherever_they_stand(self, demo: Database) -> None:
        self.kept(demo)
        moved = [["RainWillow"], [], ["2025-S2"], [], ["What was done", "State", "H2 2025 remarks"]]
        file = check(demo, laid_out({"Other name": [*moved, ["Webinar", "ok", "y"]]}))
        assert codes(file) == [("LAYOUT_REMEMBERED", None)]
        assert [unit.key for unit in file.units] == [("rain-willow", "2025-S2")]
        values = {change.field: change.new for change in file.changes}
        assert (values["title"], values["status"], values["note"]) == ("Webinar", "done", "y")

    def test_keeps_neither_project_nor_period(self, demo: Database) -> None:
        self.kept(demo)
        file = check(demo, laid_out({"Plan": [["A report"], *self.ROWS[1:]]}))
        assert [code for code, _ in codes(file)] == [
            "LAYOUT_REMEMBERED",
            "PROJECT_NOT_NAMED",
            "PERIOD_UNKNOWN",
        ]
        assert (file.is_acceptable, file.changes) == (False, ())

    def test_does_not_fit_other_headers_but_is_known_to_the_guess(self, demo: Database) -> None:
        self.kept(demo)
        file = check(
            demo, laid_out({"Plan": [*self.ROWS[:1], ["What was done", "State", "Planned"], ["x", "ok"]]})
        )
        assert [code for code, _ in found(file)] == ["TPL_UNKNOWN"]

    def test_is_listed_replaced_and_forgotten_by_name(self, demo: Database) -> None:
        assert self.kept(demo).name == "Reports of the agency"
        self.kept(demo)
        (row,) = find_layouts(demo)
        assert (row.name, row.saved_by) == ("Reports of the agency", "Officer One")
        assert (forget_layout(demo, row.name), find_layouts(demo), forget_layout(demo, row.name)) == (
            True,
            (),
            False,
        )

    def test_needs_a_name_and_a_table(self, demo: Database) -> None:
        book = as_read(laid_out({"Plan": self.ROWS}))
        with pytest.raises(UsageProblem, match="name"):
            remember(demo, book, self.kept(demo), name="  ", by="Officer One")
        with pytest.raises(UsageProblem, match="mapped"):
            remember(demo, book, Layout(()), name="Empty", by="Officer One")
