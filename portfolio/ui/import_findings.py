"""What has to be settled before a file can go in, each with the ways to settle it on the spot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

import streamlit as st

from portfolio.findings import Finding, Offer, field_and_message, prevents_acceptance
from portfolio.progress_reports.corrections import Side
from portfolio.progress_reports.results import FileResult
from portfolio.ui.findings import MARKS, severity_label
from portfolio.ui.import_decisions import (
    Decision,
    answer_column,
    choose_sides,
    column_of,
    decisions_of,
    is_mendable,
    is_row_to_leave,
    leave_rows_out,
    take_back,
    write_cells,
)
from portfolio.ui.import_works import ImportWork
from portfolio.ui.session import WidgetKey, keyed, session
from portfolio.ui.texts import counted, literal
from portfolio.ui.texts import listed as in_words

MOST_OPEN = 12
MOST_DECISIONS = 8
_MOST_CELLS = 8
_LONGEST = 60
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Case:
    """Findings that one decision settles: one cell, several alike, or a column that is read two ways."""

    file: FileResult
    items: tuple[Finding, ...]

    @property
    def sha256(self) -> str:
        """The file that it stands in."""
        return self.file.sha256

    @property
    def first(self) -> Finding:
        """The first of them, whose words stand for all."""
        return self.items[0]

    @property
    def asks_column(self) -> bool:
        """Whether the answer holds for a whole column."""
        return any(offer.kind == "column" for offer in self.first.offers)

    @property
    def name(self) -> str:
        """What tells its widgets apart."""
        return f"{self.sha256}:{self.first.sheet}:{self.first.cell}:{self.first.code}"

    def offers(self, kind: str) -> tuple[Offer, ...]:
        """The ways to settle it that are of this kind."""
        return tuple(offer for offer in self.first.offers if offer.kind == kind)


def open_cases(file: FileResult, findings: Iterable[Finding]) -> tuple[Case, ...]:
    """What stands against a file or unit, alike ones together, in the order of the first of each."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for item in findings:
        if prevents_acceptance((item,)):
            groups.setdefault(_likeness(item), []).append(item)
    return tuple(Case(file, tuple(items)) for items in groups.values())


def _likeness(item: Finding) -> tuple[object, ...]:
    """The same for findings that one decision can settle."""
    kinds = {offer.kind for offer in item.offers}
    if "column" in kinds:
        return "column", item.code, column_of(item)
    if "side" in kinds or not is_mendable(item):
        return "one", item.code, item.sheet, item.cell, item.message
    return "alike", item.group


def render_cases(work: ImportWork, cases: Sequence[Case], title: str = "To settle") -> None:
    """Each case with its words and what can be done about it; of many only the first, and how many follow."""
    if not cases:
        return
    st.markdown(f"**{title}** ({counted(len(cases), 'point')})")
    _render_all_sides(work, cases)
    for case in cases[:MOST_OPEN]:
        with st.container(border=True, gap="small"):
            st.markdown(case_words(case))
            _render_ways(work, case)
    if len(cases) > MOST_OPEN:
        more = len(cases) - MOST_OPEN
        st.caption(f"{counted(more, 'more point')} come up as these are settled; the checked copy has all.")


def case_words(case: Case) -> str:
    """A case as Markdown: severity, cells, field, what is wrong and what to do."""
    item, mark = case.first, MARKS[case.first.severity]
    field, message = field_and_message(item)
    where = f" **{literal(_cells(case))}** {literal(field)}".rstrip() if item.cell else ""
    sheet = f" {literal(item.sheet)}" if item.sheet and item.cell else ""
    head = f":{mark.colour}[**{severity_label(item.severity)}**]{sheet}{where}"
    return f"{head}: {literal(message)} :gray[{literal(item.action)}] :gray[:small[{literal(item.code)}]]"


def _cells(case: Case) -> str:
    if case.asks_column:
        return f"column {column_of(case.first)[1]}"
    return in_words([item.cell or "" for item in case.items], _MOST_CELLS)


def _render_ways(work: ImportWork, case: Case) -> None:
    if case.asks_column:
        _render_answers(work, case)
    elif case.offers("side"):
        _render_sides(work, case)
    elif is_mendable(case.first):
        render_value(work, case)
    elif is_row_to_leave(case.file, case.first):
        st.button(
            _row_label(case), key=_key(WidgetKey.IMPORT_ACTION, case, "row"), type="tertiary",
            on_click=_leave_rows, args=(work, case),
        )  # fmt: skip


def _render_answers(work: ImportWork, case: Case) -> None:
    with st.container(horizontal=True, gap="small"):
        for offer in case.offers("column"):
            st.button(
                literal(offer.label), key=_key(WidgetKey.IMPORT_ACTION, case, offer.value),
                on_click=answer_column, args=(work, case.sha256, case.first, offer.value),
            )  # fmt: skip


def _render_sides(work: ImportWork, case: Case) -> None:
    with st.container(horizontal=True, gap="small"):
        for offer in case.offers("side"):
            st.button(
                literal(offer.label), key=_key(WidgetKey.IMPORT_ACTION, case, offer.value),
                on_click=choose_sides, args=(work, case.sha256, case.items, cast(Side, offer.value)),
            )  # fmt: skip


