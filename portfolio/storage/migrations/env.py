"""Alembic environment: runs on the connection that portfolio.storage.migrate hands over."""

from alembic import context

import portfolio.model.entities  # noqa: F401  (fills the metadata)
from portfolio.model.fields import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
