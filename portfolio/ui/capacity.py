"""The words and tables of the capacity ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import pandas as pd

from portfolio.dates import PartialDate, date_label
from portfolio.model.result_rows import TrainingRow
from portfolio.model.results import STAGES
from portfolio.money import format_share
from portfolio.numbers import counted, format_number
from portfolio.partners import partner_name
from portfolio.services.capacity.ledgers import (
    SEVERAL,
    FollowUp,
    Known,
    Ledger,
    end_of,
    place_code,
    score_gain,
)
from portfolio.ui.capacity_sexes import sex_not_stated, women_words
from portfolio.ui.charts import Bar
from portfolio.ui.figure_links import Tile
from portfolio.ui.tables import count_column, date_column, figure_column, text_column
from portfolio.vocabulary import codes, label

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

Columns = dict[str, "ColumnConfig | str | None"]
NO_TRAININGS = (
    "No project of this choice has a training or exercise on record. They come in with a progress report "
    "(sheet Trainings of the workbook) or are entered on the form of a project under Results; then this "
    "screen shows how far what was taught has come."
)
ATTENDANCES = (
    "Participants are attendances, not persons: no trainee is named anywhere, so somebody who came twice "
    "counts twice, and so does an institution. The stage is the one on record now. "
    "Indicators of trained people, on Results, are reported apart and need not agree with this ledger."
)
ALL_PARTNERS = "Several, or not stated"
_STATES = {
    "overdue": "overdue",
    "due": "due in 90 days",
    "later": "due later",
    "done": "done",
}


def tiles(found: Ledger) -> list[Tile]:
    """The key figures, each with what it is known for."""
    stages, total = found.stages, len(found.trainings)
    overdue, due = found.in_state("overdue"), found.in_state("due")
    projects = len({row.project_key for row in found.trainings})
    return [
        Tile("trainings", f"{total:,}", f"by {counted(projects, 'project')}"),
        Tile("trainings-learned", f"{stages['learned']:,}", f"of {total}"),
        Tile("trainings-applied", f"{stages['applied']:,}", f"of {total}"),
        Tile("trainings-institutionalised", f"{stages['institutionalised']:,}", f"of {total}"),
        Tile("attendances", known_text(found.attendances), coverage(found.attendances)),
        Tile("women-share", share_words(found.share_of_women), women_words(found)),
        Tile("institutions-reached", known_text(found.institutions), coverage(found.institutions)),
        Tile("score-gain", gain_words(found.mean_gain), f"mean of {len(found.scored)} of {total}"),
        Tile("used-in-case", f"{len(found.used):,}", f"of {total}"),
        Tile("follow-ups-overdue", f"{len(overdue):,}", f"of {total}, six months after the end"),
        Tile("follow-ups-due", f"{len(due):,}", "not yet done"),
    ]  # fmt: skip


def known_text(known: Known) -> str:
    """A sum of counts, or the word for unknown."""
    return "not stated" if known.value is None else f"{known.value:,}"


def coverage(known: Known) -> str:
    """How much of a sum is known: "known for 34 of 35 trainings"."""
    return f"known for {known.known} of {counted(known.of, 'training')}"


def share_words(share: Fraction | None) -> str:
    """A share as a percentage."""
    return "not known" if share is None else format_share(share.numerator, share.denominator)


def gain_words(gain: Fraction | None) -> str:
    """A gain of points with its sign and one decimal."""
    if gain is None:
        return "not known"
    points = format_number(round(gain / 100_000) * 100_000)
    return f"{points if points.startswith('-') else '+' + points} points"


def stage_bars(found: Ledger) -> list[Bar]:
    """The stages from the first to the last, each with what has reached at least it."""
    total = len(found.trainings)
    return [
        Bar(label("training_stage", stage), number, f"{number} of {total}")
        for stage, number in found.stages.items()
    ]


def stage_table(found: Ledger) -> pd.DataFrame:
    """One row per stage: trainings that have reached at least it."""
    return pd.DataFrame(
        {
            "stage": [label("training_stage", stage) for stage in STAGES],
            "trainings": list(found.stages.values()),
        }
    )


def stage_columns() -> Columns:
    """The columns of the stages."""
    return {
        "stage": text_column("Stage"),
        "trainings": count_column("Trainings that have reached at least it"),
    }


def place_name(code: str) -> str:
    """A partner's name, or that a training names none."""
    return ALL_PARTNERS if code == SEVERAL else partner_name(code)


def places(found: Ledger) -> list[str]:
    """The partners of the ledger by name, and last those trainings that name none."""
    present = {place_code(row) for row in found.trainings}
    return sorted(present, key=lambda code: (code == SEVERAL, place_name(code)))


def matrix(found: Ledger) -> pd.DataFrame:
    """One row per partner, one column per theme: trainings, with those applied at work in brackets."""
    themes = [*codes("pillar"), None]
    rows = {
        code: found.of(lambda row, code=code: place_code(row) == code)  # type: ignore[misc]
        for code in places(found)
    }
    table = pd.DataFrame({"partner": [place_name(code) for code in rows]})
    for theme in themes:
        cells = [_cell(part.of(lambda row: row.theme == theme)) for part in rows.values()]  # noqa: B023
        if theme is not None or any(cells):
            table[theme or "none"] = cells
    return table


def _cell(part: Ledger) -> str | None:
    if not part.trainings:
        return None
    return f"{len(part.trainings)} ({part.stages['applied']})"


