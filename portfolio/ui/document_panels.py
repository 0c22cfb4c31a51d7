"""The regional summary screen's panels: what it is of, what it will contain, and what was made before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Literal

import pandas as pd
import streamlit as st

from portfolio.dates import date_label
from portfolio.partners import partner_name, partners, region_name, regions
from portfolio.services.access import Person, may
from portfolio.services.practice import use_settings
from portfolio.services.selection import PortfolioFilter
from portfolio.services.views import PortfolioView
from portfolio.summaries.documents import SummaryScope
from portfolio.summaries.made_documents import (
    PACK,
    SUMMARY,
    MadeDocument,
    Request,
    last_made,
    make_and_record,
)
from portfolio.summaries.packs import MEDIA_TYPE as ZIP
from portfolio.summaries.previews import SummaryPreview
from portfolio.summaries.xlsx import MEDIA_TYPE as XLSX
from portfolio.ui.cached import open_portfolio
from portfolio.ui.changes import moment_text
from portfolio.ui.filters import implementer_names
from portfolio.ui.session import WidgetKey, current_person, keyed
from portfolio.ui.signatures import refusal_sentence, signing_person
from portfolio.ui.tables import show_table, text_column
from portfolio.ui.texts import counted, listed, literal

FILTER = "filter"
SCOPES = {
    "region": "Region",
    "partner": "Partner",
    "project": "Project",
    "portfolio": "Whole portfolio",
    FILTER: "Present filter",
}
_MADE_SHOWN = 8
_NAMES_SHOWN = 60
# Seconds between two looks at whether a document has been made.
_LOOK_EVERY = 3


def may_export() -> bool:
    """Whether the person may take documents away; where not, it has been said."""
    if may(current_person(), "export"):
        return True
    st.info(refusal_sentence(current_person(), "take documents away"))
    return False


def render_request(shown: PortfolioView) -> Request:
    """The choice of scope: what the summary is to be of. Its date is that of every screen."""
    kind = st.segmented_control(
        "Summary of", list(SCOPES), format_func=SCOPES.__getitem__, default="region", required=True,
        key=WidgetKey.SCOPE, bind="query-params", wrap=True,
    )  # fmt: skip
    scope = _render_scope(kind, shown)
    chosen = shown.chosen if kind == FILTER else PortfolioFilter()
    if kind != FILTER and not shown.chosen.is_empty:
        st.caption(
            "The filter above applies to the pack, not to this summary. Choose Present filter for a summary "
            "of it."
        )
    return Request(SUMMARY, scope, shown.as_of, chosen)


def _render_scope(kind: str, shown: PortfolioView) -> SummaryScope:
    if kind == "region":
        names = {code: region_name(code) for code in regions()}
        return SummaryScope("region", _choice("Region", names, WidgetKey.SCOPE_REGION, shown.chosen.regions))
    if kind == "partner":
        names = {code: partner_name(code) for code in partners()}
        return SummaryScope(
            "partner", _choice("Partner", names, WidgetKey.SCOPE_PARTNER, shown.chosen.partners)
        )
    if kind == "project" and shown.everything:
        names = {project.key: f"{project.acronym}: {project.title}" for project in shown.everything}
        return SummaryScope("project", _choice("Project", names, WidgetKey.SCOPE_PROJECT))
    return SummaryScope("portfolio")


def _choice(label: str, names: dict[str, str], key: WidgetKey, filtered: Sequence[str] = ()) -> str:
    """One of the names; to begin with the one that the filter names, if it does."""
    first = next((code for code in filtered if code in names), None)
    codes = list(names)
    return st.selectbox(
        label, codes, index=codes.index(first) if first else 0, format_func=names.__getitem__, key=key,
        bind="query-params", width=420,
    )  # fmt: skip


def render_download(request: Request, preview: SummaryPreview) -> None:
    """The button that makes the summary; nothing is made before it is asked for."""
    st.download_button(
        "Download summary (.xlsx)", partial(_made, request, signing_person()),
        file_name=f"{preview.stem}.xlsx", mime=XLSX, on_click="ignore", type="primary",
        icon=":material/download:",
        key=keyed(WidgetKey.DOWNLOAD, SUMMARY),
    )  # fmt: skip


def render_pack_button(
    shown: PortfolioView, where: str, look: Literal["secondary", "tertiary"] = "secondary"
) -> None:
    """One click for the steering-committee pack of what is chosen; nothing where nothing is."""
    if not shown.projects or not may(current_person(), "export"):
        return
    request = Request(PACK, SummaryScope("portfolio"), shown.as_of, shown.chosen)
    name = "portfolio" if shown.chosen.is_empty else "selection"
    stem = f"steering-committee-{name}-{shown.as_of.isoformat()}-r{shown.portfolio.revision}"
    st.download_button(
        "Steering-committee pack (.zip)", partial(_made, request, signing_person()),
        file_name=f"{'demo-' if shown.is_demo else ''}{stem}.zip", mime=ZIP, on_click="ignore",
        icon=":material/folder_zip:", type=look, key=keyed(WidgetKey.PACK, where),
        help="The summary workbook of the present filter, and its timeline on one page: PDF, PNG and SVG",
    )  # fmt: skip


def _made(request: Request, person: Person) -> bytes:
    """The document, made and listed; called by the download, outside a run of the screen."""
    database = open_portfolio()
    use_settings(database)
    return make_and_record(database, person, request).content


def render_preview(preview: SummaryPreview) -> None:
    """What the summary will contain: its sheets, its projects, and what is not known."""
    stamp = f"data as at {date_label(preview.as_of.isoformat())}, revision {preview.revision}"
    st.markdown(f"**{literal(preview.title)}**, {stamp}. {literal(preview.filters)}.")
    sheets, words = st.columns([2, 3], gap="large")
    with sheets:
        table = pd.DataFrame(
            {
                "sheet": [sheet.title for sheet in preview.sheets],
                "holds": [counted(sheet.number, sheet.noun) if sheet.number else _none(sheet.noun)
                          for sheet in preview.sheets],
            }
        )  # fmt: skip
        columns = {"sheet": text_column("Sheet"), "holds": text_column("Holds")}
        alt = f"The {counted(len(table), 'sheet')} of the summary and what each holds."
        show_table(table, columns, alt=alt, height="content")
    with words:
        _names(f"In it: {counted(len(preview.inside), 'project')}", preview.inside)
        _names(f"Left out: {counted(len(preview.left_out), 'project')}", preview.left_out)
        _render_missing(preview)


def _none(noun: str) -> str:
    return "cover page" if noun == "page" else f"no {noun}s"


def _names(heading: str, names: Sequence[str]) -> None:
    st.markdown(f"**{heading}**")
    st.markdown(literal(listed(list(names), _NAMES_SHOWN)) + "." if names else "None.")


def _render_missing(preview: SummaryPreview) -> None:
    st.markdown("**Not known**")
    total = len(preview.inside)
    lines = []
    for row in preview.missing:
        names = listed([preview.names[key] for key in row.projects], 8)
        lines.append(f"{row.label}: {len(row.projects)} of {total} ({names})")
    if not lines:
        st.markdown(
            "Nothing of what the tracker asks for is missing." if total else "There is no project in it."
        )
    for line in lines:
        st.markdown(literal(line))


def render_made(shown: PortfolioView) -> None:
    """The documents made last: when, by whom, what of; each can be made again."""
    st.header("Made last")
    rows = last_made(open_portfolio(), current_person(), _MADE_SHOWN)
    if not rows:
        st.markdown("No document has been made yet. What you download is listed here.")
    for number, row in enumerate(rows):
        text, button = st.columns([5, 1], gap="small", vertical_alignment="center")
        text.markdown(made_line(row, shown))
        button.download_button(
            "Make again", partial(_made, row.request, signing_person()),
            file_name=_name_now(row, shown.portfolio.revision), on_click="ignore", type="tertiary",
            mime=ZIP if row.request.kind == PACK else XLSX, key=keyed(WidgetKey.MADE, str(number)),
            help="The same document, of the data as they are now",
        )  # fmt: skip
    _watch(rows[:1])


# A download runs beside the screen and cannot tell it when it is done.
@st.fragment(run_every=_LOOK_EVERY)
def _watch(newest: tuple[MadeDocument, ...]) -> None:
    if is_outdated_list(newest):
        st.rerun()


def is_outdated_list(newest: tuple[MadeDocument, ...]) -> bool:
    """Whether another document than the one on top of the list, or than none, has been made last."""
    return last_made(open_portfolio(), current_person(), 1) != newest


def made_line(made: MadeDocument, shown: PortfolioView) -> str:
    """One document in a line of Markdown: what, of when, made when and by whom, and whether data moved on."""
    row, now = made.row, shown.portfolio.revision
    what = "Steering-committee pack" if made.request.kind == PACK else "Summary"
    text = (
        f"**{what}: {literal(_scope_words(made.request, shown))}**, data as at {date_label(row.as_of)}, "
        f"revision {row.revision}. Made {moment_text(row.made_at)} by {literal(row.by)}."
    )
    if not made.is_outdated(now):
        return text
    return f"{text} :orange[▲ The portfolio has changed since: now revision {now}.]"


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
