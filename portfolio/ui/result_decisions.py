"""Values that wait, by project and half-year; approving, returning and submitting them with a preview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from portfolio.errors import PortfolioError
from portfolio.model.value_rows import WaitingRow
from portfolio.numbers import counted
from portfolio.services.access import may
from portfolio.services.editing import EditPreview
from portfolio.services.results.approvals import (
    STEPS,
    VALUE,
    OpenValue,
    Step,
    apply_step,
    open_values,
    plan_step,
    steps_of,
    waiting_sentence,
)
from portfolio.ui import results as words
from portfolio.ui.as_of_bar import render_written_now
from portfolio.ui.cached import ask, open_portfolio
from portfolio.ui.change_previews import render_field_changes
from portfolio.ui.origins import record_origins, with_origins
from portfolio.ui.result_panels import ResultsScreen
from portfolio.ui.session import WidgetKey, current_person, keyed, session
from portfolio.ui.signatures import MISSING, refusal_sentence, render_signature, signed_name, signing_person
from portfolio.ui.tables import show_table
from portfolio.ui.texts import literal

_LEFT_OUT, _REASON, _STEP = "left_out", "reason", "step"
_STATUSES = ("submitted", "draft", "returned")


@dataclass
class DecisionDesk:
    """A step over the values of one project and half-year: previewed, applied, or why it was not."""

    batch: str
    preview: EditPreview | None = None
    step: str = ""
    keys: tuple[str, ...] = ()
    done: str = ""
    problem: str = ""


def _field(name: str, batch: str) -> str:
    return keyed(WidgetKey.RESULT_FIELD, f"{batch}:{name}")


def _batch(row: WaitingRow) -> str:
    return f"{row.project_key} {row.period}"


def render_decisions(screen: ResultsScreen) -> None:
    """What waits, and the step that is being taken over the values of one project and half-year."""
    st.header("Approvals")
    st.markdown(literal(waiting_sentence(screen.waiting)))
    desk = session.kept(WidgetKey.RESULT_DESK, DecisionDesk)
    if desk is not None and desk.done:
        st.success(literal(desk.done))
    if not screen.waiting:
        return
    names = screen.shown.names
    table = _waiting_table(screen.waiting, names)
    show_table(table, words.waiting_columns(), alt=f"Half-years with values that wait: {len(table)}.")
    batches = {_batch(row): f"{names[row.project_key]}, {row.period}" for row in screen.waiting}
    chosen = st.selectbox(
        "Decide on the values of", list(batches), index=None, format_func=batches.__getitem__,
        placeholder="Choose a project and half-year", key=WidgetKey.RESULT_BATCH, bind="query-params",
        width=420,
    )  # fmt: skip
    if chosen is not None:
        project_key, period = chosen.rsplit(" ", 1)
        _render_batch(chosen, project_key, period)


def _waiting_table(rows: Sequence[WaitingRow], names: dict[str, str]) -> pd.DataFrame:
    batches = list(dict.fromkeys((row.project_key, row.period) for row in rows))
    found = {(row.project_key, row.period, row.status): row.values for row in rows}
    return pd.DataFrame(
        {
            "project": [names[key] for key, _ in batches],
            "period": [period for _, period in batches],
            **{status: [found.get((*batch, status), 0) for batch in batches] for status in _STATUSES},
        }
    )


def _render_batch(batch: str, project_key: str, period: str) -> None:
    values = ask(open_values, current_person(), project_key, period)
    if not values:
        st.caption("Nothing of this half-year waits any more.")
        return
    rows = words.values_table([each.value for each in values], {v.indicator.key: v.indicator for v in values})
    texts = record_origins(VALUE, rows["key"]).texts((VALUE, key) for key in rows["key"])
    bare = {name: column for name, column in words.values_columns().items() if name != "period"}
    table, columns = with_origins(rows.drop(columns=["key", "period"]), bare, texts)
    show_table(table, columns, alt=f"Values that wait: {len(table)}.", unknown="")
    if not may(current_person(), "edit", project_key):
        st.caption(refusal_sentence(current_person(), "approve or return values"))
        return
    if not render_written_now("Values are approved and returned on the present day"):
        _render_step(batch, project_key, values)


def _render_step(batch: str, project_key: str, values: Sequence[OpenValue]) -> None:
    steps = {step.code: step for step in steps_of(values)}
    code = st.segmented_control(
        "Step", list(steps), format_func=lambda each: STEPS[each].label, default=next(iter(steps)),
        required=True, key=_field(_STEP, batch),
    )  # fmt: skip
    step = steps[code]
    named = {each.value.key: _value_name(each) for each in values if each.value.status in step.from_statuses}
    left_out = st.multiselect(
        "Leave out", list(named), format_func=named.__getitem__, key=_field(f"{_LEFT_OUT}:{code}", batch),
        placeholder=f"None: all {counted(len(named), 'value')}",
    )  # fmt: skip
    keys = tuple(key for key in named if key not in left_out)
    st.button(
        "Preview", key=_field("preview", batch), on_click=_preview, args=(batch, project_key, step, keys),
        disabled=not keys,
    )  # fmt: skip
    desk = session.kept(WidgetKey.RESULT_DESK, DecisionDesk)
    if desk is None or desk.batch != batch:
        return
    if desk.problem:
        st.error(literal(desk.problem))
    if desk.preview is None:
        return
    if (desk.step, desk.keys) == (code, keys):
        _render_preview(desk, desk.preview)
    else:
        st.info("Something else is chosen than what was previewed. Preview again before applying it.")


def _value_name(each: OpenValue) -> str:
    parts = [each.indicator.statement]
    parts += [part for part in (each.value.partner_code, each.value.sex) if part]
    return ", ".join([*parts, words.value_text(each.value, each.indicator)])


def _preview(batch: str, project_key: str, step: Step, keys: tuple[str, ...]) -> None:
    desk = DecisionDesk(batch, step=step.code, keys=keys)
    session.remember(WidgetKey.RESULT_DESK, desk)
    session.forget(_field(_REASON, batch))
    try:
        desk.preview = plan_step(open_portfolio(), current_person(), project_key, step.code, keys)
    except PortfolioError as problem:
        desk.problem = problem.sentence


def _render_preview(desk: DecisionDesk, preview: EditPreview) -> None:
    with st.container(border=True):
        st.markdown(
            f"**What would change**: {counted(len(preview.changes), 'value')} {STEPS[desk.step].done}"
        )
        for finding in (*preview.errors, *preview.warnings):
            st.warning(literal(finding.message))
        render_field_changes(preview.changes, "result-step")
        needed = desk.step == "return"
        st.text_input(
            "Reason", key=_field(_REASON, desk.batch), max_chars=300,
            placeholder="What the implementer has to mend" if needed else "Why, in a few words",
        )  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="bottom"):
            render_signature("results")
            st.button(
                "Apply",
                key=_field("apply", desk.batch),
                type="primary",
                on_click=_apply,
                args=(desk, preview),
            )
            st.button("Leave it as it is", key=_field("leave", desk.batch), on_click=_leave)


def _apply(desk: DecisionDesk, preview: EditPreview) -> None:
    """Applies the preview that was shown, once: a second click finds that it has been applied."""
    if desk.done or desk.preview is not preview:
        return
    if not signed_name():
        desk.problem = MISSING
        return
    reason = session.text(_field(_REASON, desk.batch)) or ""
    try:
        number = apply_step(open_portfolio(), signing_person(), preview, reason=reason)
    except PortfolioError as problem:
        desk.problem = problem.sentence
        return
    words_of = counted(len(preview.changes), "value")
    desk.done = f"{words_of} {STEPS[desk.step].done}, as change set {number}."
    desk.preview, desk.problem = None, ""


def _leave() -> None:
    session.forget(WidgetKey.RESULT_DESK)
