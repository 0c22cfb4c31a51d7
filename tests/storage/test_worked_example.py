"""The worked example: its inputs stand in the data, its arithmetic is right, the program says the same."""

from __future__ import annotations

import ast
import csv
import operator
import re
from dataclasses import dataclass
from fractions import Fraction

import pytest

from portfolio.indicators import indicators
from portfolio.money import format_eur
from portfolio.partners import partner_name
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.deadlines.calendars import load_deadlines
from portfolio.services.figures.breakdowns import Breakdown
from portfolio.services.figures.ledgers import load_ledger
from portfolio.services.figures.openings import figure_subject
from portfolio.services.figures.registry import builders
from portfolio.services.figures.subjects import FigureSubject
from portfolio.services.figures.values import value_words
from portfolio.services.funds.forecasts import forecast, left_at_end
from portfolio.services.health.assessments import load_differences
from portfolio.services.health.portfolios import load_health
from portfolio.services.results.progress import indicator_progress
from portfolio.services.standings import load_standings
from portfolio.settings import DATA_DIR, ROOT
from tests.portfolios import copied_portfolio

PROJECT = "hail-maple"
_ROW = re.compile(r"^\| ([^|]+) \(`([^`]+)`\) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$")
_INPUT = re.compile(r"`(\w+)\.csv:(\d+)` ([^;]+)")
# What is worked out again: an amount, a rate, points, days or a plain number; no date and no colour.
_NUMBER = re.compile(r"-?(EUR )?-?[\d,.]+( %| points| days?)?")
_ARITHMETIC = re.compile(r"^[\d,. ()+*/-]+$")
_OPERATIONS = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip
# Figures of money that this project has nothing for: it is not off-budget, and its pillars have shares.
NOT_IN_IT = {"off-budget", "themes-not-split"}


@dataclass(frozen=True)
class Row:
    """One line of the document."""

    id: str
    inputs: str
    by_hand: str
    result: str


def document_rows() -> list[Row]:
    text = (ROOT / "docs" / "worked-example.md").read_text(encoding="utf-8")
    found = [_ROW.match(line) for line in text.splitlines()]
    return [Row(match[2], match[3], match[4], match[5].strip()) for match in found if match]


ROWS = document_rows()


def worked_out(expression: str) -> Fraction:
    """The exact value of plain arithmetic."""

    def value(node: ast.expr) -> Fraction:
        if isinstance(node, ast.BinOp):
            result: Fraction = _OPERATIONS[type(node.op)](value(node.left), value(node.right))
            return result
        assert isinstance(node, ast.Constant)
        return Fraction(str(node.value))

    return value(ast.parse(expression.replace(",", ""), mode="eval").body)


def printed_number(result: str) -> tuple[Fraction, int]:
    """The number in a result, and with how many decimals it is printed."""
    match = re.search(r"(-?)(?:EUR )?(-?[\d,]+(?:\.(\d+))?)", result)
    assert match is not None
    number = Fraction(match[2].replace(",", "")) * (-1 if match[1] else 1)
    return number, len(match[3] or "")


