"""The filter bar: in the address, the same on every screen, forgiving, and never a dead end."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from portfolio.model.rows import ProjectRow
from portfolio.services.access import Person
from portfolio.services.selection import UNKNOWN, PortfolioFilter
from portfolio.settings import ROOT
from portfolio.ui.addresses import read_values
from portfolio.ui.filters import filter_choices
from tests.app.screens import bar, opened, problems, texts, words

pytestmark = pytest.mark.usefixtures("reference")


DAY = "on 23 November 2026"
OPTIONS = {"western-balkans": "Western Balkans", "XKX": "Kosovo*"}


def buttons(app: AppTest) -> list[str]:
    """The buttons on the screen, without the one that saves a view."""
    return [button.label for button in app.button if button.label != "Save view"]


def test_bar_without_filter_names_every_project() -> None:
    app = opened()
    assert bar(app) == f"Filters: All 26 projects, {DAY}"
    assert buttons(app) == []


@pytest.mark.parametrize("page", ["overview", "projects", "milestones", "project"])
def test_filter_of_the_address_holds_on_every_screen(page: str) -> None:
    app = opened(page, region="Western Balkans", focus="Cybercrime")
    assert problems(app) == []
    assert bar(app) == f"Filters (2): 5 of 26 projects, {DAY}. Region: Western Balkans; focus: Cybercrime"


def test_code_in_the_address_is_understood_and_written_as_a_label() -> None:
    app = opened(region="western-balkans", partner="XKX")
    assert bar(app) == f"Filters (2): 7 of 26 projects, {DAY}. Region: Western Balkans; partner: Kosovo*"
    assert dict(app.query_params) == {"region": "Western Balkans", "partner": "Kosovo*"}


def test_unknown_value_in_the_address_is_left_out_and_said() -> None:
    app = opened(region="Atlantis", focus="Cybersecurity")
    assert bar(app) == f"Filters (1): 9 of 26 projects, {DAY}. Focus: Cybersecurity"
    note = 'The address asks for region "Atlantis", which this portfolio does not know; it was left out.'
    assert note in texts(app)
    app.multiselect(key="focus").set_value(["both"]).run()
    assert note not in texts(app)


def test_several_values_of_a_filter_and_text_narrow_together() -> None:
    app = opened(partner=["Georgia", "Jordan"], text="twinning")
    assert bar(app) == (f'Filters (2): 3 of 26 projects, {DAY}. Partner: Georgia, Jordan; text: "twinning"')


def test_filter_survives_a_change_of_screen() -> None:
    app = opened()
    app.multiselect(key="region").set_value(["southern-neighbourhood"]).run()
    expected = f"Filters (1): 7 of 26 projects, {DAY}. Region: Southern neighbourhood"
    assert bar(app) == expected
    app.switch_page(str(ROOT / "pages" / "projects.py")).run()
    assert [title.value for title in app.title] == ["Projects"]
    assert bar(app) == expected


def test_clear_empties_every_filter() -> None:
    app = opened(region="Western Balkans", text="police")
    assert app.button(key="clear_filters").label == "Clear"
    app.button(key="clear_filters").click().run()
    assert bar(app) == f"Filters: All 26 projects, {DAY}"
    assert dict(app.query_params) == {}


def test_filter_that_leaves_nothing_offers_the_filters_that_are_worth_clearing() -> None:
    app = opened("projects", region="Western Balkans", focus="Cybercrime", status="Planned")
    assert app.dataframe.values == []
    assert "No project meets all filters at once. Clear one of them:" in texts(app)
    assert buttons(app) == ["Clear", "Status (5 projects)", "All filters"]
    next(button for button in app.button if button.label.startswith("Status")).click().run()
    assert bar(app) == f"Filters (2): 5 of 26 projects, {DAY}. Region: Western Balkans; focus: Cybercrime"
    assert len(app.dataframe[0].value) == 5


def test_filter_with_no_single_way_out_offers_to_clear_all() -> None:
    app = opened(status="Planned", text="no such word")
    assert buttons(app) == ["Clear", "All filters"]
    assert "Clearing one alone does not help; clear them all:" in words(app)


def test_choices_of_the_bar_carry_the_designations() -> None:
    app = opened()
    assert "Kosovo*" in app.multiselect(key="partner").options
    notes = [caption.value.replace("\\", "") for caption in app.expander[0].caption]
    assert [note.split(":")[0] for note in notes] == ["Kosovo*", "Palestine*"]


def test_not_stated_is_a_choice_where_a_source_may_be_silent() -> None:
    fields = {choice.field: choice.options for choice in filter_choices(())}
    assert [field for field, options in fields.items() if UNKNOWN in options] == [
        "partners", "focus", "instruments", "officers",
    ]  # fmt: skip
    assert bar(opened(instrument="not stated")).startswith("Filters (1): 17 of 26 projects")


def test_partner_outside_the_regions_is_a_choice_where_a_project_names_it() -> None:
    assert "Türkiye" in opened().multiselect(key="partner").options


@pytest.mark.parametrize(
    ("values", "codes", "unknown"),
    [
        (["Western Balkans"], ("western-balkans",), ()),
        (["WESTERN-balkans", "western balkans"], ("western-balkans",), ()),
        (["kosovo*", "nowhere"], ("XKX",), ("nowhere",)),
        (["", " "], (), ()),
    ],
)
def test_values_of_an_address_are_read_by_code_or_label(
    values: list[str], codes: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    found = read_values(values, OPTIONS)
    assert (found.codes, found.unknown) == (codes, unknown)


def test_every_filter_of_the_service_stands_in_the_bar() -> None:
    listed: tuple[ProjectRow, ...] = ()
    assert {choice.field for choice in filter_choices(listed)} | {"text"} == set(
        PortfolioFilter.__dataclass_fields__
    )


def test_officers_of_the_projects_can_be_chosen(demo: None) -> None:
    app = opened(officer="Officer A")
    assert bar(app) == f"Filters (1): 4 of 20 projects, {DAY}. Responsible officer: Officer A"
    app.multiselect(key="officer").set_value(["not-stated"]).run()
    assert bar(app).startswith("Filters (1): 1 of 20 projects")


def test_mine_is_the_name_of_the_person_where_it_occurs(demo: None) -> None:
    stranger = opened()
    assert "Mine" not in buttons(stranger)
    officer = opened(person=Person("Officer B", "manager"))
    officer.button(key="mine").click().run()
    assert bar(officer).endswith("Responsible officer: Officer B")
    asked = opened(person=Person("Officer B", "manager"), officer="mine")
    assert bar(asked) == bar(officer)
    assert dict(asked.query_params) == {"officer": "Officer B"}


def test_filter_by_officer_is_not_offered_where_no_project_names_one() -> None:
    labels = [choice.label for choice in opened().multiselect]
    assert "Implementer" in labels
    assert "Responsible officer" not in labels
