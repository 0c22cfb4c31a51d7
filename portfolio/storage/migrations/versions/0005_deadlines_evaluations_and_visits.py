"""Clearings, forecasts, deadlines, the reporting calendar, evaluations, markers, overrides, reviews, visits."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _money()
    _reporting()
    _evaluations()
    _markers()
    _reviews()
    op.create_table(
        "visit",
        *_numbers("id", nullable=False),
        *_texts("person", "seen_at", nullable=False),
        *_numbers("revision", nullable=False),
        *_texts("as_of", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index("ix_visit_person", "visit", ["person"])


def _texts(*names: str, nullable: bool = True) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=nullable) for name in names]


def _amount() -> sa.Column[int]:
    return sa.Column("amount_cents", sa.BigInteger(), nullable=False)


def _numbers(*names: str, nullable: bool = True) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=nullable) for name in names]


def _rule(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _dates(table: str, *columns: str) -> list[sa.CheckConstraint]:
    shapes = "\"{0}\" LIKE '____' OR \"{0}\" LIKE '____-__' OR \"{0}\" LIKE '____-__-__'"
    rule = '"{0}" IS NULL OR ("{0}" <= \'9999-12-31\' AND (' + shapes + "))"
    return [_rule(table, f"{column}_date", rule.format(column)) for column in columns]


def _codes(table: str, column: str, *codes: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{code}'" for code in codes)
    return _rule(table, f"{column}_code", f"{column} IN ({listed})")


def _range(table: str, first: int, last: int, *columns: str) -> list[sa.CheckConstraint]:
    return [_rule(table, f"{column}_range", f"{column} BETWEEN {first} AND {last}") for column in columns]


def _not_negative(table: str) -> sa.CheckConstraint:
    return _rule(table, "amount_cents_not_negative", "amount_cents >= 0")


def _once(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{columns[0]}"))


def _create(table: str, parent: str, *parts: sa.Column[str] | sa.Column[int] | sa.Constraint) -> None:
    """A table of records that belong to a record of `parent`."""
    own = f"{parent}_key"
    op.create_table(
        table,
        *_texts("key", own, nullable=False),
        *parts,
        sa.ForeignKeyConstraint([own], [f"{parent}.key"], name=op.f(f"fk_{table}_{own}_{parent}")),
        sa.PrimaryKeyConstraint("key", name=op.f(f"pk_{table}")),
    )
    op.create_index(f"ix_{table}_{own}", table, [own])


def _money() -> None:
    _create(
        "clearing", "contract",
        *_texts("cleared_on"), _amount(), *_texts("note"),
        *_dates("clearing", "cleared_on"), _not_negative("clearing"),
    )  # fmt: skip
    _create(
        "cost_forecast", "project",
        *_texts("period", nullable=False), _amount(), *_texts("note"),
        _not_negative("cost_forecast"), _once("cost_forecast", "project_key", "period"),
    )  # fmt: skip
    _create(
        "contract_deadline", "contract",
        *_texts("rule", "due_on", nullable=False), *_texts("note"),
        *_dates("contract_deadline", "due_on"), _once("contract_deadline", "contract_key", "rule"),
    )  # fmt: skip


def _reporting() -> None:
    dates = ("due_on", "received_on", "approved_on")
    _create(
        "report_due", "project",
        *_texts("kind", nullable=False), *_texts("period"), *_texts("due_on", nullable=False),
        *_texts("received_on", "approved_on", "note"),
        _codes("report_due", "kind", "inception", "progress", "interim", "final", "financial"),
        *_dates("report_due", *dates),
    )  # fmt: skip


def _evaluations() -> None:
    criteria = ("relevance", "coherence", "efficiency", "effectiveness", "impact", "sustainability")
    _create(
        "evaluation", "project",
        *_texts("kind", "title", nullable=False),
        *_texts("carried_out_on", "evaluator", "report_url", "note"),
        _codes("evaluation", "kind", "rom-review", "mid-term", "final", "ex-post"),
        *_dates("evaluation", "carried_out_on"),
    )  # fmt: skip
    _create(
        "evaluation_score", "evaluation",
        *_texts("criterion", nullable=False), *_numbers("score", nullable=False), *_texts("comment"),
        _codes("evaluation_score", "criterion", *criteria),
        *_range("evaluation_score", 1, 4, "score"),
        _once("evaluation_score", "evaluation_key", "criterion"),
    )  # fmt: skip
    _create(
        "recommendation", "evaluation",
        *_numbers("number", nullable=False), *_texts("text", nullable=False),
        *_texts("response", "response_note", "owner", "due_on", "done_on"),
        _codes("recommendation", "response", "accepted", "partly-accepted", "rejected"),
        *_dates("recommendation", "due_on", "done_on"),
        _once("recommendation", "evaluation_key", "number"),
    )  # fmt: skip


def _markers() -> None:
    _create(
        "project_marker", "project",
        *_texts("marker", nullable=False), *_numbers("score", nullable=False), *_texts("rationale"),
        *_range("project_marker", 0, 2, "score"),
        _once("project_marker", "project_key", "marker"),
    )  # fmt: skip


def _reviews() -> None:
    days = "decided_on LIKE '____-__-__' AND expires_on LIKE '____-__-__' AND expires_on > decided_on"
    _create(
        "health_override", "project",
        *_texts("dimension", "colour", "reason", "decided_on", "expires_on", nullable=False),
        _codes("health_override", "dimension", "time", "money", "results", "risk", "reporting", "overall"),
        _codes("health_override", "colour", "green", "amber", "red"),
        _rule("health_override", "expires_on_later", days),
    )  # fmt: skip
    _create(
        "risk_review", "risk",
        *_texts("reviewed_on", nullable=False),
        *_numbers("likelihood", "impact", nullable=False), *_texts("note"),
        *_range("risk_review", 1, 5, "likelihood", "impact"),
        *_dates("risk_review", "reviewed_on"),
        _once("risk_review", "risk_key", "reviewed_on"),
    )  # fmt: skip
