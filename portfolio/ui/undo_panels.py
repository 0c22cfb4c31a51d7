"""Undoing a change set: first what would be set back and what is kept, then the undo that was shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from portfolio.errors import PortfolioError
from portfolio.model.changes import RecordId
from portfolio.services.access import may
from portfolio.services.histories import (
    Kept,
    UndoPlan,
    UndoResult,
    apply_undo,
    change_sets,
    plan_undo,
    undo_reason,
)
from portfolio.services.record_names import kept_sentence
from portfolio.ui.cached import ask, open_portfolio
from portfolio.ui.change_previews import changes_text, render_field_changes
from portfolio.ui.links import history_link
from portfolio.ui.record_names import record_names
from portfolio.ui.session import WidgetKey, current_person, keyed, session
from portfolio.ui.signatures import MISSING, render_signature, signed_name, signing_person
from portfolio.ui.texts import counted, literal

_LONGEST_WHY = 300
NOT_ALLOWED = "Undoing is for managers and administrators. Ask one of them to undo change set {number}."


@dataclass
class Undoing:
    """One change set on its way back: planned, then undone, or with the sentence that says why not."""

    number: int
    plan: UndoPlan | None = None
    result: UndoResult | None = None
    problem: str = ""


def _desk(number: int) -> Undoing:
    found = session.kept(WidgetKey.UNDO, Undoing)
    return found if found is not None and found.number == number else Undoing(number)


def _plan(number: int) -> None:
    desk = Undoing(number)
    session.remember(WidgetKey.UNDO, desk)
    _plan_again(desk)


def _plan_again(desk: Undoing) -> None:
    desk.plan = None
    try:
        desk.plan = plan_undo(open_portfolio(), current_person(), desk.number)
    except PortfolioError as problem:
        desk.problem = problem.sentence


def _apply(desk: Undoing) -> None:
    """Applies the plan that was shown, once: a second click finds that it has been done."""
    if desk.plan is None or desk.result is not None:
        return
    if not signed_name():
        desk.problem = MISSING
        return
    try:
        why = session.text(_key("why")) or ""
        desk.result = apply_undo(open_portfolio(), signing_person(), desk.plan, why=why)
    except PortfolioError as problem:
        desk.problem = problem.sentence
        _plan_again(desk)


def _give_up() -> None:
    session.forget(WidgetKey.UNDO)


def has_answer(number: int) -> bool:
    """Whether this tab has undone the change set or failed to, so that the answer is still to be shown."""
    desk = _desk(number)
    return desk.result is not None or bool(desk.problem)


def render_undo(number: int, what: str = "this import") -> None:
    """The way back from a change set: a button, then the preview, then what was done."""
    desk = _desk(number)
    if not may(current_person(), "undo"):
        st.caption(NOT_ALLOWED.format(number=number))
    elif desk.result is not None:
        _render_result(desk.result)
    elif desk.plan is not None:
        _render_plan(desk, desk.plan, what)
    elif desk.problem:
        st.error(literal(desk.problem))
    else:
        st.button(f"Undo {what}", key=_key("begin"), on_click=_plan, args=(number,), icon=":material/undo:")


def _key(name: str) -> str:
    return keyed(WidgetKey.UNDO_ACTION, name)


def _render_plan(desk: Undoing, plan: UndoPlan, what: str) -> None:
    with st.container(border=True):
        st.markdown(f"**Undo {what}: what would be set back** ({changes_text(plan.changes)})")
        if plan.changes:
            render_field_changes(plan.changes, f"undo-{desk.number}")
        _render_kept(plan.kept)
        st.caption(f"Reason in the history: {literal(undo_reason(plan.change_set))}")
        if desk.problem:
            st.error(literal(desk.problem))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            if plan.changes:
                render_signature("undo")
                st.text_input(
                    "Why, in a few words", key=_key("why"), max_chars=_LONGEST_WHY, width=380,
                    help="Stands in the history after the reason above; it may be left empty.",
                )  # fmt: skip
                st.button(
                    f"Undo change set {desk.number}", key=_key("apply"), type="primary",
                    on_click=_apply, args=(desk,),
                )  # fmt: skip
            else:
                st.caption("Nothing is left to undo: everything was edited or removed since.")
            st.button("Leave it as it is", key=_key("give_up"), on_click=_give_up)


def _render_kept(kept: tuple[Kept, ...]) -> None:
    if kept:
        names = record_names((), [(row.entity, row.key) for row in kept])
        lines = [f"- {kept_line(row, names)}" for row in kept]
        st.info("\n".join(lines), title=f"{counted(len(kept), 'entry', 'entries')} not set back")


def kept_line(row: Kept, names: Mapping[RecordId, str]) -> str:
    """What an undo leaves as it is and why, as Markdown."""
    return literal(kept_sentence(row, names))


def _render_result(result: UndoResult) -> None:
    undone = result.plan.change_set
    note = " A report that came with it counts as open again." if undone.kind == "import" else ""
    st.success(
        f"Change set {undone.id} was undone by change set {result.change_set}: "
        f"{changes_text(result.plan.changes)} set back.{note}"
    )
    _render_kept(result.plan.kept)
    for row in ask(change_sets, current_person()):
        if row.id == result.change_set:
            history_link(row)
