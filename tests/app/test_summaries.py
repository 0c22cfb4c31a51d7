"""Documents: what one is of, what it will contain, what was made, and who may take it away."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from portfolio.model.changes import ChangeSetDraft, FieldChange
from portfolio.services.access import LOCAL_PERSON, Person
from portfolio.services.selection import PortfolioFilter
from portfolio.settings import load_settings
from portfolio.storage.engine import Database
from portfolio.storage.setup import ensure_database
from portfolio.storage.unit_of_work import apply_change_set
from portfolio.summaries.documents import SummaryScope, make_summary
from portfolio.summaries.made_documents import PACK, SUMMARY, Request, last_made, make_and_record
from portfolio.summaries.previews import preview_document
from portfolio.ui.made_panels import is_outdated_list
from tests.app.screens import opened, problems, texts, use_portfolio, words

AS_OF = dt.date(2026, 11, 23)
KOSOVO = "Kosovo*: This designation is without prejudice"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The published portfolio in a database that a test may write to."""
    use_portfolio("reference", tmp_path, monkeypatch)
    return ensure_database(load_settings())


def downloads(app: AppTest) -> list[str]:
    """The names of the download buttons."""
    return [button.proto.label for button in app.get("download_button")]


def pages(app: AppTest) -> list[str]:
    """The captions of the pages that are shown."""
    return [str(image.proto.imgs[0].caption) for image in app.get("image")]


@pytest.mark.usefixtures("reference")
class TestScreen:
    def test_it_says_what_the_document_will_contain_and_shows_its_pages(self) -> None:
        app = opened("summaries")
        assert problems(app) == []
        found = texts(app)
        assert (
            "**Regional summary: Western Balkans**, data as at 23 November 2026, revision 1. Region: Western "
            "Balkans (Albania, Bosnia and Herzegovina, Kosovo*, Montenegro, North Macedonia, Serbia)."
        ) in found
        assert "**In it: 10 projects**" in found
        assert "**Left out: 16 projects**" in found
        assert any(text.startswith("Cyber Balkans, CyberCrime@IPA, CyberSEE") for text in found)
        assert "Total budget: 2 of 10 (CyberSEE and Rapid Response 2.0)" in found
        (all_pages,) = app.toggle
        count = int(all_pages.label.removeprefix("Show all ").removesuffix(" pages"))
        assert 2 < count <= 8
        assert pages(app) == [f"Page {number} of {count}" for number in (1, 2)]
        all_pages.set_value(True).run()
        assert pages(app) == [f"Page {number} of {count}" for number in range(1, count + 1)]
        assert downloads(app) == ["Download PDF (.pdf)", "Steering-committee pack (.zip)"]

    def test_sheets_and_counts_are_those_of_the_workbook(self) -> None:
        app = opened("summaries", format="Excel")
        assert downloads(app)[0] == "Download Excel (.xlsx)"
        promised = app.dataframe[0].value.set_index("sheet")["holds"]
        database = ensure_database(load_settings())
        made = make_summary(database, LOCAL_PERSON, SummaryScope("region", "western-balkans"), as_of=AS_OF)
        book = openpyxl.load_workbook(io.BytesIO(made.content))
        assert list(promised.index) == book.sheetnames
        assert promised["Projects"] == "10 rows"
        names = [row[0] for row in book["Projects"].iter_rows(values_only=True)]
        assert sum(name in names for name in ("Cyber Balkans", "CyberSEE", "iPROCEEDS-2")) == 3

    @pytest.mark.parametrize(
        ("scope", "title", "inside"),
        [
            ("Partner brief", "Partner brief: Albania", 8),
            ("Project sheet", "Project sheet: ", 1),
            ("Portfolio report", "Portfolio report", 26),
            ("Present filter", "Portfolio report", 26),
        ],
    )
    def test_every_scope_shows_its_own_content(self, scope: str, title: str, inside: int) -> None:
        app = opened("summaries", scope=scope)
        assert problems(app) == []
        assert f"**{title}" in words(app)
        count = "1 project" if inside == 1 else f"{inside} projects"
        assert f"**In it: {count}**" in texts(app)

    def test_present_filter_is_applied_where_it_is_chosen_and_only_there(self) -> None:
        chosen = opened("summaries", scope="Present filter", focus="Cybersecurity")
        assert "Part of the portfolio, by focus: Cybersecurity." in words(chosen)
        assert "**In it: 9 projects**" in texts(chosen)
        other = opened("summaries", scope="Portfolio report", focus="Cybersecurity")
        assert "**In it: 26 projects**" in texts(other)
        assert "The filter above applies to the pack, not to this document." in words(other)

    def test_region_of_the_filter_is_offered_first(self) -> None:
        app = opened("summaries", region="Southern neighbourhood")
        assert app.selectbox(key="scope_region").value == "southern-neighbourhood"
        assert "**Regional summary: Southern neighbourhood**" in words(app)

    def test_date_of_the_address_is_the_date_of_the_summary(self) -> None:
        assert "data as at 30 June 2025" in words(opened("summaries", as_of="2025-06-30"))
        assert "data as at 23 November 2026" in words(opened("summaries", as_of="yesterday"))

    def test_designations_stand_where_a_name_calls_for_them(self) -> None:
        def notes(**address: str) -> list[str]:
            return [note.value.replace("\\", "") for note in opened("summaries", **address).caption][2:]

        assert any(note.startswith(KOSOVO) for note in notes())
        jordan = notes(scope="Partner brief", scope_partner="Jordan")
        assert not any(note.startswith(KOSOVO) for note in jordan)

    def test_filter_that_leaves_nothing_is_said_and_offers_no_pack(self) -> None:
        app = opened("summaries", scope="Present filter", text="nothing is called this")
        assert problems(app) == []
        assert "**In it: 0 projects**" in texts(app)
        assert downloads(app) == ["Download PDF (.pdf)"]

    def test_markup_in_a_filter_is_printed_as_typed(self) -> None:
        app = opened("summaries", scope="Present filter", text="<b>**x**</b>")
        assert problems(app) == []
        line = next(element.value for element in app.markdown if "Part of the portfolio" in element.value)
        assert "\\<b\\>\\*\\*x\\*\\*\\</b\\>" in line


