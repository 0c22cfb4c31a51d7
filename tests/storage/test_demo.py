"""The demonstration portfolio: complete and consistent."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import pytest

from portfolio.dates import PartialDate
from portfolio.model.entities import INPUTS
from portfolio.model.fields import MILLION
from portfolio.model.rows import RecordState
from portfolio.partners import partners, region_of
from portfolio.services.rules import check_records
from portfolio.services.statuses import project_status
from portfolio.settings import DATA_DIR, Settings
from portfolio.storage.demo import demo_change_set
from portfolio.storage.engine import Database
from portfolio.storage.queries.history import find_change_sets, find_states
from portfolio.storage.queries.money import find_money
from portfolio.storage.queries.portfolios import count_records, get_portfolio
from portfolio.storage.queries.projects import find_projects
from portfolio.storage.queries.records import find_project_records
from portfolio.storage.setup import ensure_database
from portfolio.vocabulary import codes
from tests.portfolios import copied_portfolio

AS_OF = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The demonstration portfolio, loaded once for all tests that only read."""
    database = copied_portfolio("demo", tmp_path_factory.mktemp("demo") / "demo.sqlite3")
    yield database
    database.engine.dispose()


def records(database: Database, entity: str) -> dict[str, RecordState]:
    found = {key: state for (_, key), state in find_states(database, entity).items()}
    assert found, f"no {entity}: what holds for each of none says nothing"
    return found


def day(record: RecordState, field: str) -> dt.date:
    return PartialDate.parse(str(record[field])).first


def amount(record: RecordState, field: str) -> int:
    value = record[field]
    assert isinstance(value, int)
    return value


def present_amounts(database: Database, contract: RecordState) -> tuple[int, int]:
    """EU contribution and total cost of a contract after its latest amendment that names them."""
    amendments = [
        row
        for row in records(database, "amendment").values()
        if row["contract_key"] == contract["key"] and row["new_total_cents"] is not None
    ]
    if not amendments:
        return (amount(contract, "eu_contribution_cents"), amount(contract, "total_cents"))
    latest = max(amendments, key=lambda row: amount(row, "number"))
    return (amount(latest, "new_eu_contribution_cents"), amount(latest, "new_total_cents"))


# --- loading ---------------------------------------------------------------------------------------------
def test_demo_change_set_twice_is_identical() -> None:
    assert demo_change_set() == demo_change_set()


def test_demo_loads_on_every_engine_and_stands_still(database_url: str) -> None:
    database = ensure_database(Settings("demo", database_url, name_is_chosen=True))
    assert get_portfolio(database).fixed_as_of == AS_OF.isoformat()
    (change_set,) = find_change_sets(database)
    assert (change_set.revision, change_set.by, change_set.reason) == (
        1, "demonstration", "Demonstration portfolio: fictional",
    )  # fmt: skip
    assert change_set.changes == len(demo_change_set().changes)


def test_demo_every_file_is_a_table_and_every_table_is_filled(demo: Database) -> None:
    assert {path.stem for path in (DATA_DIR / "demo").glob("*.csv")} == set(INPUTS)
    counts = count_records(demo)
    assert [entity for entity in INPUTS if not counts[entity]] == []
    assert counts["project"] == 20


def test_demo_every_field_of_every_table_is_used(demo: Database) -> None:
    unused = [
        (entity, field)
        for entity in INPUTS
        for field in INPUTS[entity].model_fields
        if all(record[field] is None for record in records(demo, entity).values())
    ]
    # An archived project would leave every screen, and with it the reason to look at the demonstration.
    assert unused == [("project", "archived_on")]


