"""Find: hits by kind with where they lead, words marked as written, views kept and removed."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from portfolio.errors import DataProblem, NotAllowed, NotFound
from portfolio.services.access import LOCAL_PERSON, Person
from portfolio.services.histories import undo_change_set
from portfolio.services.saved_views import LONGEST_NAME, remove_view, save_view, saved_views
from portfolio.services.searches import Hit
from portfolio.settings import load_settings
from portfolio.storage.engine import Database
from portfolio.storage.queries.practice import SavedViewRow
from portfolio.storage.setup import ensure_database
from portfolio.ui.addresses import link_parameters, query_of
from portfolio.ui.searches import by_kind, destination, highlighted
from portfolio.ui.session import WidgetKey
from tests.app.screens import bar, opened, problems, texts, use_portfolio, words

MARK = ":blue-background[{}]"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The demonstration portfolio in a database that a test may write to."""
    use_portfolio("demo", tmp_path, monkeypatch)
    return ensure_database(load_settings())


def links(app: AppTest) -> list[tuple[str, str, str]]:
    """Label, screen and parameters of every link below the bar."""
    found = [element.proto for element in app.get("page_link")]
    return [(link.label, link.page, link.query_string) for link in found if link.label != "Find"]


@pytest.mark.usefixtures("reference")
class TestHits:
    def test_nothing_is_asked_so_it_is_said_what_can_be_found(self) -> None:
        app = opened("find")
        assert problems(app) == []
        assert "Every hit holds all the words" in words(app)
        assert [heading.value for heading in app.header] == ["Saved views"]

    def test_hits_stand_by_kind_with_their_counts(self) -> None:
        app = opened("find", q="kosovo")
        assert problems(app) == []
        headings = [heading.value for heading in app.header]
        assert headings[0] == "Partners (1)"
        assert all(heading.startswith(("Partners", "Milestones", "Notes")) for heading in headings)
        counts = [int(heading.split("(")[1].rstrip(")")) for heading in headings]
        sentence = next(text for text in texts(app) if text.startswith("1 partner, "))
        assert [int(part.split()[0]) for part in sentence.rstrip(".").split(", ")] == counts

    def test_hit_leads_to_the_project_the_partner_or_the_projects_of_an_organisation(self) -> None:
        assert ("CyberSouth+", "project", "id=cybersouth-plus") in links(opened("find", q="CyberSouth+"))
        assert ("Kosovo\\*", "partner", "set=in%3DXKX&in=XKX") in links(opened("find", q="kosovo"))
        found = links(opened("find", q="council of europe"))
        assert ("Council of Europe", "projects", "set=implementer%3Dcouncil-of-europe") in found

    def test_designation_stands_with_the_name(self) -> None:
        notes = [caption.value for caption in opened("find", q="xkx").caption]
        assert any(note.startswith("Kosovo\\*: This designation") for note in notes[2:])

    def test_one_kind_can_be_chosen_and_shows_all_of_it(self) -> None:
        app = opened("find", q="council")
        (more,) = [caption.value for caption in app.caption if "choose Notes" in caption.value]
        total = 6 + int(more.split()[0])
        app.segmented_control(key="found").set_value("note").run()
        assert [heading.value for heading in app.header] == [f"Notes ({total})"]
        assert len(links(app)) == total

    def test_nothing_found_says_what_to_try(self) -> None:
        app = opened("find", q="zzzz qqqq")
        assert [note.value for note in app.info] == [
            "Nothing holds all of: zzzz qqqq. Try fewer words, or a part of a word."
        ]

    @pytest.mark.parametrize(
        "odd", ["<script>alert(1)</script>", "**a** _b_", "%_'\"\\", ":red[x]", "$x$", "[a](http://b)"]
    )
    def test_markup_in_the_words_is_printed_as_typed(self, odd: str) -> None:
        app = opened("find", q=odd)
        assert problems(app) == []
        (note,) = [note.value for note in app.info]
        assert note.replace("\\", "") == (
            f"Nothing holds all of: {odd}. Try fewer words, or a part of a word.".replace("\\", "")
        )
        for sign in "<*_[$":
            assert note.count(sign) == note.count(f"\\{sign}")

    def test_filter_does_not_narrow_the_search_and_that_is_said(self) -> None:
        app = opened("find", q="jordan", region="Western Balkans")
        assert "the filter above does not apply here" in words(app)
        assert any(label == "Jordan PSD twinning" for label, _, _ in links(app))

    def test_link_to_find_stands_on_every_screen(self) -> None:
        for page in ("overview", "projects", "milestones", "history"):
            labels = [element.proto.label for element in opened(page).get("page_link")]
            assert "Find" in labels


def test_empty_portfolio_says_that_only_partners_can_be_found(empty: None) -> None:
    app = opened("find")
    assert "only partners can be found" in words(app)
    assert [heading.value for heading in opened("find", q="georgia").header] == ["Partners (1)"]


@pytest.mark.parametrize(
    ("text", "wanted", "marked"),
    [
        ("CyberSouth+", "south", "Cyber" + MARK.format("South") + "\\+"),
        ("Élan élan", "elan", MARK.format("Élan") + " " + MARK.format("élan")),
        ("a*b <b>bold</b>", "bold", "a\\*b \\<b\\>" + MARK.format("bold") + "\\</b\\>"),
        ("note:word", "word", "note\\:" + MARK.format("word")),
        ("one two", "one two", MARK.format("one") + " " + MARK.format("two")),
        ("banana", "ana nan", "b" + MARK.format("anan") + "a"),
        ("Straße", "strasse", MARK.format("Straße")),
        ("plain", "missing", "plain"),
        ("x [link](http://a)", "link", "x \\[" + MARK.format("link") + "\\](http\\://a)"),
    ],
)
def test_words_are_marked_as_they_are_written(text: str, wanted: str, marked: str) -> None:
    assert highlighted(text, wanted).replace("http\\:", "http:") == marked.replace("http\\:", "http:")


