"""Calendar and timeline: what falls due, what was missed, what is not known, in every portfolio."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pandas as pd
import pytest
from icalendar import Calendar, Component
from starlette.requests import Request
from starlette.responses import Response

from portfolio.services.access import LOCAL_PERSON
from portfolio.services.selection import PortfolioFilter
from portfolio.settings import load_settings
from portfolio.storage.setup import ensure_database
from portfolio.ui.calendar_files import calendar_bytes, filter_of_address, subscription_address
from portfolio.ui.routes import calendar_ics, own_routes
from tests.app.figures import alts, charts
from tests.app.screens import opened, problems, texts, tiles, words


def answer(**asked: str) -> Response:
    """What the address answers, asked as a calendar program does: without a session."""
    scope = {
        "type": "http", "method": "GET", "path": "/calendar.ics", "root_path": "", "scheme": "http",
        "query_string": urlencode(asked).encode(), "headers": [], "server": ("127.0.0.1", 8501),
    }  # fmt: skip
    return calendar_ics(Request(scope))


def events(content: bytes) -> dict[str, Component]:
    """The events of a file by the part of their UID before the @, read strictly."""
    lines = content.decode().split("\r\n")
    assert "\n" not in "".join(lines) and lines[-1] == ""
    assert max(len(line.encode()) for line in lines) <= 75
    found = list(_events(Calendar.from_ical(content)))
    assert all(not event.errors for event in found)
    named = {str(event["uid"]).rpartition("@")[0]: event for event in found}
    assert len(named) == len(found)
    return named


def _events(calendar: Component) -> Iterator[Component]:
    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH")
    yield from calendar.walk("VEVENT")


@pytest.mark.usefixtures("demo")
def test_calendar_says_what_is_due_late_and_does_not_fit() -> None:
    app = opened("calendar")
    assert problems(app) == []
    assert (
        "**7 deadlines and 6 reports fall due in 90 days; 3 reports are late, no deadline is late, "
        "1 end does not fit the financing agreement. Of 125 deadlines, 5 are not known.**"
    ) in texts(app)
    values = {name: value for name, (value, _) in tiles(app).items()}
    assert values["Deadlines due in 90 days"] == "7" and values["Reports late"] == "3"
    assert tiles(app)["Ends that do not fit"] == ("1", "of 16 contracts with an agreement")
    assert "ends on 5 December 2027, 57 days earlier" in words(app)
    assert alts(app)[0].startswith("Deadlines and reports, 90 days: 3 late, 13 to come, in 6 kinds; ")
    due, passed, reports = (table.value for table in app.dataframe[1:4])
    assert list(passed["project"]) == ["GaleJuniper", "FogLarch", "FogLarch"]
    assert list(reports["late"][:3]) == [267, 86, 17]
    assert len(due) == 13 and not due["arithmetic"].str.contains("Indicative:").any()
    assert set(passed["state"]) == {"▲ Late"} and "◆ Open until 31 January 2027" in set(due["state"])
    said = words(app)
    assert "3 reports and 0 deadlines that are late, the newest first." in said
    assert "Typed calendar for 13 of 20 projects, by rule or contract for 6, none for 1." in said
    assert said.count("Choose a row to read its arithmetic in full.") == 3
    contracting = due.set_index("what").loc["Sign contracts (D+3)", "arithmetic"]
    assert "15 January 2024 (financing agreement signed) + 3 years = 15 January 2027" in contracting
    assert any("calendar.ics" in code.value for code in app.code)


@pytest.mark.usefixtures("demo")
def test_calendar_looks_further_ahead_and_lists_reports_by_how_they_stand() -> None:
    app = opened("calendar", within="180 days", reports="Due", region="Western Balkans")
    assert problems(app) == []
    assert alts(app)[0].startswith("Deadlines and reports, 180 days: ")
    (reports,) = (table.value for table in app.dataframe if "late" in table.value)
    assert set(reports["state"]) == {"○ Due"} and reports["late"].isna().all()
    assert app.code[0].value.endswith("/calendar.ics?region=western-balkans")


@pytest.mark.usefixtures("reference")
def test_published_portfolio_has_the_deadlines_of_its_own_dates_alone() -> None:
    app = opened("calendar")
    assert problems(app) == []
    assert "4 deadlines fall due in 90 days; no deadline is late; no report is on record" in words(app)
    assert tiles(app)["Reports late"] == ("not known", "no project has a calendar")
    assert tiles(app)["Ends that do not fit"] == ("not known", "no contract with an agreement")
    assert "No report is asked for." in words(app)
    assert set(app.dataframe[1].value["subject"]) == {"Project, no contract on record"}


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("page", ["calendar", "timeline"])
def test_empty_portfolio_says_so(page: str) -> None:
    app = opened(page)
    assert problems(app) == [] and charts(app) == []
    assert "python -m portfolio" in words(app)


@pytest.mark.usefixtures("demo")
def test_timeline_names_every_kind_of_bar_and_mark() -> None:
    app = opened("timeline")
    assert problems(app) == []
    (alt,) = alts(app)
    assert alt == (
        "Timeline: 20 projects, 16 running; 4 extended, RainWillow by most (896 days); slip known to the "
        "day for 17 of 20; 3 reports late."
    )
    traces = {trace["name"]: trace for trace in charts(app)[0]["data"]}
    assert set(traces) == {
        "Baseline", "Actual", "Closed", "Forecast", "Not to the day", "Extension", "Report received",
        "Report due", "Report late", "Committee planned",
    }  # fmt: skip
    assert len(traces["Extension"]["base"]) == 5 and len(traces["Report late"]["x"]) == 3
    assert traces["Extension"]["marker"]["pattern"]["shape"] == "/"
    table = app.dataframe[0].value.set_index("project")
    assert (table.loc["RainWillow", "slip"], table.loc["HailMaple", "extended"]) == (896, "91 days")
    assert pd.isna(table.loc["CloudYew", "start"]) and table.loc["FogLarch", "reports_late"] == 2


@pytest.mark.usefixtures("reference")
def test_timeline_of_the_published_portfolio_orders_by_slip() -> None:
    app = opened("timeline", order="By slip")
    assert problems(app) == []
    assert list(app.dataframe[0].value["slip"].notna()) == [True] * 4 + [False] * 22
    assert "Committee held" in {trace["name"] for trace in charts(app)[0]["data"]}


@pytest.mark.usefixtures("demo")
def test_calendar_address_answers_without_a_session_and_can_be_read_back() -> None:
    assert "/calendar.ics" in {getattr(route, "path", "") for route in own_routes()}
    response = answer()
    assert (response.status_code, response.media_type) == (200, "text/calendar; charset=utf-8")
    found = events(bytes(response.body))
    contracting = found["contracting.decision-2023-004"]
    assert contracting.start.isoformat() == "2027-01-15" and contracting.end.isoformat() == "2027-01-16"
    text = str(contracting["description"])
    assert "EUR 1,800,000 is left to contract" in text and "indicative" in str(contracting["summary"])
    assert "Data as at 23 November 2026, revision 1." in text and contracting["sequence"] == 1
    assert str(contracting["url"]) == "http://127.0.0.1:8501/project?id=drizzle-alder"
    assert "report.progress.fog-larch/report-04.2025-S2" in found
    assert not any(name.startswith("dormancy.frost-hazel") for name in found), "what was met is left out"


@pytest.mark.usefixtures("demo")
def test_calendar_address_takes_the_filters_of_the_screens() -> None:
    whole = events(bytes(answer().body))
    by_label = events(bytes(answer(region="Western Balkans", status="Ongoing").body))
    by_code = events(bytes(answer(region="western-balkans", status="ongoing").body))
    assert set(by_label) == set(by_code) < set(whole)
    assert len(events(bytes(answer(text="fog-larch").body))) < len(by_code)
    refused = answer(region="Atlantis")
    assert (refused.status_code, bytes(refused.body)) == (400, b"There is no region 'Atlantis' here.")
    database = ensure_database(load_settings())
    chosen = filter_of_address(database, LOCAL_PERSON, {"region": ["western-balkans"], "text": ["x"]})
    assert chosen == PortfolioFilter(regions=("western-balkans",), text="x")
    assert subscription_address(chosen, "http://host:1/calendar?region=x") == (
        "http://host:1/calendar.ics?region=western-balkans&text=x"
    )
    assert subscription_address(PortfolioFilter(), None) == "/calendar.ics"


@pytest.mark.usefixtures("demo")
def test_calendar_is_refused_to_whoever_may_not_see(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portfolio.services.access.actions_of", lambda role: frozenset())
    assert answer().status_code == 403


@pytest.mark.usefixtures("reference")
def test_events_keep_their_identifier_and_hold_ranges() -> None:
    database = ensure_database(load_settings())
    first, again = (events(calendar_bytes(database, LOCAL_PERSON, PortfolioFilter())) for _ in range(2))
    assert set(first) == set(again)
    ranged = first["extension-request.cybereast-plus"]
    assert ranged.start.isoformat() == "2026-12-01"
    assert "between 1 December 2026 and 30 November 2027" in str(ranged["description"])


@pytest.mark.usefixtures("demo")
def test_project_lists_its_deadlines_with_their_standing() -> None:
    app = opened("project", id="dew-poplar")
    assert problems(app) == []
    table = next(element.value for element in app.dataframe if "outcome" in element.value)
    standing = dict(zip(table["deadline"], table["outcome"], strict=True))
    assert standing == {
        "Conclude the financing agreement (N+1)": "Met (5 December 2022)",
        "Sign contracts (D+3)": "Met",
        "First payment (dormancy)": "Met (13 February 2024)",
        "Final report": "Open",
        "Request an extension": "Near",
        "ROM review in the first year": "Over",
        "ROM review in the last months": "Open until 31 January 2027",
    }
    assert "57 days earlier" in words(app)
