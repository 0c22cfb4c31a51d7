"""Bad input on the edit screen: each with its sentence, nothing guessed, nothing written, texts as typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from portfolio.model.rows import RecordState
from portfolio.storage.queries.history import find_change_sets, find_states
from portfolio.storage.queries.records import find_project_records
from tests.app.edit_screens import (
    apply,
    database,
    edit_rows,
    edit_screen,
    errors,
    fill,
    form_of,
    part,
    press,
    preview_rows,
    warnings,
)
from tests.app.screens import problems, texts, use_portfolio, words

KEY = "cybersouth-plus"
ALIVE = ("<b>", "**stars", "[link]", "$x", ":red[x", "`code", "~~gone")
SCRIPTS = (
    "Résumé Straße Łódź Çeşme", "Кіберзахист Кибербезбедност", "კიბერუსაფრთხოება", "Կիբեռանվտանգություն",
    "الأمن السيبراني", "אבטחת סייבר", "Κυβερνοασφάλεια", "ⵜⴰⵎⴰⵣⵉⵖⵜ",
)  # fmt: skip
MARKUP = "<b>bold</b> **stars** [link](https://example.org) $x^2$ :red[x] `code` ~~gone~~ &amp; =1+1"


@pytest.fixture(autouse=True)
def reference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The published portfolio."""
    use_portfolio("reference", tmp_path, monkeypatch)


def stored(key: str = KEY) -> RecordState:
    """The project as it is on record."""
    return find_states(database(), "project")["project", key]


