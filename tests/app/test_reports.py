"""Report templates: who has reported, workbooks to send out, a reminder to copy."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from portfolio.dates import HalfYear
from portfolio.services.access import LOCAL_PERSON, Person
from portfolio.services.histories import undo_change_set
from portfolio.storage.engine import Database
from portfolio.ui import report_panels, session
from tests.app import import_screens as screen
from tests.app.screens import opened, problems, texts, use_portfolio, words
from tests.workbooks.report_files import AS_OF, PERIOD, check_all, fill, import_all, issue

KEY = screen.KEY


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demonstration is made once."""
    return tmp_path_factory.mktemp("reports") / "demo.sqlite3"


@pytest.fixture
def demo(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The demonstration that the screens show."""
    return screen.demo_database(made, tmp_path, monkeypatch)


def rows(app: AppTest) -> dict[str, tuple[str, str | None, int | None, str | None, str | None]]:
    """State, open since, days, imported by and file of every project."""
    table = app.dataframe[0].value.astype(object)
    table = table.where(table.notna(), None)
    return {row.project: (row.state, row.since, row.days, row.by, row.file) for row in table.itertuples()}


def test_who_has_reported_and_who_has_not_since_when(demo: Database) -> None:
    app = opened("reports")
    assert problems(app) == []
    assert app.selectbox[0].value == "2026-S1 (January to June 2026)"
    assert words(app).count("16 projects ran in 2026-S1: 0 reports received, 15 with costs on record") == 1
    assert rows(app)["FogLarch"] == ("◆ Not reported", "2026-07-01", 146, None, None)
    assert rows(app)["RainWillow"][0] == "○ Costs on record, no report received"
    content = fill(issue(demo, KEY), {screen.TRAVEL: 26000})
    number = import_all(demo, ("report.xlsx", content), ("same.xlsx", issue(demo, "fog-larch"))).change_set
    app = opened("reports")
    assert rows(app)["RainWillow"] == ("● Reported", None, None, "Officer One", "report.xlsx")
    assert rows(app)["FogLarch"] == ("● Reported", None, None, "Officer One", "same.xlsx")
    assert "2 reports received, 14 with costs on record but no report, none missing." in words(app)
    assert number is not None
    undo_change_set(demo, LOCAL_PERSON, number)
    # The other report changed nothing, so nothing of it was undone.
    assert [rows(opened("reports"))[name][0][0] for name in ("RainWillow", "FogLarch")] == ["○", "●"]


def test_a_report_that_changed_nothing_shows_at_once(demo: Database) -> None:
    app = opened("reports")
    assert rows(app)["FogLarch"][0] == "◆ Not reported"
    import_all(demo, ("same.xlsx", issue(demo, "fog-larch")))
    assert rows(app.run())["FogLarch"][0] == "● Reported"


def test_another_period_is_asked_for_in_the_address(demo: Database) -> None:
    app = opened("reports", period="2026-S2 (July to December 2026, has not ended)")
    assert "the period has not ended." in words(app)
    assert {row[2] for row in rows(app).values()} == {0}
    assert len(app.code) == 0
    app.selectbox[0].set_value("2025-S2 (July to December 2025)").run()
    assert "ran in 2025-S2" in words(app)


def test_a_reminder_can_be_copied_for_each_project_that_did_not_report(demo: Database) -> None:
    app = opened("reports")
    assert app.selectbox[-1].value.startswith("FogLarch: ")
    assert "Not reported since 1 July 2026, 146 days." in texts(app)
    (field,) = [each for each in app.text_input if each.label == "Signed by"]
    field.set_value("Officer One").run()
    assert app.code[0].value.startswith("Subject: Progress report 2026-S1 of FogLarch\n")
    assert app.code[0].value.rstrip().endswith("Kind regards\nOfficer One")
    app.selectbox[-1].set_value(next(x for x in app.selectbox[-1].options if x.startswith("Rain"))).run()
    assert "Costs of 2026-S1 are on record, but no workbook was received through the tracker." in texts(app)
    assert len(app.code) == 0


def test_one_zip_holds_a_workbook_for_each_project_and_each_comes_back_clean(demo: Database) -> None:
    app = opened("reports")
    labels = [each.label for each in app.download_button]
    assert labels == [
        "Download CSV", "All 16 projects (.zip)", "The 1 project that did not report (.zip)",
        "Workbook for 2026-S1 (.xlsx)",
    ]  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(report_panels.zipped((KEY, "fog-larch"), PERIOD, AS_OF))) as archive:
        files = [(name, archive.read(name)) for name in archive.namelist()]
    assert [name for name, _ in files] == [f"{KEY}-2026-S1.xlsx", "fog-larch-2026-S1.xlsx"]
    files.append(("one.xlsx", report_panels.workbook_of("sun-carob", PERIOD, AS_OF)))
    result = check_all(demo, *files)
    assert [(file.project, file.findings, file.changes) for file in result.files] == [
        (KEY, (), ()), ("fog-larch", (), ()), ("sun-carob", (), ()),
    ]  # fmt: skip


def test_the_filter_narrows_whom_is_asked(demo: Database) -> None:
    app = opened("reports", text="RainWillow")
    assert list(rows(app)) == ["RainWillow"]
    assert "All 1 project (.zip)" in [each.label for each in app.download_button]
    app = opened("reports", text="no such word anywhere")
    assert "No project meets all filters at once." in words(app) and len(app.selectbox) == 0


def test_periods_in_which_nobody_ran_say_so(demo: Database) -> None:
    app = opened("reports", status="Planned")
    assert "known to have run in 2026-S1. Choose another period, or clear a filter." in words(app)
    assert len(app.download_button) == 0


def test_periods_are_offered_from_the_running_one_backwards() -> None:
    assert [str(period) for period in report_panels.periods(AS_OF)][:3] == ["2026-S2", "2026-S1", "2025-S2"]
    assert str(HalfYear(2026, 1).previous) == "2025-S2"


def test_an_evaluator_sees_who_reported_but_issues_nothing(
    demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "LOCAL_PERSON", Person("Somebody", "evaluator"))
    app = opened("reports")
    assert len(rows(app)) == 16 and [each.label for each in app.download_button] == ["Download CSV"]
    assert "not issue workbooks" in words(app)
    with pytest.raises(Exception, match="may not issue"):
        report_panels.zipped((KEY,), PERIOD, AS_OF)


@pytest.mark.parametrize("name", ["empty", "reference"])
def test_screen_opens_on_the_other_portfolios(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_portfolio(name, tmp_path, monkeypatch)
    app = opened("reports")
    assert problems(app) == []
    if name == "empty":
        assert "no projects yet" in words(app) and len(app.selectbox) == 0
    else:
        assert "6 projects ran in 2026-S1: 0 reports received, 6 not reported 146 days after" in words(app)
