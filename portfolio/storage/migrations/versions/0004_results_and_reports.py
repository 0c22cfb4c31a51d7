"""Results, trainings, risks and what implementers report; one use of a preview; layouts of workbooks."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _indicators()
    _trainings()
    _reports()
    _layouts()
    with op.batch_alter_table("change_set") as change_set:
        change_set.add_column(sa.Column("token", sa.String(), nullable=True))
        change_set.create_unique_constraint(op.f("uq_change_set_token"), ["token"])
    with op.batch_alter_table("change_set_file") as file:
        file.add_column(sa.Column("corrections", sa.String(), nullable=True))


def _texts(*names: str, nullable: bool = True) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=nullable) for name in names]


def _big(*names: str, nullable: bool = True) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger(), nullable=nullable) for name in names]


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


def _not_negative(table: str, *columns: str) -> list[sa.CheckConstraint]:
    return [_rule(table, f"{column}_not_negative", f"{column} >= 0") for column in columns]


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


def _indicators() -> None:
    years = ("baseline_year", "target_year")
    _create(
        "indicator", "project",
        *_texts("level", "statement", nullable=False),
        *_texts("unit"),
        *_texts("direction", "aggregation", nullable=False),
        *_texts("library_code"),
        *_big("baseline_millionths"), *_numbers("baseline_year"),
        *_big("target_millionths"), *_numbers("target_year"),
        *_texts("baseline_text", "target_text", "verification"),
        *_numbers("position"),
        _codes("indicator", "level", "impact", "outcome", "output"),
        _codes("indicator", "direction", "up", "down", "keep"),
        _codes("indicator", "aggregation", "sum", "latest", "none"),
        *_range("indicator", 1900, 2999, *years),
    )  # fmt: skip
    own = ["indicator_key", "period", "partner_code", "sex"]
    _create(
        "indicator_value", "indicator",
        *_texts("period", nullable=False),
        sa.Column("partner_code", sa.String(3), nullable=True),
        *_texts("sex"),
        *_big("value_millionths", "numerator_millionths", "denominator_millionths"),
        *_texts("text"), *_texts("status", nullable=False), *_texts("note"),
        _codes("indicator_value", "sex", "women", "men", "not-stated"),
        _codes("indicator_value", "status", "draft", "submitted", "approved", "returned"),
        *_not_negative("indicator_value", "numerator_millionths", "denominator_millionths"),
        sa.UniqueConstraint(*own, name=op.f("uq_indicator_value_indicator_key")),
    )  # fmt: skip
    # A unique constraint takes two unknowns for different: a total could be kept twice.
    _once_without("total", "partner_code", "sex")
    _once_without("of_partner", "sex")
    _once_without("of_sex", "partner_code")


def _once_without(name: str, *unknown: str) -> None:
    kept = [column for column in ("indicator_key", "period", "partner_code", "sex") if column not in unknown]
    where = sa.text(" AND ".join(f"{column} IS NULL" for column in unknown))
    op.create_index(
        f"uq_indicator_value_{name}", "indicator_value", kept,
        unique=True, sqlite_where=where, postgresql_where=where,
    )  # fmt: skip


def _trainings() -> None:
    dates = ("held_on", "ended_on", "follow_up_on")
    counts = ("institutions_count", "women", "men", "not_stated")
    scores = ("score_before_millionths", "score_after_millionths")
    _create(
        "training", "project",
        *_texts("title", "kind", "held_on", nullable=False), *_texts("ended_on", "place"),
        sa.Column("partner_code", sa.String(3), nullable=True),
        *_texts("theme", "institutions"), *_numbers(*counts), *_big(*scores), *_texts("follow_up_on"),
        *_texts("stage", nullable=False), *_texts("used_in_case", "note"),
        _codes("training", "stage", "delivered", "learned", "applied", "institutionalised"),
        *_dates("training", *dates),
        *_range("training", 0, 1_000_000, *counts),
        *_range("training", 0, 100_000_000, *scores),
    )  # fmt: skip


def _reports() -> None:
    _create(
        "risk", "project",
        *_texts("title", nullable=False), *_texts("category"),
        *_numbers("likelihood", "impact", nullable=False), *_texts("response", "owner"),
        *_texts("status", nullable=False), *_texts("reviewed_on", "note"),
        _codes("risk", "status", "open", "closed"),
        *_dates("risk", "reviewed_on"),
        *_range("risk", 1, 5, "likelihood", "impact"),
    )  # fmt: skip
    _create(
        "receipt", "project",
        *_texts("received_on"), *_big("amount_cents", nullable=False), *_texts("note"),
        *_dates("receipt", "received_on"),
        *_not_negative("receipt", "amount_cents"),
    )  # fmt: skip
    _create(
        "assessment", "project",
        *_texts("period", "dimension", "colour", nullable=False), *_texts("comment"),
        _codes("assessment", "dimension", "time", "money", "results", "risk", "reporting"),
        _codes("assessment", "colour", "green", "amber", "red"),
        sa.UniqueConstraint(
            "project_key", "period", "dimension", name=op.f("uq_assessment_project_key")
        ),
    )  # fmt: skip
    _create(
        "narrative", "project",
        *_texts("period", "section", "text", nullable=False),
        _codes("narrative", "section", "achievements", "difficulties", "next-steps", "visibility"),
        sa.UniqueConstraint("project_key", "period", "section", name=op.f("uq_narrative_project_key")),
    )  # fmt: skip


def _layouts() -> None:
    op.create_table(
        "workbook_layout",
        *_numbers("id", nullable=False),
        *_texts("name", "fingerprint", "content", "saved_by", "saved_at", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workbook_layout")),
        sa.UniqueConstraint("name", name=op.f("uq_workbook_layout_name")),
    )
    op.create_index("ix_workbook_layout_fingerprint", "workbook_layout", ["fingerprint"])