# --- variety ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("entity", "field", "vocabulary"),
    [
        ("contract", "type", "contract_type"),
        ("amendment", "kind", "amendment_kind"),
        ("payment", "kind", "payment_kind"),
        ("incurred_cost", "heading", "budget_heading"),
        ("milestone", "status", "milestone_status"),
        ("milestone", "about", "milestone_about"),
        ("published_figure", "nature", "figure_nature"),
        ("evidence", "basis", "basis"),
        ("project", "focus", "focus"),
        ("project", "relevance", "relevance"),
        ("project", "service", "service"),
        ("project", "institution_profile", "profiles"),
        ("project_pillar", "pillar", "pillar"),
        ("project_organisation", "role", "organisation_role"),
        ("organisation", "type", "organisation_type"),
        ("project_reference", "kind", "reference_kind"),
        ("context_indicator", "indicator", "context_indicator"),
        ("indicator", "level", "indicator_level"),
        ("indicator", "direction", "direction"),
        ("indicator", "aggregation", "aggregation"),
        ("indicator_value", "sex", "sex"),
        ("indicator_value", "status", "value_status"),
        ("training", "kind", "training_kind"),
        ("training", "theme", "pillar"),
        ("training", "stage", "training_stage"),
        ("risk", "category", "risk_category"),
        ("risk", "status", "risk_status"),
        ("assessment", "dimension", "health_dimension"),
        ("assessment", "colour", "rating"),
        ("narrative", "section", "narrative_section"),
        ("report_due", "kind", "report_kind"),
        ("evaluation", "kind", "evaluation_kind"),
        ("evaluation_score", "criterion", "evaluation_criterion"),
        ("recommendation", "response", "recommendation_response"),
    ],
)
def test_demo_uses_every_code(demo: Database, entity: str, field: str, vocabulary: str) -> None:
    used = {record[field] for record in records(demo, entity).values()} - {None}
    assert used == set(codes(vocabulary))


def test_demo_statuses_and_places(demo: Database) -> None:
    projects = {project.key: project for project in find_projects(demo)}
    statuses = Counter(project_status(project, AS_OF) for project in projects.values())
    assert statuses == {"ongoing": 16, "closed": 2, "planned": 1, "unknown": 1}
    taking_part = {code for project in projects.values() for code in project.partner_codes}
    assert taking_part == set(partners()) - {"HRV"}
    assert region_of("TUR") == "outside"
    assert "TUR" in projects["breeze-olive"].partner_codes
    assert projects["sirocco-fig"].regions == ("eastern-neighbourhood", "southern-neighbourhood")
    assert (projects["dew-poplar"].regions, projects["dew-poplar"].participations) == (
        ("eastern-neighbourhood",), (),
    )  # fmt: skip
    assert [key for key, project in projects.items() if project.instrument == "EPF"] == ["snow-spruce"]


def test_demo_periods_run_from_2023_to_the_last_half_year(demo: Database) -> None:
    periods = {record["period"] for record in records(demo, "incurred_cost").values()}
    assert periods == {f"{year}-S{half}" for year in range(2023, 2027) for half in (1, 2)} - {"2026-S2"}


# --- amounts ---------------------------------------------------------------------------------------------
def test_demo_eu_and_other_contributions_make_the_total(demo: Database) -> None:
    for contract in records(demo, "contract").values():
        parts = amount(contract, "eu_contribution_cents") + amount(contract, "other_contributions_cents")
        assert parts == contract["total_cents"], contract["key"]
    others: Counter[str] = Counter()
    for contribution in records(demo, "contribution").values():
        others[str(contribution["project_key"])] += amount(contribution, "amount_cents")
    for key, project in records(demo, "project").items():
        if key != "cloud-yew":
            parts = amount(project, "eu_contribution_cents") + others[key]
            assert parts == project["total_budget_cents"], key


def test_demo_only_the_undescribed_project_has_no_published_money(demo: Database) -> None:
    unknown = [
        key
        for key, project in records(demo, "project").items()
        if project["total_budget_cents"] is None or project["eu_contribution_cents"] is None
    ]
    assert unknown == ["cloud-yew"]


def test_demo_contracts_make_the_budget_of_their_project(demo: Database) -> None:
    sums: dict[str, tuple[int, int]] = {}
    for contract in records(demo, "contract").values():
        eu, total = present_amounts(demo, contract)
        known = sums.get(str(contract["project_key"]), (0, 0))
        sums[str(contract["project_key"])] = (known[0] + eu, known[1] + total)
    for key, project in records(demo, "project").items():
        if key not in ("cloud-yew", "dawn-linden"):
            assert sums[key] == (project["eu_contribution_cents"], project["total_budget_cents"]), key
    assert "dawn-linden" not in sums  # planned, nothing signed


