"""The map and the years of a document: the cells of its tables, and a finding that says its number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

import pytest

from portfolio.money import format_eur_short
from portfolio.partners import designation_text, partner_name, partners, partners_of
from portfolio.services.access import LOCAL_PERSON
from portfolio.storage.engine import Database
from portfolio.summaries.content import Cell, Missing, Table
from portfolio.summaries.map_blocks import partners_map, year_columns
from portfolio.summaries.money_tables import years_section
from portfolio.summaries.place_tables import partners_section
from portfolio.summaries.scopes import ScopeKind, Subject, SummaryScope, load_subject
from tests.portfolios import copied_portfolio

AS_OF = dt.date(2026, 11, 23)
Load = Callable[..., Subject]


@pytest.fixture(scope="module")
def load(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Load]:
    folder = tmp_path_factory.mktemp("blocks")
    opened: list[Database] = []

    @cache
    def database(name: str) -> Database:
        opened.append(copied_portfolio(name, folder / f"{name}.sqlite3"))
        return opened[-1]

    @cache
    def subject(name: str, kind: ScopeKind, scope_id: str = "") -> Subject:
        return load_subject(database(name), LOCAL_PERSON, SummaryScope(kind, scope_id), as_of=AS_OF)

    yield subject
    for each in opened:
        each.engine.dispose()


def table(subject: Subject, *, years: bool = False) -> Table:
    section = years_section(subject) if years else partners_section(subject)
    return next(block for block in section.blocks if isinstance(block, Table))


def column(found: Table, key: str) -> dict[str, Cell]:
    at = found.column(key)
    return {str(row.cells[0]).removesuffix(" (suspended)"): row.cells[at] for row in found.rows}


@pytest.mark.parametrize("name", ["reference", "demo"])
@pytest.mark.parametrize(
    ("kind", "scope_id"),
    [("portfolio", ""), ("region", "western-balkans"), ("region", "southern-neighbourhood")],
)
def test_map_has_the_cells_of_the_table_of_partners(
    load: Load, name: str, kind: ScopeKind, scope_id: str
) -> None:
    subject = load(name, kind, scope_id)
    drawn = partners_map(subject)
    cells = column(table(subject), "total_budget")
    assert drawn is not None and drawn.kind == "money"
    codes = [partner.code for partner in partners().values() if partner.region in (scope_id, subject.kind)]
    assert len(drawn.values) == (22 if kind == "portfolio" else len(codes))
    for code, value in drawn.values:
        assert value == cells[partner_name(code)]
    amounts = {code: value for code, value in drawn.values if isinstance(value, int)}
    most = max(amounts, key=lambda code: amounts[code])
    said = f"The highest is {partner_name(most)} with {format_eur_short(amounts[most])} of "
    assert said + format_eur_short(sum(amounts.values())) in drawn.alt
    assert drawn.disclaimer == designation_text("map", "eu")


def test_map_says_what_it_does_not_know_and_what_is_on_no_partner(load: Load) -> None:
    drawn = partners_map(load("reference", "portfolio"))
    assert drawn is not None
    assert drawn.left_out.startswith(
        "known for 20 of 26 projects; not on the map: outside the three regions EUR"
    )
    assert "split equally (estimated)" in drawn.left_out


def test_map_names_the_partners_whose_every_amount_is_unknown(load: Load) -> None:
    subject = load("demo", "region", "western-balkans")
    serbian = [project for project in subject.projects if "SRB" in project.partner_codes]
    blank = [replace(project, total_budget_cents=None) for project in serbian]
    others = tuple(project for project in subject.projects if project not in serbian)
    drawn = partners_map(replace(subject, view=replace(subject.view, projects=(*others, *blank))))
    assert drawn is not None
    unknown = [partner_name(code) for code, value in drawn.values if value is Missing.UNKNOWN]
    assert "Serbia" in unknown
    assert f"not known for {', '.join(unknown)}" in drawn.left_out
    assert f"Not known for {len(unknown)} of 6" in drawn.alt


def test_map_of_a_partner_counts_the_projects_of_its_neighbours(load: Load) -> None:
    subject = load("reference", "partner", "XKX")
    drawn = partners_map(subject)
    assert drawn is not None and drawn.focus == ("XKX",) and drawn.kind == "count"
    assert [code for code, _ in drawn.values] == [each.code for each in partners_of("western-balkans")]
    for code, value in drawn.values:
        assert value == sum(code in project.partner_codes for project in subject.view.everything)
    assert f"Kosovo* has {dict(drawn.values)['XKX']} projects" in drawn.alt


@pytest.mark.parametrize("keep", [0, 1])
def test_nothing_to_compare_is_no_picture(load: Load, keep: int) -> None:
    subject = load("demo", "portfolio")
    alone = [project for project in subject.projects if len(project.partner_codes) == 1]
    view = replace(subject.view, projects=tuple(alone[:keep]))
    assert partners_map(replace(subject, view=view)) is None
    assert year_columns(load("reference", "partner", "XKX")) is None
    assert partners_map(load("demo", "project", subject.projects[0].key)) is None


def test_partner_outside_the_regions_has_no_map(load: Load) -> None:
    assert partners_map(load("reference", "partner", "TUR")) is None


def test_years_have_the_cells_of_the_table_of_years(load: Load) -> None:
    subject = load("demo", "portfolio")
    drawn = year_columns(subject)
    assert drawn is not None and [name for name, _ in drawn.series] == ["Paid", "Incurred"]
    for (_, values), key in zip(drawn.series, ("paid", "incurred"), strict=True):
        cells = column(table(subject, years=True), key)
        assert [value for value in values if value is not None] == [
            cells[year] for year in drawn.periods if isinstance(cells[year], int)
        ]
        amounts = dict(zip(drawn.periods, values, strict=True))
        most = max(amounts, key=lambda year: amounts[year] or 0)
        assert f"most in {most} with {format_eur_short(amounts[most])}" in drawn.alt


def test_years_say_of_how_many_projects_and_until_when(load: Load) -> None:
    subject = load("demo", "portfolio")
    drawn, sums = year_columns(subject), subject.monitoring.funds.sums["paid"]
    assert drawn is not None and sums.known < sums.of
    assert f"paid: known for {sums.known} of {sums.of} projects" in drawn.left_out
    assert drawn.left_out.endswith("2026 is counted up to 23 November 2026.")


def test_year_between_others_is_a_gap_unless_everything_is_known_and_dated(load: Load) -> None:
    subject = load("demo", "region", "western-balkans")
    funds = subject.monitoring.funds
    dated = tuple(row for row in funds.years if row.year != "2024")
    lost = next(row for row in funds.years if row.year == "2024" and row.amount == "paid")
    for missing, rows, expected in (
        (0, dated, 0),
        (1, dated, None),
        (0, (*dated, replace(lost, year=None)), None),
    ):
        paid = replace(funds.sums["paid"], known=funds.sums["paid"].of - missing)
        changed = replace(funds, years=rows, sums={**funds.sums, "paid": paid})
        drawn = year_columns(replace(subject, monitoring=replace(subject.monitoring, funds=changed)))
        assert drawn is not None and drawn.periods == ("2023", "2024", "2025", "2026")
        assert dict(drawn.series)["Paid"][1] == expected
        assert ("paid without a year: EUR" in drawn.left_out) == (rows is not dated)
