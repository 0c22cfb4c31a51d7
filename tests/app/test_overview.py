"""The overview: what is true of the published portfolio, what needs attention in the demonstration."""

from __future__ import annotations

import datetime as dt

import pytest

from portfolio.services.briefings import Briefing, briefing
from portfolio.services.deadlines.calendars import load_deadlines, upcoming
from portfolio.services.dues import due_lines, first_milestones
from portfolio.services.selection import PortfolioFilter
from portfolio.ui.cached import ask
from portfolio.ui.overview_answers import OFF_TRACK_SHOWN
from portfolio.ui.overviews import project_spans, timeline_finding
from portfolio.ui.session import current_person
from tests.app.screens import opened, problems, texts, tiles, words

DAY = dt.date(2026, 11, 23)


def shown(**chosen: tuple[str, ...]) -> Briefing:
    """The briefing that the screen is made of."""
    return ask(briefing, current_person(), chosen=PortfolioFilter(**chosen), as_of=DAY)  # type: ignore[arg-type]


@pytest.mark.usefixtures("reference")
class TestPublished:
    def test_it_leads_with_what_ends_soon_and_what_runs(self) -> None:
        app = opened()
        assert problems(app) == []
        assert texts(app)[0] == (
            "**CyberSouth+ ends on 31 December 2026, in 38 days. 5 of 26 projects are running. "
            "The health of none of them is known.**"
        )
        assert "not a complete register" in words(app)
        assert "never taken for green" in words(app)
        assert [heading.value for heading in app.header] == [
            "Off track and needing attention", "Changed", "Due in 90 days", "Not known", "In figures",
            "Running", "Not published", "Total budget by region", "Focus", "Timeline",
        ]  # fmt: skip

    def test_key_figures_say_how_much_they_know(self) -> None:
        found = tiles(opened())
        assert found["Off track"] == ("not known", "for any of 5 running")
        assert found["Needs attention"] == ("not known", "for any of 5 running")
        assert found["Deadlines due in 90 days"] == ("4", "reports due not known")
        assert not any(name.startswith("Milestones due") for name in found)  # nobody publishes a plan
        assert {name: found[name] for name in list(found)[-4:]} == {
            "Projects": ("26", "5 running"),
            "Total budget (EUR)": ("64.1 million", "known for 20 of 26 projects"),
            "EU contribution (EUR)": ("36.0 million", "known for 13 of 26 projects"),
            "Milestones reached": ("122", "none open"),
        }

    def test_money_that_is_not_known_is_said_and_partly_cyber_budgets_are_named(self) -> None:
        found = words(opened())
        assert (
            "Not all of it cyber: ACT for Lebanon, EU4Security Moldova, EUROMED Police IV, "
            "EUROMED Police (V) and Jordan PSD twinning are only partly about cyber (EUR 18.9 million, "
            "known for 4 of 5 projects)."
        ) in found
        assert "Committed, contracted, paid and incurred: not known for any of 26 projects." in found
        assert "Money of 5 of 5 running projects: " in found

    def test_changed_is_counted_from_a_moment_of_ones_choice(self) -> None:
        app = opened(changed_since="Last steering committee")
        assert problems(app) == []
        assert "Since the steering committee of " in words(app)
        assert "The portfolio was loaded on 23 November 2026." in words(app)
        assert "Since 23 October 2026: " in words(opened())

    def test_running_projects_keep_the_precision_of_their_ends(self) -> None:
        found = texts(opened())
        assert [line for line in found if line.startswith(("ends ", "has no stated end"))] == [
            "ends on 31 December 2026, in 38 days · Southern neighbourhood · total budget EUR 3,890,000",
            "ends in 2027 · Eastern neighbourhood · total budget not stated, EU contribution EUR 3,500,000",
            "ends in 2027 · Eastern neighbourhood · total budget EUR 5,500,000 (not all of it cyber)",
            "ends in June 2027 · Southern neighbourhood · total budget EUR 1,600,000 (not all of it cyber)",
            "has no stated end · Western Balkans · budget not stated",
        ]

    def test_every_chart_says_its_finding_with_the_number(self) -> None:
        found = words(opened())
        for finding in (
            "Total budget by region: most is Southern neighbourhood with EUR 22.3 million, least Outside",
            "Projects by focus: most is Cybercrime with 16 projects, EUR 47.2 million",
            "Projects by what is not stated: most is Modality with 22 of 26",
            "Timeline of 26 projects: 5 run on 23 November 2026. The next stated end: CyberSouth+ ends on",
        ):
            assert finding in found

    def test_charts_have_their_numbers_and_the_text_as_alternative(self) -> None:
        app = opened()
        frames = [element.value for element in app.dataframe]
        regions = next(frame for frame in frames if "region" in frame)
        assert regions["region"].tolist() == [
            "Western Balkans", "Eastern neighbourhood", "Southern neighbourhood", "Outside the three regions",
        ]  # fmt: skip
        assert regions["total_budget_eur"].sum() == pytest.approx(64_133_371.00)
        assert regions["projects"].tolist() == [10, 10, 7, 4]
        assert regions["eu_alone"].tolist() == ["Rapid Response 2.0", "CyberEast+", "none", "none"]
        missing = next(frame for frame in frames if "field" in frame)
        assert dict(zip(missing["field"], missing["projects"], strict=True)) == {
            "Modality": 22, "Instrument": 17, "EU contribution": 13, "Total budget": 6,
            "End": 2, "Start": 1, "Partners": 1,
        }  # fmt: skip

    def test_filter_narrows_every_figure(self) -> None:
        found = opened(region="Western Balkans")
        assert tiles(found)["Total budget (EUR)"] == ("23.2 million", "known for 8 of 10 projects")
        assert "Sums are of whole projects" in words(found)
        assert texts(found)[0].startswith("**No project is known to end within 90 days; 1 of 10 projects is")

    def test_timeline_is_certain_only_where_the_dates_are(self) -> None:
        view = shown().view
        spans = {span.label: span for span in project_spans(view.projects, view.as_of)}
        assert len(spans) == 26
        plus = spans["CyberEast+"]
        assert (str(plus.start), str(plus.end)) == ("2024-01-01", "2027-12-31")
        assert tuple(map(str, plus.certain or ())) == ("2024-12-31", "2027-01-01")
        assert spans["CyberSEE"].end == view.as_of
        assert [name for name, span in spans.items() if span.certain is None] == [
            "Serbia High-Tech Crime Twinning", "CyberSEE", "Rapid Response 2.0",
        ]  # fmt: skip

    def test_timeline_in_words_names_what_runs_ends_and_is_not_stated(self) -> None:
        assert timeline_finding(shown()) == (
            "Timeline of 26 projects: 5 run on 23 November 2026. The next stated end: CyberSouth+ ends on "
            "31 December 2026, in 38 days. Start not stated: Rapid Response 2.0. "
            "End not stated: CyberSEE and Serbia High-Tech Crime Twinning."
        )
        # What is drawn up to today for want of an end is not said to end.
        alone = ask(briefing, current_person(), chosen=PortfolioFilter(text="CyberSEE"), as_of=DAY)
        assert timeline_finding(alone) == (
            "Timeline of 2 projects: 1 runs on 23 November 2026. End not stated: CyberSEE."
        )

    def test_main_jobs_are_a_click_away(self) -> None:
        app = opened(region="Eastern neighbourhood")
        links = [link.label for link in app.page_link]
        jobs = {"Import a progress report", "Send out report templates", "Make a document"}
        assert jobs <= set(links)


