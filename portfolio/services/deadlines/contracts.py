"""The deadlines of a contract: first payment, final report, extension request, ROM windows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from portfolio.dates import PartialDate
from portfolio.model.deadline_rows import PaymentDatesRow
from portfolio.model.money_rows import ContractDeadlineRow
from portfolio.model.report_rows import EvaluationRow, ReportDueRow
from portfolio.model.rows import AmendmentRow, ContractRow, ProjectRow
from portfolio.services.amendments import is_before_contract
from portfolio.services.deadlines.entries import Deadline, State, state_of
from portfolio.services.deadlines.rules import DeadlineRule, Rulebook, default_rule, rulebook
from portfolio.services.money import is_off_budget
from portfolio.services.signals import day_label
from portfolio.vocabulary import label

DORMANCY, FINAL, FINAL_ABROAD = "dormancy", "final-report", "final-report-abroad"
EXTENSION, ROM_FIRST, ROM_LAST = "extension-request", "rom-first-year", "rom-last-months"
INTERIM = "interim-report"
Bounds = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class DatedField:
    """A reduced date and the field of the record in which it stands."""

    text: str | None
    entity: str
    key: str
    field: str

    @cached_property
    def date(self) -> PartialDate | None:
        """The date; None where it is not stated."""
        return PartialDate.of(self.text)


@dataclass(frozen=True)
class ContractCase:
    """A contract, or a project of which no contract is on record, with what its deadlines depend on."""

    project: ProjectRow
    contract: ContractRow | None
    amendments: Sequence[AmendmentRow]
    payments: PaymentDatesRow | None
    typed: Sequence[ContractDeadlineRow]
    reports: Sequence[ReportDueRow]
    evaluations: Sequence[EvaluationRow]
    as_of: dt.date
    # Read once for many contracts: the unit's own numbers do not change meanwhile.
    rules: Rulebook = field(default_factory=rulebook, repr=False)

    @property
    def key(self) -> str:
        """The key of the contract, or of the project."""
        return self.contract.key if self.contract else self.project.key

    @property
    def type(self) -> str | None:
        """The type of the contract."""
        return self.contract.type if self.contract else None

    @property
    def subject(self) -> str:
        """The contract in words."""
        return f"Contract {self.contract.number}" if self.contract else "Project, no contract on record"

    @cached_property
    def start(self) -> DatedField:
        """Where it begins: by the contract, else by the project."""
        if self.contract is not None and self.contract.start is not None:
            return DatedField(self.contract.start, "contract", self.contract.key, "start")
        return DatedField(self.project.start, "project", self.project.key, "start")

    @cached_property
    def end(self) -> DatedField:
        """The end by the last amendment signed by the date, else as first signed, else the project's."""
        for row in sorted(self.amendments, key=lambda row: -row.number):
            if row.new_end is not None and is_signed(row, self.as_of):
                contradicts = self.contract is not None and is_before_contract(row, self.contract)
                return DatedField(None if contradicts else row.new_end, "amendment", row.key, "new_end")
        if self.contract is not None and self.contract.end is not None:
            return DatedField(self.contract.end, "contract", self.contract.key, "end")
        name = "end_current" if self.project.end_current else "end_original"
        return DatedField(
            self.project.end_current or self.project.end_original, "project", self.project.key, name
        )

    @property
    def has_ended(self) -> bool:
        """Whether it has certainly ended."""
        return self.end.date is not None and self.end.date.last < self.as_of

    def rule(self, code: str) -> DeadlineRule | None:
        """A rule as it holds for the type of the contract."""
        return self.rules[code, self.type]

    def entry(
        self, code: str, base: DatedField, state: State, bounds: Bounds | None, *, note: str = "",
        met_on: PartialDate | None = None, opens: dt.date | None = None,
    ) -> Deadline:  # fmt: skip
        """A deadline of this contract that is counted by its rule."""
        return Deadline(
            code=code, entity=base.entity, key=base.key, field=base.field, subject=self.subject,
            project_key=self.project.key, state=state, rule=self.rule(code), counted_from=base.text,
            opens=opens, earliest=bounds[0] if bounds else None, latest=bounds[1] if bounds else None,
            met_on=str(met_on) if met_on else None, note=note, project_keys=(self.project.key,),
            about=self.key,
        )  # fmt: skip


