"""The settings screen's panels: a group as a table, one setting with its form, preview and history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from portfolio.errors import PortfolioError
from portfolio.services.access import may
from portfolio.services.change_words import NO_VALUE
from portfolio.services.histories import change_sets
from portfolio.services.origins import origins_of, record_history
from portfolio.services.practice import Setting, SettingPlan, apply_value, plan_value
from portfolio.ui import practices as words
from portfolio.ui.cached import ask, open_portfolio
from portfolio.ui.links import history_link
from portfolio.ui.session import WidgetKey, current_person, keyed, session
from portfolio.ui.signatures import MISSING, refusal_sentence, render_signature, signed_name, signing_person
from portfolio.ui.tables import download_csv, show_table
from portfolio.ui.texts import counted, literal
from portfolio.vocabulary import labels

_LONG_TEXT = "designation/"
_MOST_CHARACTERS = 2_000


@dataclass
class SettingDesk:
    """One setting that is being changed: previewed, then applied, or with the sentence that says why not."""

    key: str
    plan: SettingPlan | None = None
    done: int | None = None
    problem: str = ""


def render_group(settings: Sequence[Setting], group: str) -> None:
    """The settings of a group: value, default, source, and who set it when."""
    records = tuple(("setting", setting.key) for setting in settings)
    table = words.settings_table(settings, ask(origins_of, current_person(), records))
    own = sum(setting.own is not None for setting in settings)
    alt = f"{group}: {counted(len(settings), 'setting')}, {own} set by this unit."
    show_table(table, words.settings_columns(table), alt=alt, unknown=NO_VALUE)
    with st.container(horizontal=True, vertical_alignment="center"):
        download_csv(table, f"settings-{group.lower().replace(' ', '-')}")
        st.caption(alt)


def render_choice(settings: Sequence[Setting]) -> Setting:
    """The setting that is looked at: the first, until another is chosen."""
    by_key = {setting.key: setting for setting in settings}
    chosen = st.selectbox(
        "Setting", list(by_key), format_func=lambda key: by_key[key].name, key=WidgetKey.SETTING,
        bind="query-params",
    )  # fmt: skip
    return by_key[chosen]


def render_setting(setting: Setting) -> None:
    """One setting: what holds and why, the form for those who may change it, and its history."""
    st.header(literal(setting.name))
    default = literal(words.value_words(setting, setting.default))
    if setting.own is None:
        st.markdown(f"In force: **{default}**, the default. Source: {literal(words.source_words(setting))}.")
    else:
        value = literal(words.value_words(setting, setting.value))
        st.markdown(
            f"In force: **{value}**, set by this unit. Source: {literal(words.source_words(setting))}. "
            f"Default: {default}."
        )
    if not may(current_person(), "administer"):
        st.caption(refusal_sentence(current_person(), "change settings"))
    else:
        _render_change(setting)
    _render_history(setting)


def _desk(key: str) -> SettingDesk:
    found = session.kept(WidgetKey.SETTING_DESK, SettingDesk)
    return found if found is not None and found.key == key else SettingDesk(key)


def _field(setting: Setting, name: str) -> str:
    return keyed(WidgetKey.SETTING_FIELD, f"{setting.key}:{name}")


def _action(name: str) -> str:
    return keyed(WidgetKey.SETTING_ACTION, name)


def _render_change(setting: Setting) -> None:
    desk = _desk(setting.key)
    if desk.done is not None:
        _render_done(desk.done)
    with st.form(_action("form"), enter_to_submit=True):
        _input_of(setting)()
        st.text_input(
            "Source", key=_start(setting, "source", setting.own.source or "" if setting.own else ""),
            max_chars=300, help="Where the value is laid down, such as: Unit's manual, 2026, section 4.",
        )  # fmt: skip
        with st.container(horizontal=True):
            st.form_submit_button("Preview", key=_action("preview"), on_click=_preview, args=(setting,))
            if setting.own is not None:
                st.form_submit_button(
                    "Back to the default", key=_action("default"), on_click=_preview_default, args=(setting,)
                )
    if desk.problem:
        st.error(literal(desk.problem))
    if desk.plan is not None:
        _render_plan(desk, desk.plan)


def _start(setting: Setting, name: str, value: str) -> str:
    """The key of a field, which begins with the value that holds."""
    key = _field(setting, name)
    if not session.remembers(key):
        session.remember(key, value)
    return key


def _input_of(setting: Setting) -> Callable[[], object]:
    key = _start(setting, "value", setting.value)
    label = f"Value ({setting.unit})" if setting.unit else "Value"
    if setting.key == "profile":
        names = labels("profiles")
        return lambda: st.selectbox(label, list(names), format_func=names.__getitem__, key=key)
    if setting.key.startswith(_LONG_TEXT):
        return lambda: st.text_area(label, key=key, max_chars=_MOST_CHARACTERS)
    return lambda: st.text_input(label, key=key, max_chars=_MOST_CHARACTERS)


def _preview(setting: Setting) -> None:
    _plan(setting, session.text(_field(setting, "value")) or "")


def _preview_default(setting: Setting) -> None:
    _plan(setting, None)


def _plan(setting: Setting, value: str | None) -> None:
    desk = SettingDesk(setting.key)
    session.remember(WidgetKey.SETTING_DESK, desk)
    source = session.text(_field(setting, "source")) or ""
    try:
        desk.plan = plan_value(open_portfolio(), current_person(), setting.key, value, source=source)
    except PortfolioError as problem:
        desk.problem = problem.sentence


def _render_plan(desk: SettingDesk, plan: SettingPlan) -> None:
    with st.container(border=True):
        st.markdown("**What would change**, at once and for everybody:")
        for name, before, after in words.plan_rows(plan):
            st.markdown(f"{name}: {literal(before)} → **{literal(after)}**")
        st.text_input("Reason", key=_action("reason"), max_chars=300, placeholder="Why, in a few words")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            render_signature("setting")
            st.button("Apply", key=_action("apply"), type="primary", on_click=_apply, args=(desk, plan))
            st.button("Leave it as it is", key=_action("give_up"), on_click=_give_up, args=(plan.setting,))


def _apply(desk: SettingDesk, plan: SettingPlan) -> None:
    """Applies the plan that was shown, once: a second click finds that it has been applied."""
    if desk.done is not None or desk.plan is not plan:
        return
    if not signed_name():
        desk.problem = MISSING
        return
    reason = session.text(_action("reason")) or ""
    try:
        desk.done = apply_value(open_portfolio(), signing_person(), plan, reason=reason)
    except PortfolioError as problem:
        desk.problem = problem.sentence
        return
    desk.plan, desk.problem = None, ""
    _forget_fields(plan.setting)


def _give_up(setting: Setting) -> None:
    session.forget(WidgetKey.SETTING_DESK)
    _forget_fields(setting)


def _forget_fields(setting: Setting) -> None:
    session.forget(_field(setting, "value"), _field(setting, "source"), _action("reason"))


def _render_done(number: int) -> None:
    st.success(f"Applied as change set {number}; it holds from now on.")
    for row in ask(change_sets, current_person()):
        if row.id == number:
            history_link(row)


def _render_history(setting: Setting) -> None:
    found = ask(record_history, current_person(), ("setting", setting.key))
    if not found:
        st.caption("This unit has never set it.")
        return
    st.markdown("**Its history**")
    table = words.history_table(setting, found)
    alt = f"Changes of this setting, the newest first: {len(table)}."
    show_table(table, words.history_columns(), alt=alt, unknown=NO_VALUE)
