"""The figures of gaps and overlaps that can be opened: pairs of partner and pillar, trainings that meet."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio.partners import NOT_SPLIT, OUTSIDE, partner_name
from portfolio.services.figures.breakdowns import Breakdown, FieldRef, Line, count
from portfolio.services.figures.subjects import Builder, FigureSubject
from portfolio.services.gaps.coverage import NOW, Cell, coverage, places
from portfolio.services.gaps.overlaps import Overlap, overlaps
from portfolio.storage.engine import Database
from portfolio.storage.queries.history import find_states
from portfolio.storage.queries.results import find_trainings
from portfolio.vocabulary import codes, label

Keys = Mapping[tuple[str, str], str]


def _covered(subject: FigureSubject) -> Breakdown:
    found = coverage(subject.projects, NOW, subject.as_of)
    own = [code for code in places() if code not in (OUTSIDE, NOT_SPLIT) and subject.partner in (None, code)]
    cells = [found.cell(place, pillar) for place in own for pillar in codes("pillar")]
    lines = tuple(_cell_line(subject, cell) for cell in cells if cell.running)
    return Breakdown(
        "pillars-covered", subject.label, len(lines), "count",
        f"{len(lines)} of {len(cells)} pairs of a partner and a pillar", lines,
        known=len(cells) - sum(cell.gap == "not-known" for cell in cells), of=len(cells), noun="pair",
    )  # fmt: skip


def _cell_line(subject: FigureSubject, cell: Cell) -> Line:
    parts, themes = subject.rows(_participation_keys), subject.rows(_pillar_keys)
    fields: list[FieldRef] = []
    for key in cell.running:
        fields.append(("participation", parts[key, cell.place], "partner_code"))
        fields.append(("project_pillar", themes[key, cell.pillar], "pillar"))
    names = ", ".join(subject.view.names.get(key, key) for key in cell.running)
    where = f"{partner_name(cell.place)}, {label('pillar', cell.pillar)}"
    return Line(where, 1, tuple(fields), cell.running[0] if len(cell.running) == 1 else None, names)


def _participation_keys(database: Database) -> Keys:
    return _keys(database, "participation", "partner_code")


def _pillar_keys(database: Database) -> Keys:
    return _keys(database, "project_pillar", "pillar")


def _keys(database: Database, entity: str, column: str) -> Keys:
    """The key of each record by its project and what it names: records of the form have keys of their own."""
    states = find_states(database, entity)
    return {(str(row["project_key"]), str(row[column])): key for (_, key), row in states.items()}


def _overlaps(subject: FigureSubject) -> Breakdown:
    visible = {row.key for row in subject.view.everything}
    trainings = [row for row in subject.rows(find_trainings) if row.project_key in visible]
    found = overlaps(trainings, subject.as_of, subject.keys).of_kind("institution")
    lines = tuple(
        _overlap_line(row, subject.view.names)
        for row in found
        if subject.partner is None or subject.partner in row.partner_codes
    )
    return count("overlaps", subject.label, lines, "overlap")


def _overlap_line(row: Overlap, names: Mapping[str, str]) -> Line:
    fields = tuple(
        ("training", one.key, name)
        for one in row.trainings
        for name in ("institutions", "held_on", "partner_code")
    )
    partners = ", ".join(map(partner_name, row.partner_codes))
    projects = ", ".join(names.get(key, key) for key in row.projects)
    return Line(f"{row.subject}, {partners}, {row.quarter}", 1, fields, None, projects)


GAPS: Mapping[str, Builder] = {"pillars-covered": _covered, "overlaps": _overlaps}