def is_signed(amendment: AmendmentRow, as_of: dt.date) -> bool:
    """Whether an amendment had certainly been signed by then."""
    signed = PartialDate.of(amendment.signed_on)
    return signed is not None and signed.last <= as_of


def contract_deadlines(case: ContractCase) -> Iterator[Deadline]:
    """Every deadline of a contract but those of its interim reports, which its calendar holds."""
    if case.contract is not None:
        yield from _typed_or(case, DORMANCY, _dormancy)
        yield from _typed_or(case, FINAL, _final_report)
    if not case.has_ended:
        yield from _typed_or(case, EXTENSION, _extension)
        yield from _typed_or(case, ROM_FIRST, _rom_first)
        yield from _typed_or(case, ROM_LAST, _rom_last)


def _typed_or(
    case: ContractCase, code: str, counted: Callable[[ContractCase], Iterator[Deadline]]
) -> Iterator[Deadline]:
    """The date typed from the contract, which goes before any rule; else what the rule gives."""
    typed = [row for row in case.typed if row.rule == code or (code == FINAL and row.rule == FINAL_ABROAD)]
    if typed:
        for row in typed:
            yield from_contract(case, code, row)
    elif case.rule(code) is None:
        if case.contract is not None:
            yield unsourced(case, code)
    else:
        yield from counted(case)


def _fulfilment(case: ContractCase, code: str) -> tuple[PartialDate | None, str]:
    """When a deadline was met and what says so; words without a date where only that it was met is known."""
    if code == DORMANCY and case.payments is not None and case.payments.first_on is not None:
        paid = PartialDate.parse(case.payments.first_on)
        return paid, f"First paid on {paid.label}."
    return _final_received(case) if code == FINAL else (None, "")


def from_contract(case: ContractCase, code: str, row: ContractDeadlineRow) -> Deadline:
    """A deadline as the contract has it."""
    due, rule = PartialDate.parse(row.due_on), default_rule(code)
    met_on, how = _fulfilment(case, code)
    state = state_of((due.first, due.last), met_on, case.as_of, rule.near_days, rule.nature)
    return Deadline(
        code=code, entity="contract_deadline", key=row.key, field="due_on", subject=case.subject,
        project_key=case.project.key, basis="contract", counted_from=row.due_on, earliest=due.first,
        latest=due.last, state="met" if how and met_on is None else state, project_keys=(case.project.key,),
        met_on=str(met_on) if met_on else None, note=" ".join(filter(None, (row.note, how))),
        about=case.key,
    )  # fmt: skip


def unsourced(case: ContractCase, code: str) -> Deadline:
    """That no rule is sourced for the type of the contract, and that the contract's date was not typed."""
    kind = label("contract_type", case.type, "a contract whose type is not stated").lower()
    of = kind if case.type is None else f"the contract type {kind}"
    note = f"No rule is sourced for {of}, and no date is typed from the contract."
    base = DatedField(None, "contract", case.key, "type")
    return case.entry(code, base, "not-known", None, note=note)


def _dormancy(case: ContractCase) -> Iterator[Deadline]:
    if case.contract is None or is_off_budget(case.project):
        return
    rule, base = case.rule(DORMANCY), DatedField(case.contract.signed_on, "contract", case.key, "signed_on")
    if rule is None or base.date is None:
        yield case.entry(DORMANCY, base, "not-known", None, note="The date of signature is not stated.")
        return
    paid, how = _fulfilment(case, DORMANCY)
    undated = case.payments.undated if case.payments else 0
    bounds = rule.bounds(base.date)
    if paid is None and undated:
        note = "A payment is on record, but not its date, so whether it was in time is not known."
        yield case.entry(DORMANCY, base, "not-known", bounds, note=note)
        return
    state = state_of(bounds, paid, case.as_of, rule.near_days, rule.nature)
    yield case.entry(DORMANCY, base, state, bounds, note=how or "No payment is on record.", met_on=paid)


