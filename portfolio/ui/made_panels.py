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
# Widths of the cells of a row: document, date, revision, making, buttons.
_CELLS = (9, 5, 5, 6, 6)
# Seconds between two looks at whether a document has been made.
_LOOK_EVERY = 3


def render_made(shown: PortfolioView) -> None:
    """The documents made last: when, by whom, what of."""
    st.header("Made last")
    rows = last_made(present_portfolio(), current_person(), _MADE_SHOWN)
    if not rows:
        st.markdown("No document has been made yet. What you download is listed here.")
    for number, row in enumerate(rows):
        with st.container(border=True):
            _render_row(row, number, shown)
    _watch(rows[:1])


def _render_row(row: MadeDocument, number: int, shown: PortfolioView) -> None:
    """One document in a line of cells, which stand below one another where the screen is narrow."""
    cells = st.columns(_CELLS, gap="small", vertical_alignment="center")
    for cell, (text, beside) in zip(cells, made_cells(row, shown), strict=False):
        with cell.container(gap=None):
            st.markdown(text)
            if beside:
                st.caption(beside)
    with cells[-1].container(gap=None):
        _button(
            "Make again exactly", partial(_exactly, row, signing_person()), row, row.row.name,
            f"{number}-then", "The same document once more, from the portfolio as it stood at its revision",
        )  # fmt: skip
        if row.is_outdated(shown.portfolio.revision):
            _button(
                "Make with data of now", partial(_again, row, signing_person()), row,
                _name_now(row, shown.portfolio.revision), f"{number}-now",
                "A document of the same kind and date, of the data as they are now",
            )  # fmt: skip


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


def made_cells(made: MadeDocument, shown: PortfolioView) -> tuple[tuple[str, str], ...]:
    """One document in Markdown: what and in which format, of when, at which revision, made when and by whom.

    Each with what stands small below it, "" for nothing.
    """
    row = made.row
    what = literal(f"{_kind_words(made.request)}: {_scope_words(made.request, shown)}")
    compared = f"compared with {date_label(row.compared_with)}" if row.compared_with else ""
    return (
        (f"**{what}**", f"Checksum {row.checksum}" if row.checksum else ""),
        (f"Data as at {date_label(row.as_of)}", compared),
        _revision_words(made, shown.portfolio.revision),
        (f"Made {moment_text(row.made_at)}", f"by {literal(row.by)}"),
    )


def _revision_words(made: MadeDocument, now: int) -> tuple[str, str]:
    """The revision, and whether it is still the present one."""
    revision = f"Revision {made.row.revision}"
    if made.row.known == "then":
        return revision, "as known then"
    if made.is_outdated(now):
        return revision, f":orange[▲ The portfolio has changed since: now revision {now}.]"
    return revision, "still the present one"


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
