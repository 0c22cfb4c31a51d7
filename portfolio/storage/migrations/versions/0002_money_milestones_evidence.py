"""Money, milestones, published figures, and where every figure comes from."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "context_indicator",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("partner_code", sa.String(3), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("as_of", sa.String(), nullable=True),
        sa.Column("source_url", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            '"as_of" IS NULL OR ("as_of" <= \'9999-12-31\' AND ("as_of" LIKE \'____\' OR "as_of" LIKE \'____-__\' OR "as_of" LIKE \'____-__-__\'))',
            name=op.f("ck_context_indicator_as_of_date"),
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_context_indicator")),
        sa.UniqueConstraint("partner_code", "indicator", name=op.f("uq_context_indicator_partner_code")),
    )
    op.create_index("ix_context_indicator_partner_code", "context_indicator", ["partner_code"])
    op.create_table(
        "financing_decision",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("instrument", sa.String(), nullable=True),
        sa.Column("decided_on", sa.String(), nullable=True),
        sa.Column("committed_cents", sa.BigInteger(), nullable=True),
        sa.Column("decommitted_cents", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            '"decided_on" IS NULL OR ("decided_on" <= \'9999-12-31\' AND ("decided_on" LIKE \'____\' OR "decided_on" LIKE \'____-__\' OR "decided_on" LIKE \'____-__-__\'))',
            name=op.f("ck_financing_decision_decided_on_date"),
        ),
        sa.CheckConstraint(
            "committed_cents >= 0", name=op.f("ck_financing_decision_committed_cents_not_negative")
        ),
        sa.CheckConstraint(
            "decommitted_cents >= 0", name=op.f("ck_financing_decision_decommitted_cents_not_negative")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_financing_decision")),
    )
    op.create_table(
        "contract",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("project_key", sa.String(), nullable=False),
        sa.Column("decision_key", sa.String(), nullable=True),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=True),
        sa.Column("signed_on", sa.String(), nullable=True),
        sa.Column("start", sa.String(), nullable=True),
        sa.Column("end", sa.String(), nullable=True),
        sa.Column("eu_contribution_cents", sa.BigInteger(), nullable=True),
        sa.Column("other_contributions_cents", sa.BigInteger(), nullable=True),
        sa.Column("total_cents", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            '"end" IS NULL OR ("end" <= \'9999-12-31\' AND ("end" LIKE \'____\' OR "end" LIKE \'____-__\' OR "end" LIKE \'____-__-__\'))',
            name=op.f("ck_contract_end_date"),
        ),
        sa.CheckConstraint(
            '"signed_on" IS NULL OR ("signed_on" <= \'9999-12-31\' AND ("signed_on" LIKE \'____\' OR "signed_on" LIKE \'____-__\' OR "signed_on" LIKE \'____-__-__\'))',
            name=op.f("ck_contract_signed_on_date"),
        ),
        sa.CheckConstraint(
            '"start" IS NULL OR ("start" <= \'9999-12-31\' AND ("start" LIKE \'____\' OR "start" LIKE \'____-__\' OR "start" LIKE \'____-__-__\'))',
            name=op.f("ck_contract_start_date"),
        ),
        sa.CheckConstraint(
            "eu_contribution_cents >= 0", name=op.f("ck_contract_eu_contribution_cents_not_negative")
        ),
        sa.CheckConstraint(
            "other_contributions_cents >= 0", name=op.f("ck_contract_other_contributions_cents_not_negative")
        ),
        sa.CheckConstraint("total_cents >= 0", name=op.f("ck_contract_total_cents_not_negative")),
        sa.ForeignKeyConstraint(
            ["decision_key"],
            ["financing_decision.key"],
            name=op.f("fk_contract_decision_key_financing_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["project_key"], ["project.key"], name=op.f("fk_contract_project_key_project")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_contract")),
    )
    op.create_index("ix_contract_decision_key", "contract", ["decision_key"])
    op.create_index("ix_contract_project_key", "contract", ["project_key"])
    op.create_table(
        "contribution",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("project_key", sa.String(), nullable=False),
        sa.Column("funder", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("amount_cents >= 0", name=op.f("ck_contribution_amount_cents_not_negative")),
        sa.ForeignKeyConstraint(
            ["project_key"], ["project.key"], name=op.f("fk_contribution_project_key_project")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_contribution")),
        sa.UniqueConstraint("project_key", "funder", name=op.f("uq_contribution_project_key")),
    )
    op.create_index("ix_contribution_project_key", "contribution", ["project_key"])
    op.create_table(
        "financing_agreement",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("decision_key", sa.String(), nullable=False),
        sa.Column("partner_code", sa.String(), nullable=True),
        sa.Column("signed_on", sa.String(), nullable=True),
        sa.Column("end_of_implementation", sa.String(), nullable=True),
        sa.Column("end_of_execution", sa.String(), nullable=True),
        sa.CheckConstraint(
            '"end_of_execution" IS NULL OR ("end_of_execution" <= \'9999-12-31\' AND ("end_of_execution" LIKE \'____\' OR "end_of_execution" LIKE \'____-__\' OR "end_of_execution" LIKE \'____-__-__\'))',
            name=op.f("ck_financing_agreement_end_of_execution_date"),
        ),
        sa.CheckConstraint(
            '"end_of_implementation" IS NULL OR ("end_of_implementation" <= \'9999-12-31\' AND ("end_of_implementation" LIKE \'____\' OR "end_of_implementation" LIKE \'____-__\' OR "end_of_implementation" LIKE \'____-__-__\'))',
            name=op.f("ck_financing_agreement_end_of_implementation_date"),
        ),
        sa.CheckConstraint(
            '"signed_on" IS NULL OR ("signed_on" <= \'9999-12-31\' AND ("signed_on" LIKE \'____\' OR "signed_on" LIKE \'____-__\' OR "signed_on" LIKE \'____-__-__\'))',
            name=op.f("ck_financing_agreement_signed_on_date"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_key"],
            ["financing_decision.key"],
            name=op.f("fk_financing_agreement_decision_key_financing_decision"),
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_financing_agreement")),
    )
    op.create_index("ix_financing_agreement_decision_key", "financing_agreement", ["decision_key"])
    op.create_table(
        "incurred_cost",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("project_key", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_cents >= 0", name=op.f("ck_incurred_cost_amount_cents_not_negative")),
        sa.ForeignKeyConstraint(
            ["project_key"], ["project.key"], name=op.f("fk_incurred_cost_project_key_project")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_incurred_cost")),
        sa.UniqueConstraint("project_key", "period", "heading", name=op.f("uq_incurred_cost_project_key")),
    )
    op.create_index("ix_incurred_cost_project_key", "incurred_cost", ["project_key"])
    op.create_table(
        "milestone",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("project_key", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("baseline", sa.String(), nullable=True),
        sa.Column("forecast", sa.String(), nullable=True),
        sa.Column("actual", sa.String(), nullable=True),
        sa.Column("contractual", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint("about IN ('project', 'context')", name=op.f("ck_milestone_about_code")),
        sa.CheckConstraint(
            '"actual" IS NULL OR ("actual" <= \'9999-12-31\' AND ("actual" LIKE \'____\' OR "actual" LIKE \'____-__\' OR "actual" LIKE \'____-__-__\'))',
            name=op.f("ck_milestone_actual_date"),
        ),
        sa.CheckConstraint(
            '"baseline" IS NULL OR ("baseline" <= \'9999-12-31\' AND ("baseline" LIKE \'____\' OR "baseline" LIKE \'____-__\' OR "baseline" LIKE \'____-__-__\'))',
            name=op.f("ck_milestone_baseline_date"),
        ),
        sa.CheckConstraint(
            '"forecast" IS NULL OR ("forecast" <= \'9999-12-31\' AND ("forecast" LIKE \'____\' OR "forecast" LIKE \'____-__\' OR "forecast" LIKE \'____-__-__\'))',
            name=op.f("ck_milestone_forecast_date"),
        ),
        sa.CheckConstraint(
            "status IN ('planned', 'in-progress', 'done', 'cancelled')", name=op.f("ck_milestone_status_code")
        ),
        sa.ForeignKeyConstraint(
            ["project_key"], ["project.key"], name=op.f("fk_milestone_project_key_project")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_milestone")),
    )
    op.create_index("ix_milestone_project_key", "milestone", ["project_key"])
    op.create_table(
        "published_figure",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("project_key", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("nature", sa.String(), nullable=False),
        sa.CheckConstraint(
            "nature IN ('result', 'target', 'input')", name=op.f("ck_published_figure_nature_code")
        ),
        sa.ForeignKeyConstraint(
            ["project_key"], ["project.key"], name=op.f("fk_published_figure_project_key_project")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_published_figure")),
    )
    op.create_index("ix_published_figure_project_key", "published_figure", ["project_key"])
    op.create_table(
        "source",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("project_key", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("supports", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["project_key"], ["project.key"], name=op.f("fk_source_project_key_project")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_source")),
    )
    op.create_index("ix_source_project_key", "source", ["project_key"])
    op.create_table(
        "amendment",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("contract_key", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("signed_on", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("new_end", sa.String(), nullable=True),
        sa.Column("new_eu_contribution_cents", sa.BigInteger(), nullable=True),
        sa.Column("new_total_cents", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            '"new_end" IS NULL OR ("new_end" <= \'9999-12-31\' AND ("new_end" LIKE \'____\' OR "new_end" LIKE \'____-__\' OR "new_end" LIKE \'____-__-__\'))',
            name=op.f("ck_amendment_new_end_date"),
        ),
        sa.CheckConstraint(
            '"signed_on" IS NULL OR ("signed_on" <= \'9999-12-31\' AND ("signed_on" LIKE \'____\' OR "signed_on" LIKE \'____-__\' OR "signed_on" LIKE \'____-__-__\'))',
            name=op.f("ck_amendment_signed_on_date"),
        ),
        sa.CheckConstraint(
            "new_eu_contribution_cents >= 0", name=op.f("ck_amendment_new_eu_contribution_cents_not_negative")
        ),
        sa.CheckConstraint("new_total_cents >= 0", name=op.f("ck_amendment_new_total_cents_not_negative")),
        sa.ForeignKeyConstraint(
            ["contract_key"], ["contract.key"], name=op.f("fk_amendment_contract_key_contract")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_amendment")),
        sa.UniqueConstraint("contract_key", "number", name=op.f("uq_amendment_contract_key")),
    )
    op.create_index("ix_amendment_contract_key", "amendment", ["contract_key"])
    op.create_table(
        "evidence",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("record_key", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("source_key", sa.String(), nullable=True),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("value_as_stated", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "basis IN ('stated', 'computed', 'only-funder-named', 'disputed')",
            name=op.f("ck_evidence_basis_code"),
        ),
        sa.ForeignKeyConstraint(["source_key"], ["source.key"], name=op.f("fk_evidence_source_key_source")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_evidence")),
    )
    op.create_index("ix_evidence_record_key", "evidence", ["record_key"])
    op.create_index("ix_evidence_source_key", "evidence", ["source_key"])
    op.create_table(
        "payment",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("contract_key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("paid_on", sa.String(), nullable=True),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('pre-financing', 'interim', 'final', 'recovery')", name=op.f("ck_payment_kind_code")
        ),
        sa.CheckConstraint(
            '"paid_on" IS NULL OR ("paid_on" <= \'9999-12-31\' AND ("paid_on" LIKE \'____\' OR "paid_on" LIKE \'____-__\' OR "paid_on" LIKE \'____-__-__\'))',
            name=op.f("ck_payment_paid_on_date"),
        ),
        sa.CheckConstraint("amount_cents >= 0", name=op.f("ck_payment_amount_cents_not_negative")),
        sa.ForeignKeyConstraint(
            ["contract_key"], ["contract.key"], name=op.f("fk_payment_contract_key_contract")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_payment")),
    )
    op.create_index("ix_payment_contract_key", "payment", ["contract_key"])
