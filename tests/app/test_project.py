"""One project: every figure with its source, every unknown said, every record shown."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from portfolio.ui.cached import profile, view
from portfolio.ui.evidence import Fact, evidence_line, facts_summary, project_facts
from portfolio.ui.record_tables import partners_table, payments_table
from portfolio.ui.texts import mid_sentence
from tests.app.screens import bar, opened, problems, texts, tiles, use_portfolio, words

LEAD = "**EUR 5,005,000**"


def eu_contribution(key: str) -> Fact:
    """The EU contribution of a project with what it rests on."""
    return next(entry for entry in project_facts(profile(key)) if entry.label == "EU contribution")


def frame(key: str, column: str) -> pd.DataFrame:
    """The first table of a project's screen that has this column."""
    app = opened("project", id=key)
    return next(element.value for element in app.dataframe if column in element.value)


@pytest.mark.usefixtures("reference")
class TestPublished:
    def test_key_figures_say_on_what_they_rest(self) -> None:
        app = opened("project", id="cybersouth")
        assert problems(app) == []
        assert [title.value for title in app.title] == ["CyberSouth"]
        assert tiles(app) == {
            "Status": ("Closed", "on 23 November 2026"),
            "Present end": ("December 2023", "originally June 2020"),
            "Total budget (EUR)": ("5.0 million", "sources disagree"),
            "EU contribution (EUR)": ("not stated", "no source states it"),
        }

    def test_disagreement_stands_beside_the_figure_with_both_sources(self) -> None:
        budget = next(text for text in texts(opened("project", id="cybersouth")) if text.startswith(LEAD))
        _, stated, disputed = budget.split("\n")
        assert stated.startswith("Stated by [CyberSouth – Cooperation on cybercrime")
        assert "(https://database.cyberpolicyportal.org/en/entity/liwui03t2z9)" in stated
        assert disputed.startswith('**Sources disagree:** "EUR 3.35 million" by [Lancement officiel')
        assert disputed.endswith("At launch (press of March 2018).")

    def test_every_recorded_value_of_every_project_names_a_source_or_says_that_there_is_none(self) -> None:
        assert len(view().everything) == 26
        for project in view().everything:
            facts = project_facts(profile(project.key))
            silent = [entry.label for entry in facts if not entry.lines and entry.value != "not stated"]
            summary = facts_summary(facts) or ""
            assert [name for name in silent if mid_sentence(name) not in summary] == []

    def test_basis_computed_and_only_funder_named_are_told_apart(self) -> None:
        computed = next(
            row for row in project_facts(profile("iproceeds-2")) if row.label == "EU contribution"
        )
        assert computed.value == "EUR 4,450,500"
        assert computed.lines[0].startswith("Computed from what [New project: iPROCEEDS-2")
        set_equal = next(row for row in project_facts(profile("encysec")) if row.label == "EU contribution")
        assert set_equal.lines[0].startswith(
            "Set equal to the total, because the EU is the only funder named"
        )

    def test_money_that_nobody_published_is_not_known_and_never_the_budget(self) -> None:
        found = texts(opened("project", id="cybersouth-plus"))
        reasons = [text.split("\n")[1] for text in found if text.startswith("**not known**")]
        assert reasons[:4] == [
            "No financing decision is on record for this project.",
            "No contract is on record.",
            "No contract is on record.",
            "No payment is on record.",
        ]
        assert len(reasons) > 8 and not any("EUR" in reason for reason in reasons)
        assert "**not reported**  \nNo progress report has been imported." in found

    def test_end_that_comes_is_counted_in_days(self) -> None:
        assert tiles(opened("project", id="cybersouth-plus"))["Status"] == ("Ongoing", "38 days to the end")
        assert tiles(opened("project", id="cybereast-plus"))["Status"][1] == "day of the end not stated"
        assert tiles(opened("project", id="cybersee"))["Status"][1] == "end not stated"

    def test_partners_are_split_equally_and_labelled_so(self) -> None:
        table = partners_table(profile("cybersouth")).rows
        assert table["partner"].tolist() == ["Algeria", "Jordan", "Lebanon", "Morocco", "Tunisia"]
        assert set(table["basis"]) == {"estimated: equal split"}
        assert table["total_budget_part_eur"].sum() == 5_005_000
        assert "declared_share_percent" not in table

    def test_project_without_partner_list_says_so(self) -> None:
        found = words(opened("project", id="cybereast-plus"))
        assert "No source lists the partners: the budget stays with the region, not split." in found

    def test_context_entries_stand_apart_and_are_not_counted(self) -> None:
        app = opened("project", id="cybersouth")
        found = words(app)
        assert "11 milestones: 11 done, none late" in found
        assert "**Context, not counted**" in found
        tables = [element.value for element in app.dataframe if "milestone" in element.value]
        assert [len(table) for table in tables] == [11, 2]
        assert tables[0]["actual"].tolist()[-1] == "2017-07-01"
        assert "2020" in tables[0]["actual"].tolist()

    def test_only_results_stand_under_results(self) -> None:
        app = opened("project", id="eu4security-moldova")
        tables = [element.value for element in app.dataframe if "nature" in element.value]
        natures = [set(table["nature"]) for table in tables]
        assert natures
        assert {"Result"} in natures or "**Results, as published**" not in texts(app)
        assert not any("Result" in found and len(found) > 1 for found in natures)

    def test_sources_and_change_set_say_where_the_data_comes_from(self) -> None:
        app = opened("project", id="cybersouth")
        sources = next(element.value for element in app.dataframe if "supports" in element.value)
        assert len(sources) == 18
        assert sources["address"].str.startswith("http").all()
        assert "Change set 1, 23 November 2026, by reference data: Reference portfolio" in words(app)

    def test_designations_follow_the_partners(self) -> None:
        assert notes("cybersee") == {"Kosovo*"}
        assert notes("cybersouth-plus") == {"Palestine*"}
        assert notes("twinning-georgia-cyber") == set()

    def test_without_id_there_is_a_list_to_choose_from(self) -> None:
        app = opened("project", region="Western Balkans")
        chooser = app.selectbox(key="project_choice")
        assert (len(chooser.options), chooser.value) == (10, None)
        chooser.set_value("cyber-balkans").run()
        assert [title.value for title in app.title] == ["Cyber Balkans"]
        assert app.query_params["id"] in ("cyber-balkans", ["cyber-balkans"])

    def test_unknown_id_is_said_and_the_list_is_offered(self) -> None:
        app = opened("project", id="no-such-project")
        assert problems(app) == []
        assert [warning.value for warning in app.warning] == [
            "There is no project 'no-such-project' here. Choose one from the list."
        ]
        assert len(app.selectbox(key="project_choice").options) == 26

    def test_project_outside_the_filter_still_opens_by_its_address(self) -> None:
        app = opened("project", id="cybersouth", region="Western Balkans")
        assert [title.value for title in app.title] == ["CyberSouth"]
        assert bar(app).startswith("Filters (1): 10 of 26 projects")
        assert len(app.selectbox(key="project_choice").options) == 11


