"""Whatever is known of a project: overall is the worst that is known, and nothing unknown is green."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from portfolio.model.result_rows import RiskRow
from portfolio.model.rows import MilestoneRow
from portfolio.model.standing_rows import ProjectStanding, ReportStanding
from portfolio.services.health.colours import COLOURS, DIMENSIONS
from portfolio.services.health.ratings import Health, health_of
from tests.unit.health_rows import AS_OF, MONEY, PROJECT, RISK, indicator, marks
from tests.unit.rows import milestone

DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2027, 12, 31)).map(dt.date.isoformat)
# A date as it may be published: a day, a month or a year.
DATES = st.builds(lambda day, length: day[:length], DAYS, st.sampled_from([4, 7, 10]))
MILESTONES = st.builds(
    lambda baseline, forecast, contractual: milestone(
        baseline=baseline, forecast=forecast, contractual=contractual
    ),
    DATES, st.none() | DATES, st.booleans(),
)  # fmt: skip
RISKS = st.builds(
    lambda likelihood, impact, reviewed_on: replace(
        RISK, likelihood=likelihood, impact=impact, reviewed_on=reviewed_on
    ),
    st.integers(1, 5), st.integers(1, 5), st.none() | DATES,
)  # fmt: skip


@st.composite
def standings(draw: st.DrawFn) -> ProjectStanding:
    """A standing of which any part may be missing."""
    worst: MilestoneRow | None = draw(st.none() | MILESTONES)
    contractual = worst if worst is not None and worst.contractual else None
    dated = draw(st.booleans())
    risks: list[RiskRow] = draw(st.lists(RISKS, max_size=3))
    due = draw(st.none() | DATES)
    cost = draw(st.none() | st.integers(0, 3_000_000_00))
    values = draw(st.lists(st.none() | st.integers(-50_000_000, 300_000_000), max_size=3))
    return ProjectStanding(
        "p1",
        replace(MONEY, incurred_cents=cost),
        marks(worst, contractual) if dated else replace(marks(), dated_open=0),
        ReportStanding(
            "p1", entries=draw(st.integers(0, 1)), overdue=int(due is not None), longest_due_on=due
        ),
        indicators=tuple(indicator(value, key=f"i{n}") for n, value in enumerate(values)),
        open_risks=tuple(risks),
        risks=len(risks),
    )


def _health(standing: ProjectStanding, start: str = "2025-01-01") -> Health:
    return health_of(replace(PROJECT, start=start), standing, AS_OF)


@given(standings(), st.sampled_from(["2025-01-01", "2025-01", "2025"]))
def test_overall_is_the_worst_known_and_every_colour_has_a_sentence(
    standing: ProjectStanding, start: str
) -> None:
    found = _health(standing, start)
    colours = [row.colour for row in found.ratings]
    known = [colour for colour in colours if colour != "grey"]
    assert [row.dimension for row in found.ratings] == list(DIMENSIONS)
    assert found.state == (max(known, key=COLOURS.index) if known else "grey")
    assert found.unknown == colours.count("grey")
    for row in found.ratings:
        assert row.sentence.endswith(".") and ".." not in row.sentence
        assert row.sentence.startswith("Not known: ") is (row.colour == "grey")
        assert row.colour == "grey" or any(letter.isdigit() for letter in row.sentence)


@given(standings())
def test_taking_away_what_is_known_never_makes_a_dimension_green(standing: ProjectStanding) -> None:
    before = _health(standing)
    undated, unreported = replace(marks(), dated_open=0), replace(MONEY, incurred_cents=None)
    less = ProjectStanding("p1", unreported, undated, ReportStanding("p1"))
    assert [row.colour for row in _health(less).ratings] == ["grey"] * 5
    unreviewed = replace(
        standing, open_risks=tuple(replace(row, reviewed_on=None) for row in standing.open_risks)
    )
    after = _health(unreviewed).rating("risk")
    assert after is not None and (after.colour != "green" or not standing.open_risks)
    wider = _health(standing, "2025").rating("money")
    assert wider is not None
    if wider.colour == "green":
        assert before.ratings[1].colour == "green"