def test_demo_payments_stay_within_the_contract(demo: Database) -> None:
    paid: Counter[str] = Counter()
    for payment in records(demo, "payment").values():
        sign = -1 if payment["kind"] == "recovery" else 1
        paid[str(payment["contract_key"])] += sign * amount(payment, "amount_cents")
        assert day(payment, "paid_on") <= AS_OF
    for key, contract in records(demo, "contract").items():
        assert 0 <= paid[key] <= present_amounts(demo, contract)[0], key


def test_demo_commitments_cover_what_was_contracted(demo: Database) -> None:
    contracted: Counter[str] = Counter()
    for contract in records(demo, "contract").values():
        contracted[str(contract["decision_key"])] += present_amounts(demo, contract)[0]
    for key, decision in records(demo, "financing_decision").items():
        net = amount(decision, "committed_cents") - amount(decision, "decommitted_cents")
        assert contracted[key] <= net, key


def test_demo_closed_project_was_paid_its_eu_share_of_the_cost(demo: Database) -> None:
    money = find_money(demo)["autumn-pine"]
    assert (money.incurred_cents, money.paid_cents) == (1_520_000_00, 1_368_000_00)  # 90 % of the cost


def test_demo_shares_add_up_where_they_are_declared(demo: Database) -> None:
    for entity in ("participation", "project_pillar"):
        shares: dict[str, list[object]] = {}
        for record in records(demo, entity).values():
            shares.setdefault(str(record["project_key"]), []).append(record["share_millionths"])
        declared = {key: listed for key, listed in shares.items() if listed != [None] * len(listed)}
        assert declared and len(declared) < len(shares), "some with shares, some without"
        for key, listed in declared.items():
            assert sum(share for share in listed if isinstance(share, int)) == MILLION, (entity, key)


def test_demo_contradicts_itself_nowhere(demo: Database) -> None:
    """Its stories are about projects, not about slips of whoever entered them."""
    found = [
        (key, finding.code, finding.record)
        for key in records(demo, "project")
        for finding in check_records(find_project_records(demo, key), AS_OF)
    ]
    assert found == []


# --- dates -----------------------------------------------------------------------------------------------
def test_demo_dates_are_in_order(demo: Database) -> None:
    for contract in records(demo, "contract").values():
        assert day(contract, "signed_on") <= day(contract, "start") < day(contract, "end"), contract["key"]
    for agreement in records(demo, "financing_agreement").values():
        decision = records(demo, "financing_decision")[str(agreement["decision_key"])]
        decided, signed = day(decision, "decided_on"), day(agreement, "signed_on")
        assert decided < signed < day(agreement, "end_of_implementation")
        # N+1: concluded by 31 December of the year after the commitment.
        assert signed.year <= decided.year + 1
    for milestone in records(demo, "milestone").values():
        assert (milestone["status"] == "done") == (milestone["actual"] is not None), milestone["key"]
        if milestone["actual"] is not None:
            assert day(milestone, "actual") <= AS_OF, milestone["key"]


def test_demo_project_ends_are_those_of_the_amendments(demo: Database) -> None:
    amended = {project.key: project for project in find_projects(demo) if project.amended_end is not None}
    assert set(amended) == {"rain-willow", "hail-maple", "gale-juniper", "autumn-pine"}
    for project in amended.values():
        assert project.end_current == project.amended_end, project.key
        assert (project.end_original or "") < project.amended_end, project.key


# --- evidence --------------------------------------------------------------------------------------------
def test_demo_evidence_names_records_fields_and_sources_of_its_project(demo: Database) -> None:
    states = find_states(demo)
    for evidence in records(demo, "evidence").values():
        entity, key = str(evidence["entity"]), str(evidence["record_key"])
        record = states[entity, key]
        assert evidence["field"] in {*record, "partners"}, evidence["key"]
        source = states["source", str(evidence["source_key"])]
        assert source["project_key"] == record.get("project_key", key), evidence["key"]


def test_demo_every_actual_date_and_figure_of_a_described_project_has_a_source(demo: Database) -> None:
    covered = {(row["entity"], row["record_key"], row["field"]) for row in records(demo, "evidence").values()}
    for key, milestone in records(demo, "milestone").items():
        assert (("milestone", key, "actual") in covered) == (milestone["actual"] is not None), key
    for key in records(demo, "published_figure"):
        assert ("published_figure", key, "number") in covered, key