def _final_report(case: ContractCase) -> Iterator[Deadline]:
    rule, abroad, base = case.rule(FINAL), case.rule(FINAL_ABROAD), case.end
    if rule is None or base.date is None:
        yield case.entry(FINAL, base, "not-known", None, note="The end is not stated.")
        return
    first, last = rule.bounds(base.date)
    notes = []
    if abroad is not None and abroad.bounds(base.date)[1] > last:
        last = abroad.bounds(base.date)[1]
        notes.append(
            f"{abroad.amount} {abroad.unit} after the end, {day_label(last)}, where the coordinator sits in "
            "another country, which is not recorded."
        )
    met_on, how = _fulfilment(case, FINAL)
    state = state_of((first, last), met_on, case.as_of, rule.near_days, rule.nature)
    state = "met" if how and met_on is None else state
    yield case.entry(FINAL, base, state, (first, last), note=" ".join([*notes, how]).strip(), met_on=met_on)


def _final_received(case: ContractCase) -> tuple[PartialDate | None, str]:
    """When the final report came in; without a day where only a final payment shows that it did."""
    received = [
        PartialDate.parse(row.received_on) for row in case.reports if row.kind == "final" and row.received_on
    ]
    received = [date for date in received if date.first <= case.as_of]
    if received:
        return min(received), f"Received on {min(received).label}."
    paid = PartialDate.of(case.payments.final_on) if case.payments else None
    if paid is not None:
        return None, f"A final payment was made on {paid.label}, so the report came before it."
    return None, ""


def _extension(case: ContractCase) -> Iterator[Deadline]:
    rule, base = case.rule(EXTENSION), case.end
    if rule is None or base.date is None:
        yield case.entry(EXTENSION, base, "not-known", None, note="The end is not stated.")
        return
    bounds = rule.bounds(base.date)
    state = state_of(bounds, None, case.as_of, rule.near_days, rule.nature)
    yield case.entry(EXTENSION, base, state, bounds)


def _rom_first(case: ContractCase) -> Iterator[Deadline]:
    rule, base = case.rule(ROM_FIRST), case.start
    if rule is None or base.date is None:
        yield case.entry(ROM_FIRST, base, "not-known", None, note="The start is not stated.")
        return
    yield _window(case, ROM_FIRST, base, base.date.first, rule.bounds(base.date), rule)


def _rom_last(case: ContractCase) -> Iterator[Deadline]:
    rule, base = case.rule(ROM_LAST), case.end
    if rule is None or base.date is None:
        yield case.entry(ROM_LAST, base, "not-known", None, note="The end is not stated.")
        return
    opens = rule.bounds(base.date)[0]
    yield _window(case, ROM_LAST, base, opens, (base.date.first, base.date.last), rule)


def _window(
    case: ContractCase, code: str, base: DatedField, opens: dt.date, closes: Bounds, rule: DeadlineRule
) -> Deadline:
    review = _review_within(case, opens, closes[1])
    state = state_of(closes, review, case.as_of, rule.near_days, rule.nature, opens)
    note = f"Reviewed on {review.label}." if review else "No ROM review in it is on record."
    if state == "near" and opens <= case.as_of:
        note = f"The window is open. {note}"
    return case.entry(code, base, state, closes, note=note, met_on=review, opens=opens)


def _review_within(case: ContractCase, opens: dt.date, closes: dt.date) -> PartialDate | None:
    """The first ROM review that had certainly been carried out, in the window."""
    dates = [
        PartialDate.parse(row.carried_out_on)
        for row in case.evaluations
        if row.kind == "rom-review" and row.carried_out_on
    ]
    within = [date for date in dates if opens <= date.first and date.last <= min(closes, case.as_of)]
    return min(within, default=None)