def matrix_columns(table: pd.DataFrame) -> Columns:
    """The columns of the matrix: the themes."""
    found: Columns = {"partner": text_column("Partner", width=170, pinned=True)}
    for code in table.columns[1:]:
        found[code] = figure_column(label("pillar", None if code == "none" else code, "Theme not stated"))
    return found


def partner_table(found: Ledger) -> pd.DataFrame:
    """One row per partner: trainings, attendances, institutions, stages and overdue follow-ups."""
    parts = [found.of(lambda row, code=code: place_code(row) == code) for code in places(found)]  # type: ignore[misc]
    return pd.DataFrame(
        {
            "partner": [place_name(code) for code in places(found)],
            "trainings": [len(part.trainings) for part in parts],
            **{
                name: [part.sum_of(lambda row, name=name: getattr(row, name)).value for part in parts]  # type: ignore[misc]
                for name in ("participants", "women", "men")
            },
            "not_stated": [sex_not_stated(part) for part in parts],
            "institutions_count": [part.sum_of(lambda row: row.institutions_count).value for part in parts],
            **{stage: [part.stages[stage] for part in parts] for stage in STAGES[1:]},
            "overdue": [len(part.in_state("overdue")) for part in parts],
        }
    )


def partner_columns() -> Columns:
    """The columns of the partners."""
    return {
        "partner": text_column("Partner", width=170, pinned=True),
        "trainings": count_column("Trainings"),
        "participants": count_column("Attendances"),
        "women": count_column("Women"),
        "men": count_column("Men"),
        "not_stated": count_column("Sex not stated"),
        "institutions_count": count_column("Institutions"),
        **{stage: count_column(label("training_stage", stage)) for stage in STAGES[1:]},
        "overdue": count_column("Follow-ups overdue"),
    }


def ledger_table(rows: Sequence[TrainingRow], names: Mapping[str, str]) -> pd.DataFrame:
    """One row per training, the latest first."""
    return pd.DataFrame(
        {
            "held_on": [row.held_on for row in rows],
            "project": [names.get(row.project_key, row.project_key) for row in rows],
            "title": [row.title for row in rows],
            "kind": [label("training_kind", row.kind) for row in rows],
            "partner": [place_name(place_code(row)) for row in rows],
            "theme": [label("pillar", row.theme) for row in rows],
            "institutions": [row.institutions for row in rows],
            "participants": [row.participants for row in rows],
            "women": [row.women for row in rows],
            "men": [row.men for row in rows],
            "gain": [_gain(row) for row in rows],
            "stage": [label("training_stage", row.stage) for row in rows],
            "used": [row.used_in_case for row in rows],
        }
    )


def _gain(row: TrainingRow) -> str | None:
    gain = score_gain(row)
    return None if gain is None else gain_words(Fraction(gain))


def ledger_columns() -> Columns:
    """The columns of the ledger."""
    return {
        "held_on": date_column("Held on"),
        "project": text_column("Project", width=130),
        "title": text_column("Training or exercise", width=230),
        "kind": text_column("Kind", width=90),
        "partner": text_column("Partner", width=140),
        "theme": text_column("Theme", width=200),
        "institutions": text_column("Institutions", width=190),
        "participants": count_column("Attendances"),
        "women": count_column("Women"),
        "men": count_column("Men"),
        "gain": figure_column("Gain in scores"),
        "stage": text_column("Stage", width=120),
        "used": text_column("Used in a real case", width=260),
    }


def follow_up_table(found: Iterable[FollowUp], names: Mapping[str, str]) -> pd.DataFrame:
    """One row per follow-up, the longest overdue first."""
    rows = list(found)
    return pd.DataFrame(
        {
            "project": [names.get(each.training.project_key, each.training.project_key) for each in rows],
            "title": [each.training.title for each in rows],
            "ended": [str(end_of(each.training)) for each in rows],
            "due": [None if each.due is None else str(each.due) for each in rows],
            "standing": [follow_up_words(each) for each in rows],
            "stage": [label("training_stage", each.training.stage) for each in rows],
        }
    )


def follow_up_words(each: FollowUp) -> str:
    """How a follow-up stands: "overdue, 41 days"."""
    words = _STATES[each.state]
    if each.days is None:
        return words
    return (
        f"{words}, {counted(each.days, 'day')}"
        if each.state == "overdue"
        else f"in {counted(each.days, 'day')}"
    )


def follow_up_columns() -> Columns:
    """The columns of the follow-ups."""
    return {
        "project": text_column("Project", width=140),
        "title": text_column("Training or exercise", width=280),
        "ended": date_column("Ended"),
        "due": date_column("Follow-up due", "Six months after the end, as precise as the end is known"),
        "standing": text_column("Standing", width=160),
        "stage": text_column("Stage", width=120),
    }


def to_come_sentence(found: Ledger) -> str:
    """What is on record and had not certainly ended by the date; "" where there is nothing."""
    if not found.to_come:
        return ""
    day = PartialDate.parse(found.as_of.isoformat()).label
    number = counted(len(found.to_come), "training is", "trainings are")
    return f"{number} on record and had not certainly ended by {day}; not counted here."


def place_sentence(found: Ledger) -> str:
    """When the last training was held, and where."""
    if not found.trainings:
        return ""
    last = found.trainings[0]
    return f"Last held: {last.title}, {date_label(last.held_on)}, {place_name(place_code(last))}."
