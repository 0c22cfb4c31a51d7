"""The figures of the capacity ledger that can be opened: every line is one training."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from portfolio.model.result_rows import TrainingRow
from portfolio.numbers import counted, format_number
from portfolio.services.capacity.ledgers import FollowUpState, Ledger, ledger, score_gain
from portfolio.services.figures.breakdowns import Breakdown, FieldRef, Line, count, total
from portfolio.services.figures.subjects import Builder, FigureSubject
from portfolio.storage.queries.results import find_trainings

_TENTH = 100_000


def _ledger(subject: FigureSubject) -> Ledger:
    found = ledger(subject.rows(find_trainings), subject.keys, subject.as_of)
    partner = subject.partner
    return found if partner is None else found.of(lambda row: row.partner_code == partner)


def _fields(row: TrainingRow, names: Iterable[str]) -> tuple[FieldRef, ...]:
    stated = [name for name in names if getattr(row, name) is not None]
    return tuple(("training", row.key, name) for name in stated)


def _line(row: TrainingRow, value: int | Fraction | None, names: Iterable[str], remark: str = "") -> Line:
    return Line(f"{row.title}, {row.held_on}", value, _fields(row, names), row.project_key, remark)


def _counted(
    figure_id: str, rows: Callable[[Ledger], Iterable[TrainingRow]], *names: str
) -> Callable[[FigureSubject], Breakdown]:
    """A builder of the number of trainings that a rule keeps, a line each with the fields that say so."""

    def build(subject: FigureSubject) -> Breakdown:
        lines = tuple(_line(row, 1, names) for row in rows(_ledger(subject)))
        return count(figure_id, subject.label, lines, "training")

    return build


def _summed(
    figure_id: str, value: Callable[[TrainingRow], int | None], *names: str
) -> Callable[[FigureSubject], Breakdown]:
    """A builder of a sum over the trainings that state it."""

    def build(subject: FigureSubject) -> Breakdown:
        lines = tuple(
            _line(row, value(row), names, "" if value(row) is not None else "not stated")
            for row in _ledger(subject).trainings
        )
        return total(figure_id, subject.label, "count", lines, noun="training")

    return build


def women_share(subject: FigureSubject) -> Breakdown:
    """Women among women and men, over the trainings that state both."""
    found = _ledger(subject)
    parts = tuple(
        total(
            "attendances", name, "count",
            tuple(_line(row, getattr(row, name), (name,)) for row in found.both_sexes), noun="training",
        )
        for name in ("women", "men")
    )  # fmt: skip
    women, men = (part.value or 0 for part in parts)
    said = f"{women} / ({women} + {men})" if found.share_of_women is not None else ""
    return Breakdown(
        "women-share", subject.label, found.share_of_women, "share", said, (), parts, is_sum=False,
        known=len(found.both_sexes), of=len(found.trainings), noun="training",
    )  # fmt: skip


def gain(subject: FigureSubject) -> Breakdown:
    """The mean gain in points, over the trainings with both scores."""
    found = _ledger(subject)
    names = ("score_before_millionths", "score_after_millionths")
    lines = tuple(
        _line(row, score_gain(row), names, "" if score_gain(row) is not None else "a score is not stated")
        for row in found.trainings
    )
    mean = found.mean_gain
    rounded = None if mean is None else round(mean / _TENTH) * _TENTH
    said = ""
    if mean is not None:
        whole = format_number(sum(score_gain(row) or 0 for row in found.scored))
        said = f"{whole} / {counted(len(found.scored), 'training')} = {format_number(rounded)} points"
    return Breakdown(
        "score-gain", subject.label, rounded, "millionths", said, lines, is_sum=False,
        known=len(found.scored), of=len(found.trainings), noun="training",
    )  # fmt: skip


def _follow_ups(figure_id: str, state: FollowUpState) -> Callable[[FigureSubject], Breakdown]:
    def build(subject: FigureSubject) -> Breakdown:
        lines = tuple(
            _line(each.training, 1, ("ended_on", "held_on", "follow_up_on"), f"due {each.due}")
            for each in _ledger(subject).in_state(state)
        )
        return count(figure_id, subject.label, lines, "training")

    return build


CAPACITY: Mapping[str, Builder] = {
    "trainings": _counted("trainings", lambda found: found.trainings, "held_on", "ended_on"),
    "trainings-learned": _counted("trainings-learned", lambda found: found.reached("learned"), "stage"),
    "trainings-applied": _counted("trainings-applied", lambda found: found.reached("applied"), "stage"),
    "trainings-institutionalised": _counted(
        "trainings-institutionalised", lambda found: found.reached("institutionalised"), "stage"
    ),
    "attendances": _summed("attendances", lambda row: row.participants, "women", "men", "not_stated"),
    "women-share": women_share,
    "institutions-reached": _summed(
        "institutions-reached", lambda row: row.institutions_count, "institutions_count"
    ),
    "score-gain": gain,
    "used-in-case": _counted("used-in-case", lambda found: found.used, "used_in_case"),
    "follow-ups-overdue": _follow_ups("follow-ups-overdue", "overdue"),
    "follow-ups-due": _follow_ups("follow-ups-due", "due"),
}
