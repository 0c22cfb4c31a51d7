"""The name under which a person answers for a change, asked once in a tab until there is a sign-in."""

from __future__ import annotations

import streamlit as st

from portfolio.services.access import Person
from portfolio.ui.session import WidgetKey, current_person, keyed, session

LONGEST_NAME = 100
MISSING = "Enter your name first: it stands beside the change in the history."


def signed_name() -> str:
    """The name that was entered in this tab; empty if none was."""
    return session.value(WidgetKey.SIGNED_BY, "")


def signing_person() -> Person:
    """The person who uses this tab, under the name that was entered."""
    return current_person().named(signed_name() or current_person().name)


def render_signature(where: str, label: str = "Your name") -> None:
    """The field for the name; what is entered at one place holds at all of them."""
    key = keyed(WidgetKey.SIGNATURE, where)
    if not session.remembers(key):
        session.remember(key, signed_name())
    st.text_input(
        label, key=key, max_chars=LONGEST_NAME, on_change=_remember, args=(key,), width=260,
        placeholder="First and last name", autocomplete="name",
    )  # fmt: skip


def _remember(key: str) -> None:
    session.remember(WidgetKey.SIGNED_BY, (session.text(key) or "").strip())


def refusal_sentence(person: Person, what: str) -> str:
    """Why a person may not do something, and whom to ask."""
    return (
        f"You are here as {person.role}: you may look at everything you see, but not {what}. "
        "Ask an administrator for the right."
    )
