"""The partner screen's panels: the answer, projects and money, what is due, what was done, risks, context."""

from __future__ import annotations

import streamlit as st

from portfolio.dates import date_label
from portfolio.indicators import CONTEXT_SENTENCE, NOT_ADDITIVE
from portfolio.partners import OUTSIDE, partner_name, partners
from portfolio.services.gaps.coverage import NOW, coverage
from portfolio.services.partner_profiles import PartnerProfile, partner_profile, partner_records
from portfolio.services.views import PortfolioView
from portfolio.settings import ROOT
from portfolio.ui import partner_answers as answers
from portfolio.ui import partner_words as words
from portfolio.ui.cached import ask
from portfolio.ui.contexts import context_lines, known_sentence
from portfolio.ui.designations import render_designations
from portfolio.ui.figure_links import render_tiles
from portfolio.ui.links import open_project, project_link
from portfolio.ui.session import WidgetKey, current_person, session
from portfolio.ui.tables import download_csv, select_row, show_table
from portfolio.ui.texts import literal
from portfolio.vocabulary import codes, label

MAP_PAGE, GAPS_PAGE = ROOT / "pages" / "map.py", ROOT / "pages" / "gaps.py"
_RISKS_SHOWN = 8


def offered_partners(shown: PortfolioView) -> dict[str, str]:
    """Name by code: the partners of the three regions, then those elsewhere that a project names."""
    inside = [partner.code for partner in partners().values() if partner.region != OUTSIDE]
    named = {code for project in shown.everything for code in project.partner_codes} - set(inside)
    return {code: partner_name(code) for code in (*inside, *sorted(named, key=partner_name))}


def asked_partner(shown: PortfolioView) -> str | None:
    """The partner that the address names; what it names in vain is said."""
    asked = st.query_params.get(WidgetKey.PARTNER_SHOWN)
    if asked is not None and asked not in offered_partners(shown):
        st.warning(f"There is no partner '{literal(asked[:40])}' here. Choose one from the list.")
        return None
    return asked


def render_choice(shown: PortfolioView, current: str | None) -> None:
    """The list to choose a partner from; the address follows it."""
    names = offered_partners(shown)
    session.remember(WidgetKey.PARTNER_CHOICE, current)
    st.selectbox(
        "Partner", list(names), index=None, format_func=names.__getitem__, key=WidgetKey.PARTNER_CHOICE,
        on_change=_follow_choice, placeholder="Choose a partner", label_visibility="collapsed", width=360,
    )  # fmt: skip


def _follow_choice() -> None:
    code = session.text(WidgetKey.PARTNER_CHOICE)
    if code is not None:
        st.query_params[WidgetKey.PARTNER_SHOWN] = code


def render_prompt(shown: PortfolioView) -> None:
    """What to do while no partner is chosen: every one with how many projects are active there."""
    st.caption(f"Choose a partner, or open one of these. {NOT_ADDITIVE}")
    names = offered_partners(shown)
    with st.grid(4, min_column_width=180, gap="small"):
        for code, name in names.items():
            st.page_link(
                ROOT / "pages" / "partner.py",
                label=literal(answers.choice_label(name, code, shown.projects)),
                query_params={str(WidgetKey.PARTNER_SHOWN): code},
            )  # fmt: skip


def profile_of(shown: PortfolioView, code: str) -> PartnerProfile:
    """Everything active in the partner among the chosen projects."""
    return partner_profile(shown, code, ask(partner_records, current_person(), code, as_of=shown.as_of))


def render_answer(shown: PortfolioView, found: PartnerProfile) -> None:
    """The answer in a sentence, the key figures, and what has to be said of them."""
    st.markdown(f"**{literal(answers.headline(found))}**")
    if not found.shares and not shown.chosen.is_empty:
        st.caption("Clear a filter to see others.")
    render_tiles(answers.tiles(found), partner=found.code, columns=6, min_column_width=150)
    sentence = answers.estimate_sentence(found)
    if sentence:
        st.caption(literal(sentence))
    if found.regional:
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            text = "May be active here as well, partners not published, money not split:"
            st.caption(text, width="content")
            for project in found.regional:
                project_link(project)


