"""Entries of the forms: what is shown reads back as what is stored, and a draft holds everything."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.model.changes import Value
from portfolio.model.entities import INPUTS, columns_of
from portfolio.model.fields import MILLION
from portfolio.services.rules import check_records
from portfolio.ui.forms.choices import record_title
from portfolio.ui.forms.drafts import (
    NEW,
    TARGET,
    count_entered,
    form_from_json,
    open_form,
    removed_records,
)
from portfolio.ui.forms.entries import entry_of, read_entry
from portfolio.ui.forms.field_shapes import FormField, Kind
from portfolio.ui.forms.fields import PART_OF, PARTS, TABLES, TABLES_OF
from portfolio.ui.forms.project_keys import key_problem, suggested_key
from portfolio.ui.forms.proposals import Known, propose
from portfolio.ui.forms.row_editors import with_keys
from tests.unit.test_rules import DAY

KNOWN = Known(frozenset({"taken"}), {"org": "Known Institute"}, {"dec": "D/1"})


def field(kind: Kind) -> FormField:
    return FormField("x", "X", kind)


@given(st.integers(0, 100_000_000_000_000))
def test_amounts_read_back_to_the_cent(cents: int) -> None:
    assert read_entry(field("amount"), entry_of(field("amount"), cents)).value == cents


@given(st.integers(0, MILLION))
def test_shares_read_back_to_the_millionth(share: int) -> None:
    assert read_entry(field("share"), entry_of(field("share"), share)).value == share


@given(st.text())
def test_any_text_gives_a_value_or_a_finding_and_never_an_exception(text: str) -> None:
    for kind in ("text", "date", "amount", "share", "count", "number", "period"):
        reading = read_entry(field(kind), text)
        assert not (reading.is_bad and reading.value is not None)


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        ("33,3333", 333_333),
        ("33.3333 %", 333_333),
        ("100", MILLION),
        ("0", 0),
        ("", None),
        ("1e1", None),
        ("1_0", None),
    ],
)
def test_shares_are_read_as_people_write_them(entry: str, value: Value) -> None:
    assert read_entry(field("share"), entry).value == value


@given(st.text(max_size=80), st.sets(st.sampled_from(["a", "a-2", "project-1"])))
def test_a_suggested_key_is_always_one_that_may_be_used(acronym: str, taken: set[str]) -> None:
    key = suggested_key(acronym, taken)
    assert key == "" or key_problem(key, taken) is None


def test_a_new_project_gets_its_chosen_key_in_every_record_that_refers_to_it() -> None:
    form = open_form(NEW, {})
    form.project.update(acronym="A", title="B")
    form.chosen_key = "alpha"
    form.rows["contract"] = [{"key": f"{NEW}/contract-1", "number": "C"}]
    payment = {"contract_key": f"{NEW}/contract-1", "kind": "interim", "amount_cents": "1"}
    form.rows["payment"] = [{"key": f"{NEW}/payment-1", **payment}]
    form.rows["evidence"] = [
        {"key": f"{NEW}/evidence-1", "target": f"project|{NEW}|title", "basis": "stated"}
    ]
    of_another = {
        "indicator_value": ("indicator", {"period": "2026-S1", "status": "submitted"}),
        "risk_review": ("risk", {"reviewed_on": "2026", "likelihood": "1", "impact": "1"}),
        "evaluation_score": ("evaluation", {"criterion": "impact", "score": "4"}),
    }
    for entity, (parent, row) in of_another.items():
        form.rows[entity] = [{"key": f"{NEW}/{entity}-1", f"{parent}_key": f"{NEW}/{parent}-1", **row}]
    proposal = propose(form, KNOWN)
    values = {edit.record: edit.values for edit in proposal.edits}
    for entity, (parent, _) in of_another.items():
        assert (values.pop((entity, f"alpha/{entity}-1")) or {})[f"{parent}_key"] == f"alpha/{parent}-1"
    assert proposal.findings == ()
    assert set(values) == {
        ("project", "alpha"), ("contract", "alpha/contract-1"), ("payment", "alpha/payment-1"),
        ("evidence", "alpha/evidence-1"),
    }  # fmt: skip
    assert (values["contract", "alpha/contract-1"] or {})["project_key"] == "alpha"
    assert (values["payment", "alpha/payment-1"] or {})["contract_key"] == "alpha/contract-1"
    assert (values["evidence", "alpha/evidence-1"] or {})["record_key"] == "alpha"


def test_a_draft_holds_everything() -> None:
    state: dict[str, Value] = {"key": "a", "acronym": "Old", "title": "T", "total_budget_cents": 123_456}
    form = open_form("a", {("project", "a"): state})
    form.project["acronym"] = "Новая ქართული"
    form.reason = "why"
    again = form_from_json(json.loads(json.dumps(form.as_json(), ensure_ascii=False)))
    assert again == form
    assert count_entered(again) == 1


def test_new_rows_keep_their_keys_when_others_leave_or_change() -> None:
    made = iter(["k1", "k2", "k3"])
    first = with_keys([{"n": "1"}, {"n": "2"}], [], lambda: next(made))
    assert with_keys([{"n": "2"}], first, lambda: next(made)) == [{"n": "2", "key": "k2"}]
    changed = with_keys([{"n": "1"}, {"n": "2b"}, {"n": "3"}], first, lambda: next(made))
    assert [row["key"] for row in changed] == ["k1", "k2", "k3"]


@pytest.mark.parametrize(("codes", "expected"), [(("ALB", "SRB"), []), (("ALB", "ALB"), ["partner_code"])])
def test_the_same_partner_twice_is_an_error(codes: tuple[str, str], expected: list[str]) -> None:
    records = {
        ("participation", str(number)): {"key": str(number), "project_key": "p", "partner_code": code}
        for number, code in enumerate(codes)
    } | {("project_region", "r"): {"key": "r", "project_key": "p", "region": "western-balkans"}}
    found = check_records(records, DAY)  # type: ignore[arg-type]
    assert [finding.field for finding in found if finding.code == "RULE_ENTERED_TWICE"] == expected


def test_what_the_form_does_not_ask_for_is_not_in_it_and_not_taken_out_by_it() -> None:
    state: dict[str, Value] = {"key": "a", "acronym": "A", "title": "T"}
    other: dict[str, Value] = {"key": "a/view-1", "name": "Late"}
    form = open_form("a", {("project", "a"): state, ("saved_view", "a/view-1"): other})
    assert removed_records(form) == ()
    assert propose(form, KNOWN).edits == propose(open_form("a", {("project", "a"): state}), KNOWN).edits


def test_a_draft_from_before_a_kind_of_record_was_asked_for_takes_it_from_the_portfolio() -> None:
    state: dict[str, Value] = {"key": "a", "acronym": "A", "title": "T"}
    risk: dict[str, Value] = {"key": "a/risk-1", "project_key": "a", "title": "Late", "likelihood": 2}
    draft = json.loads(json.dumps(open_form("a", {("project", "a"): state}).as_json()))
    draft["rows"]["project"][0]["acronym"] = "B"
    present = {("project", "a"): state, ("risk", "a/risk-1"): risk}
    assert form_from_json(draft, present).rows["risk"] == []  # asked for, and there was none
    del draft["rows"]["risk"]
    form = form_from_json(draft, present)
    assert [row["title"] for row in form.rows["risk"]] == ["Late"]
    assert removed_records(form) == () and count_entered(form) == 1


def test_every_kind_of_record_of_a_project_stands_in_one_part_of_the_form() -> None:
    """What a change set can write of a project can be entered by hand, under a name of its own."""
    apart = {"context_indicator", "setting", "saved_view"}
    assert set(PART_OF) == set(TABLES) == set(INPUTS) - apart
    assert set(PARTS) == {"project", "closing", *TABLES_OF}
    for entity, table in TABLES.items():
        asked = {field.name for field in table.fields} | {"key", table.parent or "key"}
        asked |= set(TARGET) if entity == "evidence" else set()
        assert asked - {"target"} == set(columns_of(entity)), entity
        required = {name for name, each in INPUTS[entity].model_fields.items() if each.is_required()}
        assert required <= {field.name for field in table.fields if field.required} | {
            "key", "project_key", *TARGET,
        }, entity  # fmt: skip


@given(st.integers(-(10**15), 10**15))
def test_numbers_read_back_to_the_millionth(millionths: int) -> None:
    assert read_entry(field("number"), entry_of(field("number"), millionths)).value == millionths


@pytest.mark.parametrize(
    ("shape", "entry", "value", "sentence"),
    [
        (FormField("x", "X", "count", least=1, most=5), "5", 5, ""),
        (FormField("x", "X", "count", least=1, most=5), "6", None, "'6' is not a whole number from 1 to 5."),
        (FormField("x", "X", "count", least=0, most=9), "0", 0, ""),
        (FormField("x", "X", "count", least=0), "2.5", None, "'2.5' is not a whole number from 0"),
        (FormField("x", "X", "number", least=0, most=100), "100", 100 * MILLION, ""),
        (FormField("x", "X", "number", least=0, most=100), "100.5", None, "is above 100"),
        (FormField("x", "X", "number"), "-3,5", -3_500_000, ""),
        (FormField("x", "X", "number"), "1.250", None, "can be read as 1,250 or as 1.250"),
        (FormField("x", "X", "number"), "many", None, "'many' is not a number."),
        (FormField("x", "X", "grade", "marker_score"), "0", 0, ""),
    ],
)
def test_numbers_and_counts_are_read_within_their_bounds(
    shape: FormField, entry: str, value: int | None, sentence: str
) -> None:
    reading = read_entry(shape, entry)
    assert reading.value == value
    assert sentence in (reading.finding.message if reading.finding and reading.is_bad else "")
    assert reading.is_bad == (value is None)


def test_a_record_without_a_name_is_called_after_what_sets_it_apart() -> None:
    form = open_form("a", {})
    form.rows["evaluation"] = [{"key": "a/e", "title": "Mid-term"}]
    form.rows["recommendation"] = [{"key": "a/r", "evaluation_key": "a/e", "number": "3", "text": "Do it."}]
    form.rows["assessment"] = [{"key": "a/s", "period": "2026-S1", "dimension": "money"}]
    form.rows["indicator_value"] = [{"key": "a/v", "partner_code": "XKX", "sex": None, "period": ""}]
    titles = [
        record_title(form, entity, str(form.rows[entity][0]["key"]))
        for entity in ("recommendation", "assessment", "indicator_value")
    ]
    assert titles == [
        "Recommendation: Mid-term, no. 3",
        "Implementer's assessment: Money, 2026-S1",
        "Value of an indicator: Kosovo*",
    ]
