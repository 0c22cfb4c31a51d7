"""The portfolio as at any date: one choice for every screen, in the address, by what is or was recorded."""

from __future__ import annotations

import ast
import datetime as dt
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from portfolio.dates import date_label
from portfolio.model.changes import ChangeSetDraft, FieldChange
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.health.portfolios import load_health
from portfolio.services.milestones import milestone_counts
from portfolio.services.practice import set_value
from portfolio.services.saved_views import saved_views
from portfolio.services.schedules import schedule, standing_sentence
from portfolio.services.statuses import project_status
from portfolio.services.views import load_scheduled_view, load_view
from portfolio.settings import ROOT, load_settings
from portfolio.storage.engine import Database
from portfolio.storage.setup import ensure_database
from portfolio.storage.unit_of_work import apply_change_set
from portfolio.ui.as_of_bar import EARLIEST, PRESENT_PAGES, read_day
from tests.app.screens import bar, opened, problems, texts, tiles, use_portfolio, words

EARLIER = dt.date(2026, 6, 30)
ADDRESS = EARLIER.isoformat()
LINE = "As at 30 June 2026: what had happened by that day, by what is recorded now."
BACK = "Back to 23 November 2026"
UI = ROOT / "portfolio" / "ui"
READING = sorted({path.stem for path in (ROOT / "pages").glob("*.py")} - PRESENT_PAGES)


def go(app: AppTest, page: str) -> AppTest:
    """The same tab on another screen."""
    return app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()


def lines(app: AppTest) -> list[str]:
    """What the screen says of its date."""
    return [text for text in texts(app) if text.startswith(":material/history:")]


def buttons(app: AppTest) -> list[str]:
    """The names of the buttons."""
    return [button.label for button in app.button]


@pytest.mark.usefixtures("demo")
def test_figures_of_an_earlier_date_are_those_of_the_services_on_every_screen_of_a_tab() -> None:
    database = ensure_database(load_settings())
    view = load_scheduled_view(database, LOCAL_PERSON, as_of=EARLIER)
    states = [row.state for row in load_health(database, LOCAL_PERSON, as_of=EARLIER).values()]
    app = opened("health", as_of=ADDRESS)
    assert bar(app) == "Filters: All 20 projects, on 30 June 2026"
    assert lines(app) == [f":material/history: **{LINE}**"]
    assert tiles(app)["Off track"][0] == str(states.count("red")) != "0"
    assert "As at 30 June 2026, revision 1." in words(app)
    go(app, "milestones")
    sentence = standing_sentence(schedule(view.milestones), milestone_counts(view.milestones, EARLIER))
    assert sentence in texts(app)
    go(app, "projects")
    ongoing = sum(project_status(project, EARLIER) == "ongoing" for project in view.projects)
    assert list(app.dataframe[0].value["status"]).count("Ongoing") == ongoing
    assert dict(app.query_params) == {"as_of": [ADDRESS]} or dict(app.query_params) == {"as_of": ADDRESS}
    assert problems(app) == []


@pytest.mark.usefixtures("demo")
def test_one_click_leads_back_and_another_date_is_chosen_in_the_bar() -> None:
    app = opened("overview", as_of=ADDRESS, known="now")
    app.button(key="to_present").click().run()
    assert bar(app) == "Filters: All 20 projects, on 23 November 2026"
    assert lines(app) == []
    assert BACK not in buttons(app)
    app.date_input(key="as_of").set_value(dt.date(2027, 5, 1)).run()
    assert bar(app) == "Filters: All 20 projects, on 1 May 2027"
    said = "As at 1 May 2027: nothing after 23 November 2026 is on record as done; what is planned by then"
    assert said in words(app)