@pytest.mark.parametrize("scope", ["Partner brief", "Project sheet", "Present filter"])
def test_empty_portfolio_can_still_be_summarised(empty: None, scope: str) -> None:
    app = opened("summaries", scope=scope)
    assert problems(app) == []
    assert "**In it: 0 projects**" in texts(app)
    assert downloads(app) == ["Download PDF (.pdf)"]
    assert "There is no project in it." in texts(app)


def test_documents_made_are_listed_with_what_has_changed_since(own: Database) -> None:
    assert "No document has been made yet." in words(opened("summaries"))
    person = Person("A <b>reader</b>", "evaluator")
    make_and_record(own, person, Request(SUMMARY, SummaryScope("region", "western-balkans"), AS_OF))
    chosen = PortfolioFilter(focus=("cybersecurity",))
    make_and_record(own, person, Request(PACK, SummaryScope("portfolio"), dt.date(2026, 6, 30), chosen))
    app = opened("summaries")
    assert problems(app) == []
    assert [text for text in texts(app) if text.startswith(("**Steering", "**Regional summary ("))] == [
        "**Steering-committee pack: Focus: Cybersecurity**",
        "**Regional summary (Excel workbook): Western Balkans**",
    ]
    said = texts(app)
    assert [text for text in said if text.startswith("Data as at ")] == [
        "Data as at 30 June 2026", "Data as at 23 November 2026",
    ]  # fmt: skip
    assert sum(text.startswith("Made 2026-11-23") for text in said) == 2
    assert (said.count("Revision 1"), said.count("still the present one")) == (2, 2)
    assert said.count("by A <b>reader</b>") == 2
    assert downloads(app).count("Make again exactly") == 2 and "Make with data of now" not in downloads(app)
    change = FieldChange("project", "cybersee", "acronym", "CyberSEE", "CyberSEE 2", "changed")
    apply_change_set(own, ChangeSetDraft("edit", "a tester", "renamed", (change,)))
    app = opened("summaries")
    assert downloads(app).count("Make with data of now") == 2
    said = texts(app)
    assert (said.count("Revision 1"), said.count("still the present one")) == (2, 0)
    assert said.count(":orange[▲ The portfolio has changed since: now revision 2.]") == 2


def test_list_knows_when_another_document_was_made_last(own: Database) -> None:
    request = Request(SUMMARY, SummaryScope("portfolio"), AS_OF)
    assert not is_outdated_list(())
    make_and_record(own, LOCAL_PERSON, request)
    assert is_outdated_list(())
    first = last_made(own, LOCAL_PERSON, 1)
    assert not is_outdated_list(first)
    make_and_record(own, LOCAL_PERSON, Request(SUMMARY, SummaryScope("partner", "XKX"), AS_OF))
    assert is_outdated_list(first)


def test_preview_counts_nothing_as_made(own: Database) -> None:
    preview = preview_document(own, LOCAL_PERSON, Request(SUMMARY, SummaryScope("partner", "XKX"), AS_OF))
    assert preview.stem == "summary-XKX-2026-11-23-r1"
    assert last_made(own, LOCAL_PERSON) == ()


def test_person_who_may_not_export_is_told_so(reference: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portfolio.services.access.actions_of", lambda role: frozenset({"see"}))
    app = opened("summaries", person=Person("a reader", "evaluator"))
    assert problems(app) == []
    assert "not take documents away" in words(app)
    assert downloads(app) == []
    assert "Steering-committee pack (.zip)" not in downloads(opened())


@pytest.mark.parametrize("page", ["overview", "milestones"])
def test_pack_is_one_click_away(demo: None, page: str) -> None:
    app = opened(page, region="Western Balkans")
    assert "Steering-committee pack (.zip)" in downloads(app)
