"""The gaps screen's words and tables: partner by pillar, the gaps pillar by pillar, and the overlaps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from portfolio.dates import date_label
from portfolio.partners import partner_name, region_name
from portfolio.services.gaps.coverage import NOW, Cell, Coverage, GapKind, pillars, places
from portfolio.services.gaps.overlaps import KINDS, Overlap, Overlaps
from portfolio.services.selection import UNKNOWN
from portfolio.ui.matrices import MatrixCell
from portfolio.ui.tables import NOT_STATED, text_column
from portfolio.ui.texts import counted, listed, literal
from portfolio.vocabulary import codes, label

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

Names = Mapping[str, str]
BUCKETS = ("outside", "regional-not-split")
GAPS: dict[GapKind, str] = {
    "none": "No running project",
    "suspended": "Suspended only",
    "not-known": "Not known",
}
SUSPENDED, NOT_KNOWN_MARK = "S", "?"


def moment_label(moment: str, as_of: dt.date) -> str:
    """A stretch of time in a list: "Running on 23 November 2026", "At some time in 2025"."""
    return f"Running on {date_label(as_of.isoformat())}" if moment == NOW else f"At some time in {moment}"


def place_names() -> dict[str, str]:
    """Name by code of the rows of the matrix."""
    return {code: region_name(code) if code in BUCKETS else partner_name(code) for code in places()}


def pillar_names() -> dict[str, str]:
    """Name by code of the columns of the matrix."""
    return {code: _pillar(code) for code in pillars()}


def _pillar(code: str) -> str:
    return "Pillar not stated" if code == UNKNOWN else label("pillar", code)


def cell_text(cell: Cell) -> str:
    """A cell in a few letters: "2", "1+1S" with a suspended one, "?" where it is not known, "0"."""
    if cell.gap == "not-known":
        return NOT_KNOWN_MARK
    suspended = f"+{len(cell.suspended)}{SUSPENDED}" if cell.suspended else ""
    return f"{len(cell.running)}{suspended}"


def cell_words(cell: Cell, names: Names) -> str:
    """A cell in a sentence, every project by name."""
    parts = []
    if cell.running:
        parts.append(f"{counted(len(cell.running), 'project')}: {_named(cell.running, names)}")
    if cell.suspended:
        parts.append(f"suspended: {_named(cell.suspended, names)}")
    if cell.possible:
        parts.append(f"not known: {_named(cell.possible, names)}")
    return "; ".join(parts) or "no running project"


def _named(keys: Iterable[str], names: Names) -> str:
    return listed([names.get(key, key) for key in keys], 8)


def matrix_cells(found: Coverage, names: Names) -> dict[tuple[str, str], MatrixCell]:
    """Every cell of the matrix by place and pillar."""
    rows, columns = place_names(), pillar_names()
    return {
        (place, pillar): MatrixCell(
            len(cell.running),
            cell_text(cell),
            f"{rows[place]}, {columns[pillar]}: {cell_words(cell, names)}",
        )
        for place in rows
        for pillar in columns
        for cell in (found.cell(place, pillar),)
    }


def matrix_table(found: Coverage, names: Names) -> pd.DataFrame:
    """One row per cell that holds anything: place, pillar, and its projects by name."""
    rows, columns = place_names(), pillar_names()
    cells = [found.cell(place, pillar) for place in rows for pillar in columns]
    return pd.DataFrame(
        {
            "place": [rows[cell.place] for cell in cells],
            "pillar": [columns[cell.pillar] for cell in cells],
            "running": [len(cell.running) for cell in cells],
            "suspended": [len(cell.suspended) for cell in cells],
            "projects": [cell_words(cell, names) for cell in cells],
        }
    )


def matrix_columns() -> dict[str, ColumnConfig | str | None]:
    """The columns of `matrix_table`."""
    return {
        "place": text_column("Partner", width=160),
        "pillar": text_column("Pillar", width=200),
        "running": text_column("Running", width=70),
        "suspended": text_column("Suspended", width=80),
        "projects": text_column("Projects"),
    }


def headline(found: Coverage, overlaps: Overlaps, as_of: dt.date) -> str:
    """How many pairs of partner and pillar have a running project and how many not, and the overlaps."""
    when = "on " + date_label(as_of.isoformat()) if found.moment == NOW else f"in {found.moment}"
    strong = overlaps.of_kind("institution")
    met = (
        f"{counted(len(strong), 'overlap')}: two projects trained the same institution in one quarter."
        if strong
        else "No two projects are known to have trained the same institution in one quarter."
    )
    return f"{_pairs(found, when)}. {met}"


def _pairs(found: Coverage, when: str) -> str:
    """Every pair in one of four groups: with a project, without, with a suspended one alone, not known."""
    gaps = [cell.gap for cell in found.gaps()]
    cells = len(codes("pillar")) * (len(places()) - len(BUCKETS))
    covered = f"{cells - len(gaps)} of {cells} pairs of partner and pillar have a project {when}"
    parts = [covered, f"{gaps.count('none')} have none"]
    if suspended := gaps.count("suspended"):
        parts.append(f"{suspended} {'has' if suspended == 1 else 'have'} a suspended one alone")
    if unknown := gaps.count("not-known"):
        parts.append(f"of {unknown} it is not known")
    return ", ".join(parts)


def gaps_table(found: Coverage) -> pd.DataFrame:
    """One row per pillar: the partners without a running project in it, those suspended, those not known."""
    gaps = found.gaps()
    return pd.DataFrame(
        {
            "pillar": [_pillar(pillar) for pillar in codes("pillar")],
            "count": [
                sum(cell.pillar == pillar and cell.gap == "none" for cell in gaps)
                for pillar in codes("pillar")
            ],
            **{
                kind.replace("-", "_"): [_partners(gaps, pillar, kind) for pillar in codes("pillar")]
                for kind in GAPS
            },
        }
    )


def gap_lines(found: Coverage) -> list[str]:
    """One line of Markdown per pillar: the partners without a running project in it, and why."""
    table = gaps_table(found)
    lines = []
    for _, row in table.iterrows():
        said = [f"{row['none']}"] if row["count"] else ["none without"]
        said += [f"suspended only: {row['suspended']}"] if row["suspended"] != "none" else []
        said += [f"not known: {row['not_known']}"] if row["not_known"] != "none" else []
        lines.append(f"**{literal(row['pillar'])}** ({row['count']}): {literal('; '.join(said))}")
    return lines


def _partners(gaps: Iterable[Cell], pillar: str, kind: GapKind) -> str:
    found = [partner_name(cell.place) for cell in gaps if (cell.pillar, cell.gap) == (pillar, kind)]
    if len(found) == len(places()) - len(BUCKETS):
        return "every partner"
    return ", ".join(found) or "none"


def unknown_sentences(found: Coverage, names: Names) -> list[str]:
    """What the matrix cannot know, each in a sentence."""
    said = [
        "The pillars of projects are classified by us, with one sentence of reasons on each project's screen."
    ]
    for keys, words in (
        (found.without_partner, "without published partners, in the row Regional, not split"),
        (found.without_pillar, "without a pillar"),
        (found.uncertain, "of which the dates do not tell whether it ran"),
    ):
        if keys:
            said.append(f"{counted(len(keys), 'project')} {words}: {_named(keys, names)}.")
    return said


def overlaps_table(found: Iterable[Overlap], names: Names) -> pd.DataFrame:
    """One row per overlap: how strong, when, what, where, which projects with which trainings."""
    rows = list(found)
    return pd.DataFrame(
        {
            "kind": [KINDS[row.kind] for row in rows],
            "quarter": [row.quarter for row in rows],
            "subject": [label("pillar", row.subject) if row.kind == "theme" else row.subject for row in rows],
            "partners": [", ".join(map(partner_name, row.partner_codes)) or NOT_STATED for row in rows],
            "projects": [", ".join(names.get(key, key) for key in row.projects) for row in rows],
            "trainings": [
                "; ".join(f"{one.title} ({date_label(one.held_on)})" for one in row.trainings) for row in rows
            ],
        }
    )


def overlaps_columns() -> dict[str, ColumnConfig | str | None]:
    """The columns of `overlaps_table`."""
    return {
        "kind": text_column("How sure", width=190),
        "quarter": text_column("Quarter", width=85),
        "subject": text_column("Institution or theme", width=220),
        "partners": text_column("Partners", width=130),
        "projects": text_column("Projects", width=160),
        "trainings": text_column("Trainings"),
    }


def overlaps_sentence(found: Overlaps) -> str:
    """What was compared and what could not be."""
    if not found.trainings:
        return "No training is on record, so no overlap can be found."
    counts = ", ".join(
        f"{name[:1].lower()}{name[1:]}: {len(found.of_kind(kind))}" for kind, name in KINDS.items()
    )
    return (
        f"{counted(found.trainings, 'training')} compared; {counts}. {found.without_institution} without an "
        f"institution, {found.without_quarter} without a month. Names are compared without case and accents. "
        "The same name in two partners, and the same theme in one partner, are hints and no more."
    )