@pytest.mark.usefixtures("demo")
def test_nonsense_in_the_address_is_left_out_and_said() -> None:
    app = opened("projects", as_of="31/02/2026", known="maybe", region="Atlantis")
    note = 'The address asks for region "Atlantis", the date "31/02/2026", known "maybe", which'
    assert note in words(app)
    assert bar(app) == "Filters: All 20 projects, on 23 November 2026"
    assert (lines(app), dict(app.query_params)) == ([], {})
    app.date_input(key="as_of").set_value(EARLIER).run()
    assert "31/02/2026" not in words(app)


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-06-30", EARLIER),
        ("1990-01-01", EARLIEST),
        ("2036-12-31", dt.date(2036, 12, 31)),
        ("2037-01-01", None),
        ("1066-01-01", None),
        ("2026-06", None),
        ("20260630", None),
        ("31/02/2026", None),
        ("2026-02-31", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_only_a_whole_day_within_bounds_can_be_asked_for(text: str, day: dt.date | None) -> None:
    assert read_day(text) == day


@pytest.mark.usefixtures("demo")
def test_before_the_first_project_every_screen_holds_and_says_when_it_begins() -> None:
    projects = load_view(ensure_database(load_settings()), LOCAL_PERSON).projects
    first = min(project.start for project in projects if project.start)
    app = opened("overview", as_of="2001-01-01")
    said = "On 1 January 2001 no project is known to have begun; the first start on record is "
    assert f"{said}{date_label(first)}." in lines(app)[0]
    for page in READING:
        go(app, page)
        assert problems(app) == [], page
        assert len(lines(app)) == 1, page
        assert bar(app).endswith("on 1 January 2001"), page


@pytest.fixture
def corrected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The demonstration, recorded on 23 November 2026; a title and a threshold changed on 1 December."""
    use_portfolio("demo", tmp_path, monkeypatch)
    database = ensure_database(load_settings())
    monkeypatch.setenv("PORTFOLIO_TODAY", "2026-12-01")
    old = "Fictional action on cyber hygiene in town halls"
    change = FieldChange("project", "frost-hazel", "title", old, "Corrected title", "changed")
    apply_change_set(database, ChangeSetDraft("edit", "a tester", "corrected", (change,)))
    set_value(database, LOCAL_PERSON, "threshold/money-red-low", "-20", source="", reason="stricter")
    monkeypatch.setenv("PORTFOLIO_TODAY", "2026-12-10")
    return database


def test_value_and_threshold_that_were_corrected_later_stand_as_they_were_known_then(
    corrected: Database,
) -> None:
    app = opened("project", id="frost-hazel", as_of="2026-11-30", known="then")
    assert problems(app) == []
    assert bar(app) == "Filters: All 20 projects, on 30 November 2026, as known then (revision 1)"
    assert "As at 30 November 2026, as known then (revision 1): what had happened" in lines(app)[0]
    assert "Fictional action on cyber hygiene in town halls" in texts(app)
    assert "Corrected title" not in words(app)
    assert "red below -30" in words(app) or "amber below -15" in words(app)
    app.radio(key="known").set_value("now").run()
    assert bar(app) == "Filters: All 20 projects, on 30 November 2026"
    assert "Corrected title" in texts(app)
    assert "red below -20" in words(app)


def test_what_is_written_is_written_to_the_present_and_no_form_holds_a_former_value(
    corrected: Database,
) -> None:
    app = opened("health", id="frost-hazel", as_of="2026-11-30", known="then")
    assert "Changes are made to the portfolio as it is now. A colour is set on the present day" in words(app)
    assert not app.text_area
    go(app, "projects")
    app.text_input(key="view_name").set_value("Late in November")
    next(button for button in app.button if button.label == "Save view").click().run()
    (kept,) = [row for row in saved_views(corrected, LOCAL_PERSON) if row.name == "Late in November"]
    assert kept.query == "as_of=2026-11-30&known=then"
    app = opened("edit", id="frost-hazel", as_of="2026-11-30", known="then")
    assert problems(app) == []
    assert "Corrected title" in [field.value for field in (*app.text_input, *app.text_area)]
    said = "this screen shows it on 10 December 2026, not as at 30 November 2026."
    assert f"Changes are made to the portfolio as it is now: {said}" in lines(app)[0]
    assert bar(app) == "Filters: All 20 projects, on 10 December 2026"
    app = opened("find", set=kept.query)
    assert lines(app)[0].startswith(":material/history: **As at 30 November 2026, as known then (revision 1)")
    assert "Projects: Whole portfolio, as at 30 November 2026, as known then" in words(app)


def test_day_before_the_first_record_shows_the_bar_and_one_sentence(corrected: Database) -> None:
    app = opened("overview", as_of="2026-11-22", known="then")
    assert problems(app) == []
    nothing = "Nothing was recorded by 22 November 2026: the first record is of 23 November 2026."
    assert [element.value for element in app.info] == [nothing]
    assert [title.value for title in app.title] == ["Overview"]
    assert list(app.metric) == list(app.dataframe) == []
    assert bar(app) == "Filters: Nothing on record, on 22 November 2026, as known then"
    app.button(key="to_recorded_now").click().run()
    assert bar(app) == "Filters: All 20 projects, on 22 November 2026"
    assert nothing not in words(app) and len(app.metric) > 0
    app.radio(key="known").set_value("then").run()
    app.button(key="to_present").click().run()
    assert bar(app) == "Filters: All 20 projects, on 10 December 2026"
    assert nothing not in words(app) and len(app.metric) > 0


def modules() -> list[Path]:
    """The modules of the screens and the page files."""
    return [*UI.rglob("*.py"), *(ROOT / "pages").glob("*.py")]


def calls(path: Path) -> set[str]:
    """The names of the functions that a module calls."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


def test_screens_take_their_date_from_one_place() -> None:
    asking = {
        name: {path.name for path in modules() if name in calls(path)} for name in ("default_as_of", "today")
    }
    assert asking == {"default_as_of": {"cached.py"}, "today": {"cached.py"}}
