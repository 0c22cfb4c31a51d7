"""Projects, who works where on them, and the history of every write."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "change_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('load', 'import', 'edit', 'undo')", name=op.f("ck_change_set_kind_code")
        ),
        sa.ForeignKeyConstraint(["undoes"], ["change_set.id"], name=op.f("fk_change_set_undoes_change_set")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_set")),
        sa.UniqueConstraint("revision", name=op.f("uq_change_set_revision")),
        sa.UniqueConstraint("undoes", name=op.f("uq_change_set_undoes")),
    )
    op.create_table(
        "issued_workbook",
        sa.Column("template_id", sa.String(), nullable=False),
        sa.Column("project_key", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("issued_at", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("checksum", sa.String(), nullable=False),
        sa.Column("snapshot", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("template_id", name=op.f("pk_issued_workbook")),
    )
    op.create_index("ix_issued_workbook_project_key", "issued_workbook", ["project_key"])
    op.create_table(
        "organisation",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_organisation")),
        sa.UniqueConstraint("name", name=op.f("uq_organisation_name")),
    )
    op.create_table(
        "portfolio",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("database_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("institution_profile", sa.String(), nullable=False),
        sa.Column("fixed_as_of", sa.String(), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_portfolio_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portfolio")),
    )
    op.create_table(
        "project",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("acronym", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=True),
        sa.Column("focus", sa.String(), nullable=True),
        sa.Column("relevance", sa.String(), nullable=True),
        sa.Column("modality", sa.String(), nullable=True),
        sa.Column("instrument", sa.String(), nullable=True),
        sa.Column("instrument_as_published", sa.String(), nullable=True),
        sa.Column("service", sa.String(), nullable=True),
        sa.Column("delegation", sa.String(), nullable=True),
        sa.Column("responsible_officer", sa.String(), nullable=True),
        sa.Column("institution_profile", sa.String(), nullable=True),
        sa.Column("start", sa.String(), nullable=True),
        sa.Column("end_original", sa.String(), nullable=True),
        sa.Column("end_current", sa.String(), nullable=True),
        sa.Column("status_stated", sa.String(), nullable=True),
        sa.Column("status_stated_on", sa.String(), nullable=True),
        sa.Column("total_budget_cents", sa.BigInteger(), nullable=True),
        sa.Column("eu_contribution_cents", sa.BigInteger(), nullable=True),
        sa.Column("data_note", sa.String(), nullable=True),
        sa.Column("confidence", sa.String(), nullable=True),
        sa.CheckConstraint(
            '"end_current" IS NULL OR ("end_current" <= \'9999-12-31\' AND ("end_current" LIKE \'____\' OR "end_current" LIKE \'____-__\' OR "end_current" LIKE \'____-__-__\'))',
            name=op.f("ck_project_end_current_date"),
        ),
        sa.CheckConstraint(
            '"end_original" IS NULL OR ("end_original" <= \'9999-12-31\' AND ("end_original" LIKE \'____\' OR "end_original" LIKE \'____-__\' OR "end_original" LIKE \'____-__-__\'))',
            name=op.f("ck_project_end_original_date"),
        ),
        sa.CheckConstraint(
            '"start" IS NULL OR ("start" <= \'9999-12-31\' AND ("start" LIKE \'____\' OR "start" LIKE \'____-__\' OR "start" LIKE \'____-__-__\'))',
            name=op.f("ck_project_start_date"),
        ),
        sa.CheckConstraint(
            '"status_stated_on" IS NULL OR ("status_stated_on" <= \'9999-12-31\' AND ("status_stated_on" LIKE \'____\' OR "status_stated_on" LIKE \'____-__\' OR "status_stated_on" LIKE \'____-__-__\'))',
            name=op.f("ck_project_status_stated_on_date"),
        ),
        sa.CheckConstraint(
            "eu_contribution_cents >= 0", name=op.f("ck_project_eu_contribution_cents_not_negative")
        ),
        sa.CheckConstraint(
            "total_budget_cents >= 0", name=op.f("ck_project_total_budget_cents_not_negative")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_project")),
    )
    op.create_table(
        "received_file",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("received_at", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_received_file")),
    )
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_set_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("old", sa.String(), nullable=False),
        sa.Column("new", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=True),
        sa.Column("sheet", sa.String(), nullable=True),
        sa.Column("cell", sa.String(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('added', 'changed', 'erased', 'removed')", name=op.f("ck_change_kind_code")
        ),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_change_change_set_id_change_set")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sa.UniqueConstraint("change_set_id", "position", name=op.f("uq_change_change_set_id")),
    )
    op.create_index("ix_change_change_set_id", "change", ["change_set_id"])
    op.create_index("ix_change_key", "change", ["key"])
    op.create_table(
        "change_set_file",
        sa.Column("change_set_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_change_set_file_change_set_id_change_set")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["received_file.sha256"], name=op.f("fk_change_set_file_sha256_received_file")
        ),
        sa.PrimaryKeyConstraint("change_set_id", "sha256", name=op.f("pk_change_set_file")),
    )
    op.create_index("ix_change_set_file_sha256", "change_set_file", ["sha256"])
    op.create_table(
        "participation",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("project_key", sa.String(), nullable=False),
        sa.Column("partner_code", sa.String(3), nullable=False),
        sa.Column("share_millionths", sa.Integer(), nullable=True),
        sa.Column("since", sa.String(), nullable=True),
        sa.Column("until", sa.String(), nullable=True),
        sa.Column("suspended_since", sa.String(), nullable=True),
        sa.Column("suspended_until", sa.String(), nullable=True),
        sa.CheckConstraint(
            '"since" IS NULL OR ("since" <= \'9999-12-31\' AND ("since" LIKE \'____\' OR "since" LIKE \'____-__\' OR "since" LIKE \'____-__-__\'))',
            name=op.f("ck_participation_since_date"),
        ),
        sa.CheckConstraint(
            '"suspended_since" IS NULL OR ("suspended_since" <= \'9999-12-31\' AND ("suspended_since" LIKE \'____\' OR "suspended_since" LIKE \'____-__\' OR "suspended_since" LIKE \'____-__-__\'))',
            name=op.f("ck_participation_suspended_since_date"),
        ),
        sa.CheckConstraint(
            '"suspended_until" IS NULL OR ("suspended_until" <= \'9999-12-31\' AND ("suspended_until" LIKE \'____\' OR "suspended_until" LIKE \'____-__\' OR "suspended_until" LIKE \'____-__-__\'))',
            name=op.f("ck_participation_suspended_until_date"),
        ),
        sa.CheckConstraint(
            '"until" IS NULL OR ("until" <= \'9999-12-31\' AND ("until" LIKE \'____\' OR "until" LIKE \'____-__\' OR "until" LIKE \'____-__-__\'))',
            name=op.f("ck_participation_until_date"),
        ),
        sa.CheckConstraint(
            "share_millionths BETWEEN 0 AND 1000000", name=op.f("ck_participation_share_millionths_range")
        ),
        sa.ForeignKeyConstraint(
            ["project_key"], ["project.key"], name=op.f("fk_participation_project_key_project")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_participation")),
        sa.UniqueConstraint("project_key", "partner_code", name=op.f("uq_participation_project_key")),
    )
    op.create_index("ix_participation_partner_code", "participation", ["partner_code"])
    op.create_index("ix_participation_project_key", "participation", ["project_key"])
    op.create_table(
        "project_component",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("project_key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_key"], ["project.key"], name=op.f("fk_project_component_project_key_project")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_project_component")),
    )
    op.create_index("ix_project_component_project_key", "project_component", ["project_key"])
    op.create_table(
        "project_organisation",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("project_key", sa.String(), nullable=False),
        sa.Column("organisation_key", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("name_as_published", sa.String(), nullable=True),
        sa.Column("role_as_published", sa.String(), nullable=True),
        sa.Column("type_as_published", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_key"],
            ["organisation.key"],
            name=op.f("fk_project_organisation_organisation_key_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["project_key"], ["project.key"], name=op.f("fk_project_organisation_project_key_project")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_project_organisation")),
        sa.UniqueConstraint(
            "project_key", "organisation_key", "role", name=op.f("uq_project_organisation_project_key")
        ),
    )
    op.create_index("ix_project_organisation_organisation_key", "project_organisation", ["organisation_key"])
    op.create_index("ix_project_organisation_project_key", "project_organisation", ["project_key"])
    op.create_table(
        "project_pillar",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("project_key", sa.String(), nullable=False),
        sa.Column("pillar", sa.String(), nullable=False),
        sa.Column("share_millionths", sa.Integer(), nullable=True),
        sa.Column("rationale", sa.String(), nullable=True),
        sa.CheckConstraint(
            "share_millionths BETWEEN 0 AND 1000000", name=op.f("ck_project_pillar_share_millionths_range")
        ),
        sa.ForeignKeyConstraint(
            ["project_key"], ["project.key"], name=op.f("fk_project_pillar_project_key_project")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_project_pillar")),
        sa.UniqueConstraint("project_key", "pillar", name=op.f("uq_project_pillar_project_key")),
    )
    op.create_index("ix_project_pillar_project_key", "project_pillar", ["project_key"])
    op.create_table(
        "project_reference",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("project_key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_key"], ["project.key"], name=op.f("fk_project_reference_project_key_project")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_project_reference")),
    )
    op.create_index("ix_project_reference_project_key", "project_reference", ["project_key"])
    op.create_table(
        "project_region",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("project_key", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_key"], ["project.key"], name=op.f("fk_project_region_project_key_project")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_project_region")),
        sa.UniqueConstraint("project_key", "region", name=op.f("uq_project_region_project_key")),
    )
    op.create_index("ix_project_region_project_key", "project_region", ["project_key"])