def _render_all_sides(work: ImportWork, cases: Sequence[Case]) -> None:
    """One click for all conflicts of a file, where there are several."""
    conflicts = [case for case in cases if case.offers("side")]
    if len(conflicts) < 2:
        return
    items = [item for case in conflicts for item in case.items]
    labels: dict[Side, str] = {"tracker": "Keep the tracker's values", "file": "Take the file's values"}
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown(f"{counted(len(conflicts), 'conflict')}:", width="content")
        for side, label in labels.items():
            st.button(
                f"{label} for all {len(conflicts)}",
                key=_key(WidgetKey.IMPORT_ACTION, conflicts[0], f"all:{side}"),
                on_click=choose_sides, args=(work, conflicts[0].sha256, items, side),
            )  # fmt: skip


def render_value(work: ImportWork, case: Case) -> None:
    """Another value typed, a proposal taken, or the cell passed over; for one cell or for all alike."""
    with (
        st.form(_key(WidgetKey.IMPORT_FORM, case), border=False),
        st.container(horizontal=True, vertical_alignment="center", gap="small"),
    ):
        st.text_input(
            f"Another value for {case.first.cell}", key=_key(WidgetKey.IMPORT_VALUE, case), width=230,
            placeholder="Another value", label_visibility="collapsed", autocomplete="off",
        )  # fmt: skip
        st.form_submit_button(
            "Use it",
            key=_key(WidgetKey.IMPORT_ACTION, case, "typed"),
            on_click=_write_typed,
            args=(work, case),
        )
        for offer in case.offers("replace"):
            st.form_submit_button(
                literal(offer.label), on_click=_write,
                key=_key(WidgetKey.IMPORT_ACTION, case, f"offer:{offer.value}"),
                args=(work, case, offer.value),
            )  # fmt: skip
        st.form_submit_button(
            "Pass over", key=_key(WidgetKey.IMPORT_ACTION, case, "empty"), type="tertiary",
            on_click=_write, args=(work, case, ""),
            help="Reads the cell as empty: what the tracker holds is kept.",
        )  # fmt: skip
        if is_row_to_leave(case.file, case.first):
            st.form_submit_button(
                _row_label(case), key=_key(WidgetKey.IMPORT_ACTION, case, "row"), type="tertiary",
                on_click=_leave_rows, args=(work, case),
            )  # fmt: skip
        if len(case.items) > 1:
            st.checkbox(f"for all {len(case.items)} alike", key=_key(WidgetKey.IMPORT_ALIKE, case))


def _row_label(case: Case) -> str:
    return f"Leave row {(case.first.cell or '').lstrip(LETTERS)} out"


def _leave_rows(work: ImportWork, case: Case) -> None:
    leave_rows_out(work, case.file, _chosen(case))


def _chosen(case: Case) -> tuple[Finding, ...]:
    """All that are alike where that was ticked, else the first alone."""
    is_for_all = session.value(_key(WidgetKey.IMPORT_ALIKE, case), False)
    return case.items if is_for_all else case.items[:1]


def _write_typed(work: ImportWork, case: Case) -> None:
    typed = session.text(_key(WidgetKey.IMPORT_VALUE, case))
    if typed and typed.strip():
        _write(work, case, typed.strip())


def _write(work: ImportWork, case: Case, text: str) -> None:
    write_cells(work, case.sha256, _chosen(case), text)


def _key(key: WidgetKey, case: Case, what: str = "") -> str:
    return keyed(key, f"{case.name}:{what}" if what else case.name)


def render_decisions(work: ImportWork, file: FileResult) -> None:
    """What was decided about a file, each with the way to take it back; the file itself stays as it is."""
    made = decisions_of(file)
    if not made:
        return
    title = f"Your decisions ({len(made)})"
    fold = st.expander(
        title,
        key=keyed(WidgetKey.IMPORT_FOLD, f"decisions:{file.sha256}"),
        expanded=len(made) <= MOST_DECISIONS,
    )
    with fold:
        for position, decision in enumerate(made):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(decision_words(decision), width="stretch")
                st.button(
                    f"Take back {literal(decision.place)}", type="tertiary",
                    key=keyed(WidgetKey.IMPORT_ACTION, f"back:{file.sha256}:{decision.kind}:{position}"),
                    on_click=take_back, args=(work, file.sha256, (decision,)),
                )  # fmt: skip
        st.caption("The workbook that you chose stays as it is; the decisions are kept with the import.")


def decision_words(decision: Decision) -> str:
    """One decision as Markdown: "**Money F14**: ‘1 k’ → ‘1000’"."""
    place = f"**{literal(decision.place)}**"
    if decision.kind in ("answers", "layout"):
        return f"{place}: {literal(decision.becomes)}"
    was = f"‘{_short(decision.was)}’" if decision.was else "empty"
    if decision.kind == "sides":
        return f"{place}: {was} in the file; {literal(decision.becomes)} holds"
    return f"{place}: {was} → " + (f"‘{_short(decision.becomes)}’" if decision.becomes else "passed over")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return literal(line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…")