def test_the_document_has_every_figure_of_money_every_deadline_and_every_colour(
    answers: dict[str, str],
) -> None:
    written = {row.id for row in ROWS}
    assert len(ROWS) == len(written) > 80
    money = {entry.id for entry in indicators() if entry.group == "Money"} - NOT_IN_IT
    assert money - written == set()
    wanted = {name for name in answers if name.startswith(("deadline/", "health/"))}
    assert wanted - written == set()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_inputs_stand_where_the_document_says(row: Row) -> None:
    found = _INPUT.findall(row.inputs)
    assert found
    for name, number, values in found:
        lines = (DATA_DIR / "demo" / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        fields = next(csv.reader([lines[int(number) - 1]]))
        missing = [value for value in values.strip().split(" + ") if value not in fields]
        assert missing == [], f"{name}.csv:{number} has {fields}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_arithmetic_by_hand_is_right(row: Row) -> None:
    expression = row.by_hand.split(";")[0].strip()
    if _NUMBER.fullmatch(row.result):
        assert _ARITHMETIC.match(expression)
        number, decimals = printed_number(row.result)
        assert abs(worked_out(expression) - number) <= Fraction(1, 2 * 10**decimals)


@pytest.fixture(scope="module")
def subject(tmp_path_factory: pytest.TempPathFactory) -> FigureSubject:
    database = copied_portfolio("demo", tmp_path_factory.mktemp("example") / "demo.sqlite3")
    return figure_subject(database, LOCAL_PERSON, project_key=PROJECT)


@pytest.fixture(scope="module")
def answers(subject: FigureSubject) -> dict[str, str]:
    """What the program says, by the ids of the document."""
    opened = {figure_id: build(subject) for figure_id, build in builders().items()}
    said = {figure_id: value_words(found.value, found.unit) for figure_id, found in opened.items()}
    for name in ("committed", "left-to-contract"):
        said[name] = value_words(opened[name].lines[0].value, "text")
    said |= records(opened) | forecasts(subject) | expected(subject)
    return said | deadlines(subject) | healths(subject)


def records(opened: dict[str, Breakdown]) -> dict[str, str]:
    """The figures that each record has for itself, under the last part of its key."""
    said = {}
    for figure_id in ("slip-days", "late-days", "results-progress"):
        for line in opened[figure_id].lines:
            key = next(key for entity, key, _ in line.fields if entity in ("milestone", "indicator"))
            said[f"{figure_id}/{key.split('/')[1]}"] = value_words(line.value, opened[figure_id].unit)
    for figure_id in ("budget-split", "eu-split", "paid-split", "incurred-split"):
        for code in ("BIH", "XKX", "SRB"):
            line = next(row for row in opened[figure_id].lines if row.label == partner_name(code))
            said[f"{figure_id}/{code}"] = value_words(line.value, "eur")
    return said


def forecasts(subject: FigureSubject) -> dict[str, str]:
    costs: dict[str, int] = {}
    for row in subject.once(load_ledger).costs[PROJECT]:
        costs[row.period] = costs.get(row.period, 0) + row.amount_cents
    money = subject.view.money[PROJECT]
    made = forecast(subject.projects[0], money, costs, subject.as_of)
    amounts = {"low": made.low_cents, "high": made.high_cents, "left": left_at_end(made, money)}
    said = {f"forecast/{name}": format_eur(cents) for name, cents in amounts.items()}
    return said | {f"incurred/{period}": format_eur(cents) for period, cents in costs.items()}


def deadlines(subject: FigureSubject) -> dict[str, str]:
    calendar = load_deadlines(subject.database, LOCAL_PERSON, as_of=subject.as_of).of({PROJECT})
    said = {f"deadline/{row.code}": row.when for row in calendar.deadlines}
    said |= {f"report/{row.key.split('/')[1]}": row.state for row in calendar.reports}
    return said | {"misfits": str(len(calendar.misfits))}


def healths(subject: FigureSubject) -> dict[str, str]:
    found = load_health(subject.database, LOCAL_PERSON, as_of=subject.as_of)[PROJECT]
    differing = [
        row.own.dimension
        for row in load_differences(subject.database, LOCAL_PERSON, as_of=subject.as_of)
        if row.project_key == PROJECT
    ]
    said = {f"health/{rating.dimension}": str(rating.colour) for rating in found.ratings}
    return said | {
        "health/overall": str(found.state),
        "health/unknown": str(found.unknown),
        "health/override": ", ".join(f"{row.dimension} {row.colour}" for row in found.overrides),
        "health/differences": ", ".join(differing),
    }


def expected(subject: FigureSubject) -> dict[str, str]:
    as_of = subject.as_of
    standing = load_standings(subject.database, LOCAL_PERSON, as_of=as_of)[PROJECT]
    found = {row.indicator.key: indicator_progress(row, as_of).expected for row in standing.indicators}
    return {
        f"expected/{key.split('/')[1]}": f"{float(value / 1_000_000):.1f}"
        for key, value in found.items()
        if value is not None
    }


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_the_program_says_what_was_worked_out_by_hand(row: Row, answers: dict[str, str]) -> None:
    assert answers[row.id] == row.result