@pytest.mark.usefixtures("demo")
class TestDemonstration:
    def test_it_leads_with_what_needs_attention(self) -> None:
        app = opened()
        assert problems(app) == []
        assert texts(app)[0] == (
            "**10 of 16 running projects off track: FogLarch, DuskAspen, FrostHazel, HailMaple, "
            "StormOak, ThunderElm and 4 more; 3 need attention, 3 on track. "
            "15 milestones due in 90 days; 7 late, whenever due.**"
        )
        # The report of 6 November was missed, and a colour set by hand on the 10th.
        assert "Since 23 October 2026: 1 report or deadline missed, 1 recommendation overdue" in words(app)
        assert "1 colour set by hand" in words(app) and "nothing happened" not in words(app)
        assert [heading.value for heading in app.header] == [
            "Off track and needing attention", "Signals", "Changed", "Late", "Due in 90 days", "Not known",
            "Seen better by implementers", "In figures", "Running", "Not published", "Total budget by region",
            "Focus", "Timeline",
        ]  # fmt: skip

    def test_each_fact_stands_once_with_letter_shape_word_and_threshold(self) -> None:
        found, front = texts(opened()), shown()
        # Health alone has colours and letters: as many as its tiles count, the red ones first.
        marks = [text for text in found if text.startswith((":red[", ":orange["))]
        assert marks == [":red[**◆ R Off track**]"] * 10 + [":orange[**▲ A Needs attention**]"] * 3
        assert {"**!! Urgent**", "**! To watch**"} <= set(found)
        said = [health.sentence for _, health in front.off_track[:OFF_TRACK_SHOWN]]
        assert all(any(text.startswith(sentence) for text in found) for sentence in said)
        worst = {key: health.worst.dimension for key, health in front.health.items() if health.worst}
        late = [row for row in front.signals if row.code == "milestone-late"]
        assert late and all(worst[row.project_key or ""] != "time" for row in late)
        assert (
            "**Overspent.** Incurred cost up to 2026-S1 is EUR 1,264,000, 105.3 % of the contracted total "
            "cost of EUR 1,200,000; red above 100 %."
        ) in found

    def test_implementers_that_see_themselves_better_are_named(self) -> None:
        better = shown().better
        assert len(better) == 20
        assert all(row.steps > 0 for row in better)
        assert "Money: own green in 2025-S1, computed red." in texts(opened())

    def test_what_is_not_known_says_of_how_many(self) -> None:
        found = words(opened())
        assert "- 15 of 16 projects that ran in 2026-S1 have a report or cost on record." in found
        assert "- Money of 1 of 16 running projects: SiroccoFig." in found

    def test_money_words_stay_apart(self) -> None:
        figures = tiles(opened())
        assert figures["Committed (EUR)"] == ("55.4 million", "known for 11 of 11 decisions")
        assert figures["Paid (EUR)"][1] == "known for 17 of 19 projects"
        assert figures["Incurred (EUR)"][1] == "known for 18 of 20 projects"
        assert figures["Milestones reached"] == ("65 of 105", "40 open")
        assert figures["Milestones due in 90 days"] == ("15", "7 late in all")

    def test_what_is_due_comes_in_order_of_time(self) -> None:
        first = ask(first_milestones, current_person(), as_of=DAY)
        calendar = ask(load_deadlines, current_person(), as_of=DAY)
        lines = due_lines(first, upcoming(calendar), DAY)
        assert len(first) == shown().figures.milestones.due_90_days == 15
        days = [line.day for line in lines]
        assert days == sorted(days)
        assert days[0] >= DAY
        found = texts(opened())
        assert [text for text in found if text == f"**{lines[0].when}**"]

    def test_it_does_not_claim_to_be_collected_from_public_sources(self) -> None:
        app = opened()
        assert "public sources" not in words(app)
        assert "Demonstration portfolio: fictional" in texts(app)

    def test_region_bar_of_unknown_money_is_not_zero(self) -> None:
        frame = next(element.value for element in opened().dataframe if "region" in element.value)
        row = frame[frame["region"] == "Regional, not split"].iloc[0]
        assert row["total_budget_eur"] is None or row.isna()["total_budget_eur"]
        assert row["budget_not_stated"] == 1


@pytest.mark.usefixtures("empty")
def test_empty_portfolio_says_what_to_do_first() -> None:
    app = opened()
    assert problems(app) == []
    assert tiles(app) == {}
    assert "python -m portfolio init --portfolio reference" in words(app)
