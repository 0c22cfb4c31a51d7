"""Setting a colour beside the computed one: form, preview, and one change set."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import streamlit as st

from portfolio.errors import PortfolioError
from portfolio.model.rows import ProjectRow
from portfolio.services.access import may
from portfolio.services.editing import EditPreview
from portfolio.services.health.overrides import apply_override, plan_override
from portfolio.services.health.ratings import Health
from portfolio.services.histories import change_sets
from portfolio.services.views import PortfolioView
from portfolio.ui import health as words
from portfolio.ui.as_of_bar import render_written_now
from portfolio.ui.cached import ask, open_portfolio
from portfolio.ui.change_previews import render_field_changes
from portfolio.ui.links import history_link
from portfolio.ui.session import WidgetKey, current_person, keyed, session
from portfolio.ui.signatures import MISSING, refusal_sentence, render_signature, signed_name, signing_person
from portfolio.ui.texts import literal

_LASTS_DAYS = 90
_LONGEST_REASON = 600
_COLOURS = ("green", "amber", "red")


@dataclass
class OverrideDesk:
    """A colour that is being set for one project: previewed, then applied, or why not."""

    project_key: str
    plan: EditPreview | None = None
    done: int | None = None
    problem: str = ""


def render_override(project: ProjectRow, health: Health, shown: PortfolioView) -> None:
    """The form for those who may edit the project, its preview and what became of it."""
    if not health.is_running:
        return
    if not may(current_person(), "edit", project.key):
        st.caption(refusal_sentence(current_person(), "set a colour"))
        return
    if render_written_now("A colour is set on the present day"):
        return
    desk = _desk(project.key)
    if desk.done is not None:
        st.success(f"Applied as change set {desk.done}; the computed colour stands as it was.")
        for row in ask(change_sets, current_person()):
            if row.id == desk.done:
                history_link(row)
    is_open = desk.plan is not None or bool(desk.problem)
    with st.expander("Set a colour beside the computed one", expanded=is_open):
        _render_form(project, shown)
        if desk.problem:
            st.error(literal(desk.problem))
        if desk.plan is not None:
            _render_plan(desk, desk.plan)


def _desk(project_key: str) -> OverrideDesk:
    found = session.kept(WidgetKey.OVERRIDE_DESK, OverrideDesk)
    return found if found is not None and found.project_key == project_key else OverrideDesk(project_key)


def _field(name: str) -> str:
    return keyed(WidgetKey.OVERRIDE_FIELD, name)


def _action(name: str) -> str:
    return keyed(WidgetKey.OVERRIDE_ACTION, name)


def _render_form(project: ProjectRow, shown: PortfolioView) -> None:
    st.caption(
        "The computed colour stays and counts; yours stands beside it, with its reason, until it lapses."
    )
    with st.form(_action("form"), border=False):
        scope, colour, until = st.columns(3)
        scope.selectbox("Dimension", words.SCOPES, format_func=words.scope_name, key=_field("scope"))
        colour.selectbox("Colour", _COLOURS, format_func=words.mark, key=_field("colour"))
        until.date_input(
            "Lapses on", value=shown.as_of + dt.timedelta(days=_LASTS_DAYS), format="YYYY-MM-DD",
            min_value=shown.as_of + dt.timedelta(days=1), key=_field("until"),
        )  # fmt: skip
        st.text_area("Reason", key=_field("reason"), max_chars=_LONGEST_REASON, height=80)
        st.form_submit_button(
            "Preview", key=_action("preview"), on_click=_preview, args=(project.key, shown.as_of)
        )


def _preview(project_key: str, as_of: dt.date) -> None:
    desk = OverrideDesk(project_key)
    session.remember(WidgetKey.OVERRIDE_DESK, desk)
    try:
        desk.plan = plan_override(
            open_portfolio(), current_person(), project_key,
            dimension=session.text(_field("scope")) or words.SCOPES[0],
            colour=session.text(_field("colour")) or _COLOURS[0],
            reason=session.text(_field("reason")) or "",
            decided_on=as_of, expires_on=session.kept(_field("until"), dt.date),
        )  # fmt: skip
    except PortfolioError as problem:
        desk.problem = problem.sentence


def _render_plan(desk: OverrideDesk, plan: EditPreview) -> None:
    with st.container(border=True):
        st.markdown("**What would change**, for everybody:")
        render_field_changes(plan.changes, "override")
        for finding in plan.findings:
            st.warning(literal(f"{finding.message} {finding.action}"))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            render_signature("override")
            if not plan.errors:
                st.button("Apply", key=_action("apply"), type="primary", on_click=_apply, args=(desk, plan))
            st.button("Leave it as it is", key=_action("give_up"), on_click=_give_up)


def _apply(desk: OverrideDesk, plan: EditPreview) -> None:
    """Applies the plan that was shown, once: a second click finds that it has been applied."""
    if desk.done is not None or desk.plan is not plan:
        return
    if not signed_name():
        desk.problem = MISSING
        return
    try:
        desk.done = apply_override(open_portfolio(), signing_person(), plan)
    except PortfolioError as problem:
        desk.problem = problem.sentence
        return
    desk.plan, desk.problem = None, ""
    session.forget(_field("reason"))


def _give_up() -> None:
    session.forget(WidgetKey.OVERRIDE_DESK, _field("reason"))
