"""The front page in words: its headline, its key figures, its lines and its timeline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from portfolio.dates import PartialDate, date_label
from portfolio.indicators import indicator
from portfolio.model.report_rows import OverrideRow
from portfolio.model.rows import ProjectRow
from portfolio.money import KnownSum, format_coverage, format_eur, format_eur_short, format_known
from portfolio.partners import region_name
from portfolio.services.briefings import Briefing, RunningProject
from portfolio.services.health.assessments import Difference
from portfolio.services.health.portfolios import worst_first
from portfolio.services.milestones import DUE_DAYS, MilestoneCounts
from portfolio.services.overviews import Overview
from portfolio.services.selection import PortfolioFilter
from portfolio.services.statuses import project_status
from portfolio.ui.figure_links import Tile
from portfolio.ui.health import headline as health_headline
from portfolio.ui.texts import counted, listed, mid_sentence
from portfolio.ui.timelines import Span, day_text
from portfolio.vocabulary import label

COLLECTION = (
    "This is a collection from public sources, not a complete register of EU-funded cyber projects. "
    "What no source states is shown as not stated, and never filled in."
)
PALE = "Pale ends of a bar: only the month or the year is published."


def headline(figures: Overview) -> str:
    """What ends soon and what is running, in one or two sentences."""
    running = len(figures.by_status.get("ongoing", ()))
    runs = f"{running} of {counted(figures.projects, 'project')} {'is' if running == 1 else 'are'} running"
    if not figures.ending:
        return f"No project is known to end within {figures.ends_soon_days} days; {runs}."
    first = figures.ending[0]
    ends = f"{first.project.acronym} {_ends(first.project.present_end, first.days)}"
    if len(figures.ending) == 1:
        return f"{ends}. {runs}."
    others = counted(len(figures.ending) - 1, "more project")
    return f"{ends}, and {others} within {figures.ends_soon_days} days. {runs}."


def _ends(end: str | None, days: int | None) -> str:
    if end is None:
        return "has no stated end"
    word = "on" if PartialDate.parse(end).is_day else "in"
    return f"ends {word} {date_label(end)}" + ("" if days is None else f", in {counted(days, 'day')}")


def tiles(figures: Overview) -> list[Tile]:
    """The key figures that are known at least in part; `unknown_sentence` names the others."""
    running = len(figures.by_status.get("ongoing", ()))
    found = [Tile("projects", f"{figures.projects:,}", f"{running:,} running")]
    found += [
        Tile(figure_id, format_eur_short(total.cents).removeprefix("EUR "), format_coverage(total, noun))
        for figure_id, total, noun in _money(figures)
        if total.cents is not None
    ]
    return [*found, _milestone_tile(figures.milestones)]


def _money(figures: Overview) -> list[tuple[str, KnownSum, str]]:
    money = figures.money
    return [
        ("total-budget", money.total_budget, "project"),
        ("eu-contribution", money.eu_contribution, "project"),
        ("committed", money.committed, "decision"),
        ("contracted", money.contracted, "project"),
        ("paid", money.paid, "project"),
        ("incurred", money.incurred, "project"),
    ]


def _milestone_tile(counts: MilestoneCounts) -> Tile:
    value = f"{counts.done:,} of {counts.total:,}" if counts.open else f"{counts.done:,}"
    note = f"{counts.open:,} open" if counts.open else "none open"
    return Tile("milestones-done", value, note, "Milestones reached")


def unknown_sentence(figures: Overview) -> str | None:
    """Which money figures are not known for any project; None if each is known for some."""
    names = [
        mid_sentence(indicator(figure_id).label)
        for figure_id, total, _ in _money(figures)
        if total.cents is None
    ]
    if not names:
        return None
    words = listed(names)
    return f"{words[:1].upper()}{words[1:]}: not known for any of {counted(figures.projects, 'project')}."


def partly_cyber_sentence(shown: Briefing) -> str | None:
    """Which budgets are not all cyber, and how much they are; None if there is none."""
    names = [shown.view.names[key] for key in shown.figures.partly_cyber]
    if not names:
        return None
    verb = "is" if len(names) == 1 else "are"
    amount = format_known(shown.partly_cyber)
    return f"Not all of it cyber: {listed(names)} {verb} only partly about cyber ({amount})."


def whole_budget_sentence(chosen: PortfolioFilter) -> str | None:
    """What a sum over a region's or a partner's projects is not; None if neither is chosen."""
    if not (chosen.regions or chosen.partners):
        return None
    return (
        "Sums are of whole projects, also of what they do elsewhere; the map splits them over the partners."
    )


def running_line(row: RunningProject) -> str:
    """One running project in a line: end, regions, money."""
    project = row.project
    ends = _ends(project.present_end, row.days)
    regions = ", ".join(map(region_name, project.regions)) or "region not stated"
    return f"{ends} · {regions} · {_budget(project)}"


def _budget(project: ProjectRow) -> str:
    partly = " (not all of it cyber)" if project.relevance == "partly-cyber" else ""
    if project.total_budget_cents is not None:
        return f"total budget {format_eur(project.total_budget_cents)}{partly}"
    if project.eu_contribution_cents is not None:
        return f"total budget not stated, EU contribution {format_eur(project.eu_contribution_cents)}{partly}"
    return "budget not stated"


def project_spans(projects: Iterable[ProjectRow], as_of: dt.date) -> list[Span]:
    """One bar per project with a start or an end, the first to start on top.

    A project that runs without a stated end is drawn to `as_of`; of one whose start is not stated only the
    end is drawn. Neither is certain.
    """
    spans = [span for project in projects if (span := _span(project, as_of)) is not None]
    return sorted(spans, key=lambda span: (span.start, span.end, span.label))


def _span(project: ProjectRow, as_of: dt.date) -> Span | None:
    start, end = PartialDate.of(project.start), PartialDate.of(project.present_end)
    status = project_status(project, as_of)
    text = f"{date_label(project.start)} to {date_label(project.present_end)}"
    text += f", {label('project_status', status).lower()}"
    quiet = status != "ongoing"
    if start and end:
        return Span(project.acronym, start.first, end.last, text, quiet, start.last, end.first)
    if start:
        drawn_to = max(as_of, start.last) if status == "ongoing" else start.last
        return Span(project.acronym, start.first, drawn_to, text, quiet, drawn_to, start.first)
    return Span(project.acronym, end.first, end.last, text, quiet, end.last, end.first) if end else None


def timeline_finding(shown: Briefing) -> str:
    """The finding of the timeline, with the projects whose start or end is not stated."""
    figures, day = shown.figures, day_text(shown.view.as_of)
    running = len(figures.by_status.get("ongoing", ()))
    sentences = [f"Timeline of {counted(figures.projects, 'project')}: {running} {_run(running)} on {day}."]
    dated = [row for row in shown.running if row.project.present_end]
    if dated:
        first = dated[0].project
        sentences.append(f"The next stated end: {first.acronym} {_ends(first.present_end, dated[0].days)}.")
    without = {
        "Start": [row.acronym for row in shown.view.projects if not row.start],
        "End": [row.acronym for row in shown.view.projects if not row.present_end],
    }
    sentences += [f"{what} not stated: {listed(names)}." for what, names in without.items() if names]
    return " ".join(sentences)


def _run(number: int) -> str:
    return "runs" if number == 1 else "run"


def answer(shown: Briefing) -> str:
    """The page's answer in a sentence or two: what is off track, or else what ends soon and what runs."""
    states = shown.states
    if not any(state != "grey" for state in states):
        known = f" The health of none of {'it' if len(states) == 1 else 'them'} is known." if states else ""
        return f"{headline(shown.figures)}{known}"
    ordered = worst_first(shown.view.projects, shown.health)  # names stand as in the list below
    said = health_headline([health for _, health in ordered], shown.view.names)
    counts = shown.figures.milestones
    late = f"{counts.late} late, whenever due" if counts.late else "none late"
    return f"{said} {counted(counts.due_90_days, 'milestone')} due in {DUE_DAYS} days; {late}."


