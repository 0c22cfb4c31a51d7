"""What is settled on the import screen itself: values, conflicts, units; kept, and taken back."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from portfolio.services.access import LOCAL_PERSON
from portfolio.services.histories import change_sets
from portfolio.storage.engine import Database
from portfolio.storage.queries.history import find_states
from portfolio.storage.queries.practice import find_drafts
from portfolio.storage.received_reports import find_kept_files
from tests.app import import_screens as screen
from tests.app.screens import texts, words
from tests.workbooks.report_files import fill, issue, ref, set_field

KEY = screen.KEY
STATUS = [("Milestones", f"{screen.M}{number}", "status") for number in ("05", "06")]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demonstration is made once."""
    return tmp_path_factory.mktemp("import") / "demo.sqlite3"


@pytest.fixture
def demo(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The demonstration that the screens show."""
    return screen.demo_database(made, tmp_path, monkeypatch)


def test_mistakes_are_mended_on_screen_listed_taken_back_and_applied(demo: Database) -> None:
    wrong, _ = screen.wrong_report(demo)
    app = screen.upload(screen.import_screen(), ("report.xlsx", wrong))
    forecast, travel = ref(wrong, *screen.FORECAST), ref(wrong, *screen.TRAVEL)
    assert len(screen.points(app)) == 2
    app = screen.write(app, forecast, "2027-02-28")
    assert len(screen.points(app)) == 1
    assert f"**Milestones {forecast}**: ‘31/02/2027’ → ‘2027-02-28’" in texts(app)
    assert ("Milestone: Final report", "Forecast", "–", "2027-02-28") in screen.preview(app)

    app = screen.press(app, f"Take back Milestones {forecast}")
    assert len(screen.points(app)) == 2 and "→ ‘2027-02-28’" not in words(app)
    app = screen.write(app, forecast, "soon")
    assert "'soon' is not a date" in screen.points(app)[0]
    app = screen.write(app, forecast, "2027-03")
    assert f"**Milestones {forecast}**: ‘31/02/2027’ → ‘2027-03’" in texts(app)
    app = screen.write(app, travel, "26000")
    assert screen.points(app) == [] and len(screen.button(app, "Apply 4 changes").label) > 0

    app = screen.applied(app)
    states = find_states(demo)
    assert states["milestone", f"{screen.M}08"]["forecast"] == "2027-03"
    (number,) = [row.id for row in change_sets(demo, LOCAL_PERSON) if row.kind == "import"]
    assert list(find_kept_files(demo, [hashlib.sha256(wrong).hexdigest()]).values()) == [wrong]
    assert f"Applied as change set {number}, by Officer One" in screen.titles(app)


def test_one_value_settles_all_cells_alike_and_a_cell_can_be_passed_over(demo: Database) -> None:
    content = fill(issue(demo, KEY), {**dict.fromkeys(STATUS, "Delyed"), screen.TRAVEL: -1})
    app = screen.upload(screen.import_screen(), ("report.xlsx", content))
    alike, amount = screen.points(app)
    one, other, travel = (ref(content, *each) for each in (*STATUS, screen.TRAVEL))
    assert f"{one} and {other} Status: 'Delyed' is not in the list." in alike and travel in amount
    app = screen.write(app, one, "In progress", alike=True)
    assert [point.partition("EUR): ")[2][:13] for point in screen.points(app)] == ["'-1' is below"]
    assert "‘Delyed’ → ‘In progress’" in words(app)
    app = screen.pass_over(app, travel)
    assert screen.points(app) == [] and f"**Money {travel}**: ‘-1’ → passed over" in texts(app)
    assert {row[1] for row in screen.preview(app)} == {"Status"}


def test_what_was_settled_is_kept_for_whoever_comes_back(demo: Database) -> None:
    wrong, _ = screen.wrong_report(demo)
    app = screen.upload(screen.import_screen(), ("report.xlsx", wrong))
    forecast, travel = ref(wrong, *screen.FORECAST), ref(wrong, *screen.TRAVEL)
    screen.accept_all(screen.write(app, travel, "26000"))
    assert len(find_drafts(demo, LOCAL_PERSON.name)) == 1
    app = screen.import_screen()
    assert "nothing was applied. 1 decision kept." in words(app)
    app = screen.press(app, "Continue")
    assert f"**Money {travel}**: ‘-1’ → ‘26000’" in texts(app)
    assert [box.value for box in app.checkbox if box.label.startswith("I accept")] == [True]
    app = screen.press(screen.write(app, forecast, "2027-02-28"), "Discard")
    assert find_drafts(demo, LOCAL_PERSON.name) == ()


def test_units_are_ticked_in_and_out(demo: Database) -> None:
    files = [
        ("one.xlsx", fill(issue(demo, KEY), {screen.TRAVEL: 26000})),
        ("two.xlsx", fill(issue(demo, "sun-carob"), {screen.TRAVEL: 27000})),
        ("bad.xlsx", fill(issue(demo, "snow-spruce"), {screen.TRAVEL: -1})),
    ]
    app = screen.upload(screen.import_screen(), *files)
    ticks = {box.label[9:].partition(",")[0]: box for box in app.checkbox}
    shown = [(box.value, box.disabled) for box in ticks.values()]
    assert shown == [(True, False), (True, False), (False, True)]
    app = ticks["SunCarob"].uncheck().run()
    assert "Goes in: RainWillow, 2026-S1. Stays out: SunCarob, 2026-S1; SnowSpruce, 2026-S1." in texts(app)
    app = screen.applied(app)
    assert "SunCarob, 2026-S1** (two.xlsx): left out by choice" in app.success[0].value
    states = find_states(demo)
    assert states["incurred_cost", f"{KEY}/2026-S1/travel"]["amount_cents"] == 2_600_000
    assert states["incurred_cost", "sun-carob/2026-S1/travel"]["amount_cents"] != 2_700_000


def test_a_conflict_is_settled_by_choosing_a_side(demo: Database) -> None:
    content = fill(issue(demo, KEY), {screen.FORECAST: "2027-12"})
    set_field(demo, "milestone", f"{screen.M}08", "forecast", None, "2027-11")
    app = screen.upload(screen.import_screen(), ("report.xlsx", content))
    (point,) = screen.points(app)
    assert "CONFLICT_FIELD" in point and "2027-11" in point and "2027-12" in point
    app = screen.press(app, "Take")
    assert ("Milestone: Final report", "Forecast", "2027-11", "2027-12") in screen.preview(app)
    assert "‘2027-12’ in the file; the file's value holds" in words(app)
    app = screen.press(screen.press(app, f"Take back Milestones {ref(content, *screen.FORECAST)}"), "Keep")
    assert screen.points(app) == [] and screen.preview(app) == []


def test_the_counts_come_first_and_add_up(demo: Database) -> None:
    issued = issue(demo, KEY)
    same = screen.counts(screen.upload(screen.import_screen(), ("same.xlsx", issued)))
    assert (same["Records changed"], same["Rows refused"]) == (0, 0) and same["Records unchanged"] > 20
    edits = {screen.FORECAST: "2027-12", screen.NOTE: "Later", screen.TRAVEL: 26000, STATUS[0]: "Delyed"}
    app = screen.upload(screen.import_screen(), ("report.xlsx", fill(issued, edits)))
    assert screen.counts(app) == {
        "Records changed": 0, "Fields changed": 0, "Records unchanged": same["Records unchanged"] - 3,
        "Rows refused": 1, "Cells read": same["Cells read"],
    }  # fmt: skip
    mended = screen.counts(screen.pass_over(app, ref(issued, *STATUS[0])))
    assert (mended["Records changed"], mended["Fields changed"]) == (2, 3)
    assert mended["Records unchanged"] == same["Records unchanged"] - 2


def test_a_value_that_is_warned_of_can_be_corrected_instead_of_accepted(demo: Database) -> None:
    content = fill(issue(demo, KEY), {screen.DONE: "Done", screen.TRAVEL: 26000})
    app = screen.upload(screen.import_screen(), ("report.xlsx", content))
    assert len(screen.warnings(app)) == 1 and screen.button(app, "Apply").disabled
    done = ref(content, *screen.DONE)
    app = screen.write(app, done, "In progress")
    assert screen.warnings(app) == [] and not screen.button(app, "Apply 1 change").disabled
    assert f"**Milestones {done}**: ‘Done’ → ‘In progress’" in texts(app)