def render_projects(found: PartnerProfile) -> None:
    """The projects with the partner's part of their money; a ticked row opens its project."""
    if not found.shares:
        return
    st.header("Projects and money")
    table = words.shares_table(found.shares)
    row = select_row(
        table, words.shares_columns(table), key=WidgetKey.PARTNER_TABLE, height="content",
        alt=f"Projects active in {partner_name(found.code)}", unknown="not known",
    )  # fmt: skip
    if row is not None:
        open_project(found.shares[row].project.key)
    with st.container(horizontal=True, vertical_alignment="center"):
        download_csv(table, f"partner-{found.code}")
        st.caption("Amounts are the partner's part, by the basis beside it. Tick a row to open its project.")


def render_pillars(shown: PortfolioView, found: PartnerProfile) -> None:
    """The pillars with and without a running project, classified by us, and the way to the gaps."""
    if found.code not in partners() or partners()[found.code].region == OUTSIDE:
        return
    cells = coverage(shown.projects, NOW, shown.as_of)
    gaps = {cell.pillar for cell in cells.gaps() if cell.place == found.code}
    covered = [label("pillar", code) for code in codes("pillar") if code not in gaps]
    missing = [label("pillar", code) for code in codes("pillar") if code in gaps]
    st.markdown(
        literal(
            f"Pillars with a running project, classified by us: {', '.join(covered) or 'none'}. "
            f"Without one that is known: {', '.join(missing) or 'none'}."
        )
    )
    with st.container(horizontal=True, gap="small"):
        st.page_link(GAPS_PAGE, label="Gaps of every partner", width="content")
        st.page_link(MAP_PAGE, label="Map", width="content")


def render_due(shown: PortfolioView, found: PartnerProfile) -> None:
    """The milestones of its projects that are late or fall due."""
    st.header("Milestones late and due")
    st.caption(literal(words.milestones_sentence(found)))
    if found.late or found.due:
        table = words.milestones_table(found, shown.names)
        show_table(
            table, words.milestones_columns(), alt=words.milestones_sentence(found), unknown="not known"
        )


def render_done(shown: PortfolioView, found: PartnerProfile) -> None:
    """The trainings that name the partner, and what indicators say of it alone."""
    st.header("Trainings")
    st.caption(literal(words.trainings_sentence(found.trainings, found.code)))
    if found.trainings:
        table = words.trainings_table(found.trainings, shown.names)
        show_table(table, words.trainings_columns(), alt="Trainings that name the partner", height="content")
        download_csv(table, f"trainings-{found.code}")
    st.header("Results by partner")
    st.caption(literal(words.values_sentence(found.values, found.code)))
    if found.values:
        values = words.values_table(found.values, shown.names)
        show_table(values, words.values_columns(), alt="What indicators say of the partner", height="content")
        download_csv(values, f"results-{found.code}")


def render_risks(shown: PortfolioView, found: PartnerProfile) -> None:
    """The open risks of its projects, the highest first."""
    st.header("Open risks of its projects")
    if not found.risks:
        st.caption("No open risk of these projects is on record.")
        return
    shown_risks = found.risks[:_RISKS_SHOWN]
    if len(found.risks) > _RISKS_SHOWN:
        st.caption(f"The {_RISKS_SHOWN} highest of {len(found.risks)}.")
    table = words.risks_table(shown_risks, shown.names)
    show_table(
        table, words.risks_columns(), alt="Open risks, the highest first", unknown="never", height="content"
    )


def render_implementers(shown: PortfolioView, found: PartnerProfile) -> None:
    """The organisations that implement its projects."""
    st.header("Implementers")
    lines = words.implementer_lines(found, shown.names)
    for line in lines:
        st.markdown(literal(line))
    if not lines:
        st.caption("No implementer of these projects is named.")


def render_context(found: PartnerProfile) -> None:
    """The context indicators with edition, date and source; never blended into a score."""
    st.header("Context")
    if not found.context:
        st.caption(literal(f"No context indicators are kept for {partner_name(found.code)}."))
        return
    st.markdown(f"{known_sentence(found.context)} {CONTEXT_SENTENCE}")
    with st.grid(2, min_column_width=240, gap="small"):
        for line in context_lines(found.context):
            st.markdown(line)


def render_notes(shown: PortfolioView, found: PartnerProfile | None) -> None:
    """Date and revision, and the designations that the partner and the titles call for."""
    st.caption(f"As of {date_label(shown.as_of.isoformat())}, revision {shown.portfolio.revision}.")
    texts = [f"{share.project.acronym} {share.project.title}" for share in found.shares] if found else []
    codes = [*offered_partners(shown), *([found.code] if found else [])]
    render_designations(shown.portfolio, codes=codes, texts=texts)
