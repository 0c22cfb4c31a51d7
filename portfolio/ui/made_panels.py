"""The documents made last: each can be made again, exactly as it was or of the data as they are now."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import streamlit as st

from portfolio.dates import date_label
from portfolio.partners import partner_name, region_name
from portfolio.services.access import Person
from portfolio.services.views import PortfolioView
from portfolio.summaries.covers import TITLES
from portfolio.summaries.documents import FORMATS
from portfolio.summaries.made_documents import (
    PACK,
    MadeDocument,
    Request,
    last_made,
    make_and_record,
    make_exactly,
)
from portfolio.summaries.packs import MEDIA_TYPE as ZIP
from portfolio.ui.cached import present_portfolio
from portfolio.ui.changes import moment_text
from portfolio.ui.filters import implementer_names
from portfolio.ui.session import WidgetKey, current_person, keyed
from portfolio.ui.signatures import signing_person
from portfolio.ui.texts import literal

_MADE_SHOWN = 8
# Seconds between two looks at whether a document has been made.
_LOOK_EVERY = 3


def render_made(shown: PortfolioView) -> None:
    """The documents made last: when, by whom, what of."""
    st.header("Made last")
    rows = last_made(present_portfolio(), current_person(), _MADE_SHOWN)
    if not rows:
        st.markdown("No document has been made yet. What you download is listed here.")
    for number, row in enumerate(rows):
        text, buttons = st.columns([5, 2], gap="small", vertical_alignment="center")
        text.markdown(made_line(row, shown))
        with buttons.container(horizontal=True, gap="small"):
            _button(
                "Exactly this", partial(_exactly, row, signing_person()), row, row.row.name, f"{number}-then",
                "The same document once more, from the portfolio as it stood at its revision",
            )  # fmt: skip
            if row.is_outdated(shown.portfolio.revision):
                _button(
                    "With data of now", partial(_again, row, signing_person()), row,
                    _name_now(row, shown.portfolio.revision), f"{number}-now",
                    "A document of the same kind and date, of the data as they are now",
                )  # fmt: skip
    _watch(rows[:1])


def _button(
    label: str, make: Callable[[], bytes], made: MadeDocument, name: str, key: str, tip: str
) -> None:
    media_type = ZIP if made.request.kind == PACK else FORMATS[made.request.format].media_type
    st.download_button(
        label, make, file_name=name, on_click="ignore", type="tertiary", mime=media_type,
        key=keyed(WidgetKey.MADE, key), help=tip, icon=":material/replay:",
    )  # fmt: skip


def _exactly(made: MadeDocument, person: Person) -> bytes:
    return make_exactly(present_portfolio(), person, made).content


def _again(made: MadeDocument, person: Person) -> bytes:
    return make_and_record(present_portfolio(), person, made.request).content


# A download runs beside the screen and cannot tell it when it is done.
@st.fragment(run_every=_LOOK_EVERY)
def _watch(newest: tuple[MadeDocument, ...]) -> None:
    if is_outdated_list(newest):
        st.rerun()


def is_outdated_list(newest: tuple[MadeDocument, ...]) -> bool:
    """Whether another document than the one on top of the list, or than none, has been made last."""
    return last_made(present_portfolio(), current_person(), 1) != newest


def made_line(made: MadeDocument, shown: PortfolioView) -> str:
    """One document in a line of Markdown: what, of when, made when and by whom, and whether data moved on."""
    row, now = made.row, shown.portfolio.revision
    parts = [f"data as at {date_label(row.as_of)}", f"revision {row.revision}"]
    parts += ["as known then"] if row.known == "then" else []
    parts += [f"compared with {date_label(row.compared_with)}"] if row.compared_with else []
    what = literal(f"{_kind_words(made.request)}: {_scope_words(made.request, shown)}")
    text = f"**{what}**, {', '.join(parts)}. Made {moment_text(row.made_at)} by {literal(row.by)}."
    text += f" Checksum {row.checksum}." if row.checksum else ""
    if not made.is_outdated(now):
        return text
    return f"{text} :orange[▲ The portfolio has changed since: now revision {now}.]"


def _kind_words(request: Request) -> str:
    if request.kind == PACK:
        return "Steering-committee pack"
    layout = " for publication" if request.profile == "publication" else ""
    return f"{TITLES[request.scope.kind]} ({FORMATS[request.format].label}{layout})"


def _scope_words(request: Request, shown: PortfolioView) -> str:
    scope = request.scope
    if scope.kind == "region":
        return region_name(scope.id)
    if scope.kind == "partner":
        return partner_name(scope.id.upper())
    if scope.kind == "project":
        return shown.names.get(scope.id, scope.id)
    words = request.chosen.sentence(implementer_names(shown.everything))
    return f"{words[:1].upper()}{words[1:]}"


def _name_now(made: MadeDocument, revision: int) -> str:
    """The file's name with the present revision."""
    return re.sub(r"-r\d+(?=\.\w+$)", f"-r{revision}", made.row.name)