def nothing_off_track(shown: Briefing) -> str:
    """What stands in place of the list where no project is red or amber."""
    grey = shown.states.count("grey")
    if not shown.states:
        return "No project of this choice is known to be running."
    if grey == len(shown.states):
        return (
            f"Of {counted(grey, 'running project')} nothing is on record that health could be computed from: "
            "not known, never taken for green."
        )
    return "No running project is red or amber."


def override_sentence(row: OverrideRow) -> str:
    """A colour that was set by hand, with its reason and the day on which it lapses."""
    scope = label("health_scope", row.dimension).lower()
    colour, until = label("rating", row.colour).lower(), date_label(row.expires_on)
    return f"Set by hand, {scope}: {colour} until {until}, because: {row.reason}"


def better_line(row: Difference) -> str:
    """Where an implementer sees itself better, with both colours."""
    dimension, own = label("health_dimension", row.own.dimension), label("rating", row.own.colour).lower()
    computed = label("rating", row.computed.colour).lower()
    return f"{dimension}: own {own} in {row.own.period}, computed {computed}."


def unknown_lines(shown: Briefing, unknown_dates: int, deadlines: int) -> list[str]:
    """What is not known, a line for each kind of thing."""
    lines = []
    running = len(shown.states)
    for row in shown.unknown:
        names = listed([shown.view.names[key] for key in row.projects], 3)
        dimension = label("health_dimension", row.dimension)
        of = f"{len(row.projects)} of {counted(running, 'running project')}"
        lines.append(f"{dimension} of {of}: {names}.")
    if unknown_dates:
        lines.append(f"Dates of {unknown_dates} of {counted(deadlines, 'deadline')}.")
    money = unknown_sentence(shown.figures)
    return [*lines, money] if money else lines