def test_long_note_is_cut_around_the_first_word() -> None:
    shown = highlighted(f"{'before ' * 100}needle {'after ' * 100}", "needle")
    assert shown.startswith("… before") and shown.endswith("after …")
    assert MARK.format("needle") in shown
    assert len(shown) < 300


def test_beneficiary_leads_to_the_search_of_the_filter() -> None:
    hit = Hit("organisation", "Ministry & co", "A", organisation_key="ministry")
    assert destination(hit, {}, {}).query == link_parameters(query_of({WidgetKey.TEXT: "Ministry & co"}))
    assert by_kind([hit]) == {"organisation": [hit]}


def test_link_chooses_what_it_carries(reference: None) -> None:
    app = opened("projects", set=query_of({WidgetKey.IMPLEMENTER: ["council-of-europe"]}))
    assert bar(app).endswith("10 of 26 projects, on 23 November 2026. Implementer: Council of Europe")
    assert "set" not in app.query_params


def test_link_that_asks_for_what_there_is_not_says_so(reference: None) -> None:
    app = opened("milestones", set="region=atlantis&state=nonesuch&text=police&id=x&other=1")
    assert problems(app) == []
    assert bar(app).startswith("Filters (1): ")
    assert 'The address asks for region "atlantis"' in words(app)


def kept(database: Database) -> list[SavedViewRow]:
    """The saved views without the one that the demonstration brings."""
    return [row for row in saved_views(database, LOCAL_PERSON) if row.name != "Western Balkans, running"]


class TestSavedViews:
    def save(self, app: AppTest, name: str) -> AppTest:
        app.text_input(key="view_name").set_value(name)
        return next(button for button in app.button if button.label == "Save view").click().run()

    def test_screen_and_filter_are_kept_opened_removed_and_brought_back(self, own: Database) -> None:
        app = opened("milestones", region="Western Balkans", state="Late")
        self.save(app, "  Late in the   Balkans ")
        assert problems(app) == []
        (row,) = kept(own)
        assert (row.name, row.page) == ("Late in the Balkans", "milestones")
        assert row.query == "region=western-balkans&state=late"
        assert ("Late in the Balkans", "milestones", "set=region%3Dwestern-balkans%26state%3Dlate") in links(
            app
        )
        seen = opened("milestones", set=row.query)
        assert bar(seen).endswith("Region: Western Balkans")
        assert seen.segmented_control(key="state").value == "late"
        listed = opened("find")
        assert "Milestones: region: Western Balkans" in texts(listed)
        listed.button(key=f"remove_view:{row.key}").click().run()
        assert kept(own) == []
        assert "Removed. Undo change set 3 in History to bring it back." in texts(listed)
        undo_change_set(own, LOCAL_PERSON, 3)
        assert kept(own) == [row]

    def test_name_that_is_taken_is_refused_in_words(self, own: Database) -> None:
        app = opened(region="Western Balkans")
        self.save(app, "Ours")
        self.save(app, "ours")
        assert problems(app) == []
        assert "There is already a view 'ours'. Choose another name, or remove that view first." in texts(app)
        assert [row.name for row in kept(own)] == ["Ours"]

    def test_empty_name_is_refused_in_words(self, own: Database) -> None:
        app = self.save(opened(), "   ")
        assert "The view has no name. Type one under which you will find it again." in texts(app)
        assert kept(own) == []

    def test_markup_in_a_name_is_printed_as_typed(self, own: Database) -> None:
        app = self.save(opened(), "<b>**x**</b> :red[y]")
        assert problems(app) == []
        assert kept(own)[0].name == "<b>**x**</b> :red[y]"
        assert links(app)[0][0] == "\\<b\\>\\*\\*x\\*\\*\\</b\\> \\:red\\[y\\]"

    def test_evaluator_opens_views_and_saves_none(self, own: Database) -> None:
        save_view(own, LOCAL_PERSON, "Ours", page="projects", query="")
        app = opened("find", person=Person("an evaluator", "evaluator"))
        assert "Ours" in [label for label, _, _ in links(app)]
        assert [button.label for button in app.button] == []
        with pytest.raises(NotAllowed):
            save_view(own, Person("an evaluator", "evaluator"), "x", page="projects", query="")

    def test_view_of_the_demonstration_opens(self, own: Database) -> None:
        (row,) = saved_views(own, LOCAL_PERSON)
        assert bar(opened(row.page, set=row.query)).endswith("Region: Western Balkans; status: Ongoing")

    def test_view_of_a_screen_that_is_gone_says_so(self, own: Database) -> None:
        save_view(own, LOCAL_PERSON, "Old", page="../secret", query="")
        app = opened("find")
        assert problems(app) == []
        assert "Old: the screen of this view is not there any more." in texts(app)

    def test_service_refuses_what_cannot_be_kept(self, own: Database) -> None:
        with pytest.raises(DataProblem, match="Shorten it"):
            save_view(own, LOCAL_PERSON, "x" * (LONGEST_NAME + 1), page="map", query="")
        with pytest.raises(NotFound):
            remove_view(own, LOCAL_PERSON, "view-none")
