"""What a made document needs to be made again exactly: profile, what was known, comparison, checksum."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    with op.batch_alter_table("made_document") as made:
        made.add_column(sa.Column("profile", sa.String(), nullable=False, server_default="working"))
        made.add_column(sa.Column("known", sa.String(), nullable=False, server_default="now"))
        made.add_column(sa.Column("known_at", sa.String(), nullable=True))
        made.add_column(sa.Column("compared_with", sa.String(), nullable=True))
        made.add_column(sa.Column("checksum", sa.String(), nullable=True))