@pytest.mark.parametrize(
    ("label", "text", "sentence"),
    [
        ("Title", "", "'Title' is empty, and a project needs it."),
        ("Title", "   ", "'Title' is empty, and a project needs it."),
        ("Start", "31/02/2026", "'31/02/2026' is not a date. Write it as 2026-02-28"),
        (
            "Start",
            "05/06/2026",
            "'05/06/2026' can be read as 2026-06-05 or as 2026-05-06. Write 2026-06-05 or",
        ),
        ("Start", "soon", "'soon' is not a date."),
        ("Start", "1850", "'1850' is no day in the years 1990 to 2100."),
        (
            "Start",
            "2027-01-02",
            "The original end (31 December 2026) lies before its beginning (2 January 2027).",
        ),
        ("Total budget (EUR)", "1.234", "'1.234' can be read as 1,234 or as 1.234. Enter it without"),
        ("Total budget (EUR)", "-5", "'-5' is below 0. Enter an amount of 0 or more"),
        ("Total budget (EUR)", "nil", "'nil' is a word; it can mean 0 or that nothing is known. Enter 0 if"),
        ("Total budget (EUR)", "USD 5", "'USD 5' is in USD; amounts are in EUR."),
        ("Total budget (EUR)", "a lot", "'a lot' is not an amount."),
        ("EU contribution (EUR)", "3 890 001", "The EU contribution (EUR 3,890,001) is more than the total"),
        (
            "Acronym",
            "x" * 10_000,
            "The text has 10,000 characters; at most 1,000 are kept. Shorten the text.",
        ),
        ("What it does", "x" * 40_000, "The text has 40,000 characters; at most 32,767 are kept."),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_applied(label: str, text: str, sentence: str) -> None:
    app = edit_screen(KEY)
    before = stored()
    fill(app, label, text)
    press(app, "Preview")
    assert [line for line in errors(app) if sentence in line] != [], errors(app)
    assert "Apply" not in [button.label for button in app.button]
    assert stored() == before
    assert len(find_change_sets(database())) == 1


def test_what_cannot_be_read_is_said_beside_the_field_at_once() -> None:
    app = edit_screen(KEY)
    fill(app, "Start", "31.02.2026")
    assert "'31.02.2026' is not a date." in words(app)
    fill(app, "Start", "18 juin 2024")
    assert "Read as 18 June 2024." in words(app)
    fill(app, "Total budget (EUR)", "€ 3.890.000,00")
    assert "Read as EUR 3,890,000." in words(app)


ROWS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "'150' is not between 0": (
        "partners",
        "participation",
        {"partner_code": "ALB", "share_millionths": "150"},
    ),
    "'half' is not a share": (
        "partners",
        "participation",
        {"partner_code": "ALB", "share_millionths": "half"},
    ),
    "more than four decimals": ("partners", "participation", {"share_millionths": "33.33333"}),
    "This partner is entered twice.": ("partners", "participation", {"partner_code": "TUN"}),
    "'Partner' is empty, and a partner": ("partners", "participation", {"share_millionths": "10"}),
    "add up to 90 %": ("partners", "project_pillar", {"pillar": "cyber-diplomacy", "share_millionths": "90"}),
    "'Funder' is empty, and a contribution": ("funding", "contribution", {"amount_cents": "5"}),
    "'2026-Q1' is not a half-year.": ("costs", "incurred_cost", {"period": "2026-Q1", "amount_cents": "1"}),
    "which is after today.": ("milestones", "milestone", {"title": "Later", "actual": "2027"}),
    "its status is not done.": ("milestones", "milestone", {"title": "Odd", "actual": "2024"}),
    "'Milestone' is empty, and a milestone": ("milestones", "milestone", {"note": "?"}),
    "is not a whole number": ("figures", "project_component", {"position": "first", "text": "x"}),
    "'Address' is empty, and a source": ("sources", "source", {"title": "Page"}),
}


@pytest.mark.parametrize("sentence", ROWS)
def test_a_row_that_cannot_be_kept_is_said(sentence: str) -> None:
    where, entity, row = ROWS[sentence]
    app = edit_screen(KEY)
    part(app, where)
    edit_rows(app, entity, added=[row])
    press(app, "Preview")
    assert [line for line in (*errors(app), *warnings(app)) if sentence in line] != []
    assert any(text.startswith((":red[", ":orange[")) and "Row " in text for text in texts(app))
    assert len(find_change_sets(database())) == 1


def contract(app: Any, **values: str) -> str:
    """The key of a new contract of the project."""
    part(app, "funding")
    edit_rows(app, "contract", added=[{"number": "C/1", "signed_on": "2024-01-10"} | values])
    return str(form_of(app).rows["contract"][0]["key"])


def test_an_amendment_before_the_start_is_refused() -> None:
    app = edit_screen(KEY)
    key = contract(app)
    early = {"contract_key": key, "number": "1", "kind": "other", "signed_on": "2023-12"}
    edit_rows(app, "amendment", added=[early])
    press(app, "Preview")
    (line,) = errors(app)
    assert "Amendment 1 was signed (December 2023) before its contract (10 January 2024)." in line


def test_payments_above_the_contract_are_a_warning_to_accept_knowingly() -> None:
    app = edit_screen(KEY)
    key = contract(app, eu_contribution_cents="100 000")
    edit_rows(app, "payment", added=[{"contract_key": key, "kind": "interim", "amount_cents": "100 000.01"}])
    press(app, "Preview")
    assert errors(app) == []
    (line,) = warnings(app)
    assert "Payments of EUR 100,000.01 are more than the contract's EU contribution of EUR 100,000." in line
    apply(app)
    assert len(find_change_sets(database())) == 2


def test_a_contract_whose_parts_do_not_add_up_is_refused() -> None:
    app = edit_screen(KEY)
    contract(app, eu_contribution_cents="90", other_contributions_cents="20", total_cents="100")
    press(app, "Preview")
    (line,) = errors(app)
    assert "do not add up to the total of EUR 100." in line


def test_a_record_that_others_rely_on_stays() -> None:
    app = edit_screen(KEY)
    key = contract(app)
    edit_rows(app, "payment", added=[{"contract_key": key, "kind": "interim", "amount_cents": "1"}])
    apply(app)
    part(app, "funding")
    edit_rows(app, "contract", deleted=[0])
    press(app, "Preview")
    assert [line for line in errors(app) if "relies on it" in line] != []


def test_what_rests_on_a_record_leaves_with_it() -> None:
    app = edit_screen(KEY)
    evidence = {k for k, s in find_project_records(database(), KEY).items() if s.get("entity") == "milestone"}
    assert evidence
    part(app, "milestones")
    first = form_of(app).rows["milestone"][0]["key"]
    edit_rows(app, "milestone", deleted=[0])
    apply(app, "Entered by mistake")
    after = find_project_records(database(), KEY)
    assert ("milestone", first) not in after
    assert not any(state.get("record_key") == first for state in after.values())


@pytest.mark.parametrize("text", [*SCRIPTS, MARKUP, "x" * 10_000])
def test_texts_are_kept_and_shown_as_they_were_typed(text: str) -> None:
    app = edit_screen(KEY)
    fill(app, "What it does", text)
    press(app, "Preview")
    assert [after for _, label, _, after, _ in preview_rows(app) if label == "What it does"] == [text]
    apply(app)
    assert stored()["summary"] == text


def alive(elements: Iterable[str]) -> list[str]:
    """What of the markup stands unescaped in texts that are drawn as Markdown."""
    return [part for text in elements for part in ALIVE if re.search(rf"(?<!\\){re.escape(part)}", text)]


def test_markup_in_names_is_printed_as_typed_wherever_it_stands() -> None:
    assert alive([MARKUP]) == [*ALIVE]
    app = edit_screen(KEY)
    name = MARKUP[:90]
    fill(app, "Acronym", name)
    part(app, "milestones")
    edit_rows(app, "milestone", added=[{"title": name, "actual": "2030"}])
    press(app, "Preview")
    shown = [*(box.value for box in app.error), *(text.value for text in (*app.markdown, *app.caption))]
    assert any("bold" in text for text in shown)
    assert alive(shown) == []
    edit_rows(app, "milestone", added=[{"title": name}])
    apply(app, name)
    assert problems(app) == []
    assert stored()["acronym"] == name
    titles = [element.value for element in app.title]
    assert "bold" in titles[0]
    assert alive(titles) == []


def test_an_organisation_on_record_is_not_entered_again() -> None:
    app = edit_screen(KEY)
    part(app, "organisations")
    known = next(iter(find_states(database(), "organisation").values()))["name"]
    edit_rows(app, "organisation", added=[{"name": str(known).upper()}])
    press(app, "Preview")
    (line,) = [line for line in errors(app) if "on record already" in line]
    assert "choose it in the roles" in line


def test_an_untouched_form_asks_for_nothing() -> None:
    for key in (KEY, "cyber-balkans", "act-lebanon"):
        app = edit_screen(key)
        press(app, "Preview")
        assert (errors(app), warnings(app)) == ([], [])
        assert "Nothing would change." in words(app)
