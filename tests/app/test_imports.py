"""Import a report: wrong files named, mistakes mended, the preview applied once and undone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portfolio.progress_reports.imports import check_files
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.histories import change_sets, undo_change_set
from portfolio.services.practice import set_value
from portfolio.storage.engine import Database
from portfolio.storage.queries.history import find_states
from portfolio.storage.queries.practice import find_drafts, find_received
from portfolio.ui import import_works
from tests.app import import_screens as screen
from tests.app.screens import problems, texts, words
from tests.workbooks.report_files import AS_OF, change, everybody, fill, in_other_bytes, issue, ref, set_field

KEY = screen.KEY


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demonstration is made once."""
    return tmp_path_factory.mktemp("import") / "demo.sqlite3"


@pytest.fixture
def demo(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The demonstration that the screens show."""
    return screen.demo_database(made, tmp_path, monkeypatch)


def value(database: Database, record: tuple[str, str], field: str) -> Any:
    return find_states(database, record[0])[record][field]


def imports_of(database: Database) -> list[int]:
    return [row.id for row in change_sets(database, LOCAL_PERSON) if row.kind == "import"]


def test_a_report_with_two_mistakes_is_mended_applied_and_undone(demo: Database) -> None:
    wrong, right = screen.wrong_report(demo)
    before = find_states(demo)
    app = screen.upload(screen.import_screen(), ("report.xlsx", wrong))
    assert [status.label for status in app.status] == ["1 file checked: 1 refused"]
    date, amount = screen.points(app)
    forecast, travel, done = (ref(wrong, *each) for each in (screen.FORECAST, screen.TRAVEL, screen.DONE))
    assert date.startswith(
        f":red[◆ E Error] Milestones {forecast} Forecast: '31/02/2027' is not a date. "
        ":gray[Write it as 2027-02-28"
    )
    assert date.endswith(":small[DATE_UNREADABLE]]")
    assert amount.startswith(f":red[◆ E Error] Money {travel} 2026-S1 (EUR): '-1' is below 0.")
    (warning,) = screen.warnings(app)
    assert warning.startswith(
        f"I accept :orange[▲ W Warning] Milestones {done} Status: The milestone is done"
    )
    assert {tile.label: tile.value for tile in app.metric}["Fields changed"] == "0"
    assert [each.label for each in app.button if each.label.startswith("Apply")] == []
    assert (find_states(demo), imports_of(demo)) == (before, [])

    app = screen.upload(app, ("corrected.xlsx", right))
    assert "Put aside for the newer files: report.xlsx." in texts(app)
    assert ("Milestone: Final report", "Forecast", "–", "2027-02-28") in screen.preview(app)
    assert ("Incurred cost: Travel", "Amount", "EUR 26,680", "EUR 26,000") in screen.preview(app)
    assert screen.button(app, "Apply 4 changes").disabled
    app = screen.applied(app)
    (number,) = imports_of(demo)
    assert f"Applied as change set {number}, by Officer One" in screen.titles(app)
    assert app.success[0].value.replace("\\", "") == (
        "- **RainWillow, 2026-S1** (corrected.xlsx): applied, 4 fields of 3 records."
    )
    assert {"RainWillow", f"Change set {number} in History"} <= set(screen.links(app))
    assert value(demo, ("milestone", f"{screen.M}08"), "forecast") == "2027-02-28"
    assert [row.by for row in find_received(demo)] == ["Officer One"]

    app = screen.press(app, "Undo this import")
    assert ("Incurred cost: Travel", "Amount", "EUR 26,000", "EUR 26,680") in screen.preview(app)
    assert f"Reason in the history: Undo of change set {number}: " in words(app)
    app = screen.press(app, f"Undo change set {number}")
    assert f"Change set {number} was undone by change set {number + 1}" in app.success[1].value
    assert (find_states(demo), find_received(demo)) == (before, ())


def test_values_are_shown_as_they_were_typed(demo: Database) -> None:
    hostile = "**x** <img src=a> :red[y] [l](http://elsewhere.invalid) $z$"
    content = fill(issue(demo, KEY), {screen.FORECAST: hostile})
    app = screen.upload(screen.import_screen(), ("**name** <b>.xlsx", content))
    (point,) = [each.value for each in app.markdown if each.value.startswith(":red[**◆ E Error")]
    assert "'\\*\\*x\\*\\* \\<img src=a\\> \\:red\\[y\\] \\[l\\](http://elsewhere.invalid) \\$z\\$'" in point
    assert any("\\*\\*name\\*\\* \\<b\\>.xlsx" in element.value for element in app.markdown)


def test_the_name_is_asked_for_before_anything_is_applied(demo: Database) -> None:
    content = fill(issue(demo, KEY), {screen.TRAVEL: 26000})
    app = screen.press(screen.upload(screen.import_screen(), ("report.xlsx", content)), "Apply 1 change")
    assert problems(app) == ["Enter your name first: it stands beside the change in the history."]
    assert imports_of(demo) == []
    app = screen.press(screen.sign(app, "  "), "Apply")
    assert imports_of(demo) == []
    assert screen.applied(app) and len(imports_of(demo)) == 1


def test_what_is_no_report_is_named_and_not_kept(demo: Database) -> None:
    files = [("table.csv", b"a,b\n1,2\n"), ("empty.xlsx", b""), ("page.html", b"<html><b>x</b></html>")]
    app = screen.upload(screen.import_screen(), *files)
    assert [status.label for status in app.status] == ["3 files checked: 3 refused"]
    assert "- table.csv: received; it was refused when looked at" in words(app)
    assert [point.partition(":")[2][:18] for point in screen.points(app)] == ["red[■ B Blocker]: "] * 3
    assert "not an Excel workbook" in screen.points(app)[0]
    assert "Nothing can go in yet" in words(app)
    assert find_drafts(demo, LOCAL_PERSON.name) == ()


def test_a_report_that_names_another_project_cannot_go_in(demo: Database) -> None:
    def swap(book: Any) -> None:
        sheet = book["_meta"]
        (cell,) = [row[1] for row in sheet.iter_rows() if row[0].value == "project"]
        cell.value = "sun-carob"

    app = screen.upload(screen.import_screen(), ("report.xlsx", change(issue(demo, KEY), swap)))
    (point,) = screen.points(app)
    assert point.startswith(":red[◆ E Error]") and "sun-carob" in point and "TPL_OTHER_PROJECT" in point
    assert [each.label for each in app.button if each.label.startswith(("Apply", "Record"))] == []


def test_the_same_file_again_leads_to_the_import_that_stands(demo: Database) -> None:
    content = fill(issue(demo, KEY), {screen.TRAVEL: 26000})
    screen.applied(screen.upload(screen.import_screen(), ("report.xlsx", content)))
    (number,) = imports_of(demo)
    app = screen.upload(screen.import_screen(), ("again.xlsx", content))
    assert [status.label for status in app.status] == ["1 file checked: 1 imported already"]
    assert f"Change set {number} in History" in screen.links(app)
    assert "these bytes are in the portfolio already" in words(app)
    assert imports_of(demo) == [number]
    undo_change_set(demo, LOCAL_PERSON, number)
    app = screen.upload(screen.import_screen(), ("again.xlsx", content))
    assert len(imports_of(demo)) == 1 and screen.applied(app) and len(imports_of(demo)) == 2


def test_of_several_files_each_is_applied_refused_or_received_by_name(demo: Database) -> None:
    files = [
        ("good.xlsx", fill(issue(demo, KEY), {screen.TRAVEL: 26000})),
        ("bad.xlsx", fill(issue(demo, "snow-spruce"), {screen.TRAVEL: -1})),
        ("same.xlsx", issue(demo, "sun-carob")),
        ("table.csv", b"a,b\n1,2\n"),
    ]
    app = screen.upload(screen.import_screen(), *files)
    assert [status.label for status in app.status] == [
        "4 files checked: 1 can go in, 1 without any change, 2 refused"
    ]
    assert (
        "Goes in: RainWillow, 2026-S1. Nothing to change, recorded as received: SunCarob, 2026-S1. "
        "Stays out: SnowSpruce, 2026-S1; table.csv."
    ) in texts(app)
    app = screen.applied(app)
    lines = app.success[0].value.replace("\\", "").splitlines()
    assert lines[0] == "- **RainWillow, 2026-S1** (good.xlsx): applied, 1 field of 1 record."
    assert lines[1].startswith("- **SnowSpruce, 2026-S1** (bad.xlsx): refused. 1 error: Money!")
    assert lines[2] == "- **SunCarob, 2026-S1** (same.xlsx): recorded as received; it changes nothing."
    assert lines[3].startswith("- **table.csv**: refused. This is a text file")
    assert [row.file_name for row in find_received(demo)] == ["good.xlsx", "same.xlsx"]


def test_a_report_that_changes_nothing_is_recorded_as_received(demo: Database) -> None:
    app = screen.upload(screen.import_screen(), ("same.xlsx", issue(demo, KEY)))
    app = screen.press(screen.sign(app), "Record as received")
    assert screen.titles(app)[0] == "Recorded as received by Officer One; nothing had to change"
    assert [each.label for each in app.button if each.label.startswith("Undo")] == []
    assert ([row.file_name for row in find_received(demo)], imports_of(demo)) == (["same.xlsx"], [])


def test_two_files_that_disagree_go_in_once_one_is_left_out(demo: Database) -> None:
    issued = issue(demo, KEY)
    one, two = (fill(issued, {screen.TRAVEL: amount}) for amount in (26000, 27000))
    app = screen.upload(screen.import_screen(), ("one.xlsx", one), ("two.xlsx", two))
    assert [status.label for status in app.status] == ["2 files checked: 2 refused"]
    app = screen.press(app, "Leave two.xlsx out")
    assert [status.label for status in app.status] == ["1 file checked: 1 can go in"]
    assert screen.preview(app) == [("Incurred cost: Travel", "Amount", "EUR 26,680", "EUR 26,000")]


def test_a_newer_file_takes_the_place_of_the_one_for_the_same_unit_alone(demo: Database) -> None:
    other = fill(issue(demo, "sun-carob"), {screen.TRAVEL: 28000})
    issued = issue(demo, KEY)
    app = screen.upload(
        screen.import_screen(), ("a.xlsx", fill(issued, {screen.TRAVEL: 26000})), ("b.xlsx", other)
    )
    app = screen.upload(app, ("c.xlsx", fill(issued, {screen.TRAVEL: 27000})))
    assert "Put aside for the newer files: a.xlsx." in texts(app)
    assert {row[3] for row in screen.preview(app)} == {"EUR 27,000", "EUR 28,000"}
    app = screen.upload(app, ("d.xlsx", in_other_bytes(fill(issued, {screen.TRAVEL: 27000}))))
    assert "Put aside for the newer files: c.xlsx." in texts(app)


def test_a_second_click_applies_nothing_again(demo: Database) -> None:
    content = fill(issue(demo, KEY), {screen.TRAVEL: 26000})
    checked = check_files(demo, [("report.xlsx", content)], as_of=AS_OF, allowed=everybody)
    work = import_works.ImportWork(checked=checked)
    for _ in range(2):
        import_works.apply_work(work, "Officer One")
    assert work.outcome is not None and work.outcome.change_set == imports_of(demo)[0]
    assert (len(imports_of(demo)), len(find_received(demo))) == (1, 1)


def test_two_tabs_apply_the_same_preview_once(demo: Database) -> None:
    content = fill(issue(demo, KEY), {screen.TRAVEL: 26000})
    first, second = (
        screen.upload(screen.import_screen(), (name, content)) for name in ("one.xlsx", "two.xlsx")
    )
    screen.applied(first)
    app = screen.press(screen.sign(second), "Apply")
    assert "Nothing was applied. This is the new preview." in screen.titles(app)
    assert [status.label for status in app.status] == ["1 file checked: 1 imported already"]
    assert (len(imports_of(demo)), len(find_received(demo))) == (1, 1)


def test_what_changed_since_the_preview_is_refused_with_a_new_one(demo: Database) -> None:
    content = fill(issue(demo, KEY), {screen.FORECAST: "2027-12"})
    app = screen.upload(screen.import_screen(), ("report.xlsx", content))
    assert [status.label for status in app.status] == ["1 file checked: 1 can go in"]
    set_field(demo, "milestone", f"{screen.M}08", "forecast", None, "2027-11")
    app = screen.press(screen.sign(app), "Apply")
    assert "Nothing was applied. This is the new preview." in screen.titles(app)
    assert "- Milestone: Final report, Forecast: no longer in the preview." in words(app)
    assert f"{screen.M}08" not in words(app)
    (point,) = screen.points(app)
    assert "Officer Two" in point and "2027-11" in point and "CONFLICT_FIELD" in point
    assert value(demo, ("milestone", f"{screen.M}08"), "forecast") == "2027-11"
    assert imports_of(demo) == []


def test_an_undo_that_no_longer_fits_is_planned_again(demo: Database) -> None:
    content = fill(issue(demo, KEY), {screen.FORECAST: "2027-12", screen.TRAVEL: 26000})
    app = screen.applied(screen.upload(screen.import_screen(), ("report.xlsx", content)))
    (number,) = imports_of(demo)
    app = screen.press(app, "Undo this import")
    set_field(demo, "milestone", f"{screen.M}08", "forecast", "2027-12", "2027-11")
    app = screen.press(app, "Undo change set")
    assert "has changed since the preview" in problems(app)[0]
    assert screen.preview(app) == [("Incurred cost: Travel", "Amount", "EUR 26,000", "EUR 26,680")]
    assert "forecast: kept: it was edited since" in words(app)
    app = screen.press(app, f"Undo change set {number}")
    assert value(demo, ("milestone", f"{screen.M}08"), "forecast") == "2027-11"
    assert value(demo, ("incurred_cost", f"{KEY}/2026-S1/travel"), "amount_cents") == 2_668_000


def test_limits_are_said_in_words_and_are_the_unit_s_own(demo: Database) -> None:
    assert "Up to 10 MB each" in words(screen.import_screen())
    set_value(demo, LOCAL_PERSON, "limit/file-size", "2097152", source="", reason="Slow line")
    app = screen.import_screen()
    assert "Up to 2 MB each" in words(app)
    assert app.file_uploader[0].proto.max_upload_size_mb == 2
