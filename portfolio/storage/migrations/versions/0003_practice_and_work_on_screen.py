"""A unit's own settings and views, drafts, received reports and made documents; projects can be archived."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_ARCHIVED_ON = (
    '"archived_on" IS NULL OR ("archived_on" <= \'9999-12-31\' AND ("archived_on" LIKE \'____\' OR'
    " \"archived_on\" LIKE '____-__' OR \"archived_on\" LIKE '____-__-__'))"
)


def upgrade() -> None:
    _entities()
    _records_of_work()
    with op.batch_alter_table("project") as project:
        project.add_column(sa.Column("archived_on", sa.String(), nullable=True))
        project.create_check_constraint(op.f("ck_project_archived_on_date"), _ARCHIVED_ON)


def _entities() -> None:
    op.create_table(
        "saved_view",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_saved_view")),
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )


def _records_of_work() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("saved_at", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("person", "subject", name=op.f("uq_draft_person")),
    )
    texts = ("made_at", "by", "name", "kind", "scope", "chosen", "as_of", "format")
    op.create_table(
        "made_document",
        sa.Column("id", sa.Integer(), nullable=False),
        *[sa.Column(name, sa.String(), nullable=False) for name in texts],
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_made_document")),
    )
    names = ("project_key", "period", "received_at", "by", "file_name", "sha256")
    op.create_table(
        "received_report",
        sa.Column("id", sa.Integer(), nullable=False),
        *[sa.Column(name, sa.String(), nullable=False) for name in names],
        sa.Column("change_set_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_received_report_change_set_id_change_set")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received_report")),
    )
    op.create_index("ix_received_report_project_key", "received_report", ["project_key"])
