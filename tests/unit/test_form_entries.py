"""Entries of the forms: what is shown reads back as what is stored, and a draft holds everything."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.model.changes import Value
from portfolio.model.fields import MILLION
from portfolio.services.rules import check_records
from portfolio.ui.forms.drafts import NEW, count_entered, form_from_json, open_form, removed_records
from portfolio.ui.forms.entries import entry_of, read_entry
from portfolio.ui.forms.field_shapes import FormField, Kind
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
    for kind in ("text", "date", "amount", "share", "count", "period"):
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
    proposal = propose(form, KNOWN)
    values = {edit.record: edit.values for edit in proposal.edits}
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


def test_what_comes_by_report_alone_is_not_in_the_form_and_not_taken_out_by_it() -> None:
    state: dict[str, Value] = {"key": "a", "acronym": "A", "title": "T"}
    risk: dict[str, Value] = {"key": "a/risk-1", "project_key": "a", "title": "Late"}
    form = open_form("a", {("project", "a"): state, ("risk", "a/risk-1"): risk})
    assert removed_records(form) == ()
    assert propose(form, KNOWN).edits == propose(open_form("a", {("project", "a"): state}), KNOWN).edits