def notes(key: str) -> set[str]:
    """The designations on a project's screen, outside the filter bar."""
    app = opened("project", id=key)
    lines = [caption.value.replace("\\", "") for caption in app.caption]
    for caption in app.expander[0].caption:
        lines.remove(caption.value.replace("\\", ""))
    return {line.split(":")[0] for line in lines if ": This designation" in line}


@pytest.mark.usefixtures("demo")
class TestDemonstration:
    def test_off_budget_contribution_is_said_to_stand_in_no_sum(self) -> None:
        assert tiles(opened("project", id="snow-spruce"))["EU contribution (EUR)"] == (
            "6.0 million", "off-budget, in no EU sum",
        )  # fmt: skip
        assert tiles(opened("project", id="dusk-aspen"))["EU contribution (EUR)"] == (
            "2.0 million", "EU is the only funder named",
        )  # fmt: skip

    def test_signal_stands_on_the_screen_of_its_project(self) -> None:
        app = opened("project", id="storm-oak")
        assert problems(app) == []
        assert any(
            text.startswith(
                "**!! Urgent** **Overspent.** Incurred cost up to 2026-S1 is EUR 1,264,000"
            )
            for text in texts(app)
        )

    def test_commitment_is_the_decisions_and_never_the_projects(self) -> None:
        found = texts(opened("project", id="rain-willow"))
        committed = next(text for text in found if text.startswith("**by decision**"))
        assert committed.split("\n")[1:] == [
            "Decision DEMO/2022/002: EUR 5,430,000, also for DewPoplar.  ",
            "A commitment belongs to its decision, never to a single project.",
        ]

    def test_extension_shows_the_end_as_signed_and_every_amendment(self) -> None:
        app = opened("project", id="rain-willow")
        assert tiles(app)["Present end"] == ("30 June 2027", "originally 15 January 2025")
        contract = next(element.value for element in app.dataframe if "eu_contribution_eur" in element.value)
        assert contract["end"].tolist() == ["2025-01-15"]
        amendments = next(element.value for element in app.dataframe if "new_end" in element.value)
        assert amendments["new_end"].tolist() == ["2025-12-31", "2027-06-30"]

    def test_payments_add_up_to_what_was_paid(self) -> None:
        assert payments_table(profile("rain-willow")).rows["amount_eur"].sum() == 2_700_000
        assert any(
            text.startswith("**EUR 2,700,000**") for text in texts(opened("project", id="rain-willow"))
        )

    def test_incurred_cost_by_half_year_and_heading_adds_up(self) -> None:
        table = frame("rain-willow", "all_headings_eur")
        headings = [name for name in table if name not in ("period", "all_headings_eur", "origin")]
        assert table["period"].tolist()[0] == "2023-S1"
        assert table["all_headings_eur"].sum() == 2_574_000
        assert (table[headings].sum(axis=1) == table["all_headings_eur"]).all()

    def test_suspended_partner_is_labelled_and_keeps_its_part(self) -> None:
        table = frame("thunder-elm", "suspended").set_index("partner")
        assert table.loc["Belarus", "suspended"] == "suspended since 16 February 2026"
        assert table.loc["Belarus", "declared_share_percent"] == 15
        assert table.loc["Belarus", "total_budget_part_eur"] == 360_000
        assert table.loc["Armenia", "suspended"] == "no"
        named = next(entry for entry in project_facts(profile("thunder-elm")) if entry.label == "Partners")
        assert named.value == "Armenia, Belarus (suspended), Republic of Moldova, Ukraine"
        assert "A suspended partner keeps its part in the split." in words(
            opened("project", id="thunder-elm")
        )

    def test_project_that_nobody_described_shows_its_gaps(self) -> None:
        app = opened("project", id="cloud-yew")
        assert problems(app) == []
        found = words(app)
        for sentence in ("No description is recorded.", "No milestone is recorded.", "No figure about this"):
            assert sentence in found
        assert tiles(app)["Total budget (EUR)"] == ("not stated", "no source states it")


@pytest.mark.slow
@pytest.mark.parametrize(("portfolio", "number"), [("reference", 26), ("demo", 20)])
def test_every_project_opens(
    portfolio: str, number: int, portfolios: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_portfolio(portfolio, portfolios, monkeypatch)
    assert len(view().everything) == number
    app = opened("project")
    for project in view().everything:
        app.query_params["id"] = project.key
        app.run()
        assert (problems(app), [title.value for title in app.title]) == ([], [project.acronym])


@pytest.mark.usefixtures("empty")
def test_empty_portfolio_says_what_to_do_first() -> None:
    app = opened("project")
    assert problems(app) == []
    assert "This portfolio has no projects yet." in words(app)


@pytest.mark.usefixtures("reference")
def test_evidence_without_a_page_says_so() -> None:
    rows = [row for row in profile("iproceeds").evidence if row.url is None]
    assert rows
    assert "a source that is not on record" in evidence_line(rows[0])
