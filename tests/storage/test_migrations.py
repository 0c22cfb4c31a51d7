"""Migrations keep every row, agree with the model, and refuse what they cannot open."""

from __future__ import annotations

from typing import Literal

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations

from portfolio.errors import StorageUnavailable, UsageProblem
from portfolio.model.entities import INPUTS
from portfolio.model.fields import METADATA
from portfolio.storage.engine import Database, make_engine, ping, reading
from portfolio.storage.migrate import head_revision, migrate
from portfolio.storage.queries.portfolios import count_records


def test_migrated_schema_is_the_one_of_the_model(database_url: str) -> None:
    migrate(database_url)
    engine = make_engine(database_url)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    engine.dispose()
    assert differences == []


def test_migrating_twice_changes_nothing(reference: Database) -> None:
    before = count_records(reference)
    migrate(reference.url)
    assert count_records(reference) == before


def test_migrating_a_filled_database_keeps_every_row(database_url: str) -> None:
    """The third migration rebuilds the table of projects, to which most others refer."""
    migrate(database_url, "0002")
    engine = make_engine(database_url)
    with engine.begin() as connection:
        connection.execute(
            sa.text("INSERT INTO project (key, acronym, title) VALUES ('p1', 'P1', 'Project')")
        )
        connection.execute(
            sa.text(
                "INSERT INTO project_region (key, project_key, region) VALUES ('x', 'p1', 'western-balkans')"
            )
        )
    migrate(database_url)
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT archived_on FROM project")).scalar_one() is None
        assert connection.execute(sa.text("SELECT count(*) FROM project")).scalar_one() == 1
        assert connection.execute(sa.text("SELECT count(*) FROM project_region")).scalar_one() == 1
    engine.dispose()


def test_migrating_a_filled_history_keeps_every_change_set_and_its_rules(database_url: str) -> None:
    """The fourth migration rebuilds the table of change sets, to which files, changes and reports refer."""
    filled = {
        "received_file": "sha256, name, received_at, content) VALUES ('abc', 'r.xlsx', '2026', 'x'",
        "change_set": "id, revision, at, by, kind, reason) VALUES (1, 1, '2026', 'A', 'import', 'Report'",
        "change_set_file": "change_set_id, sha256, name) VALUES (1, 'abc', 'r.xlsx'",
        "change": "change_set_id, position, entity, key, field, old, new, kind)"
        " VALUES (1, 0, 'project', 'p', 'title', '1', '2', 'changed'",
        "received_report": "project_key, period, received_at, by, file_name, sha256, change_set_id)"
        " VALUES ('p', '2026-S1', '2026', 'A', 'r.xlsx', 'abc', 1",
    }
    migrate(database_url, "0003")
    engine = make_engine(database_url)
    with engine.begin() as connection:
        for table, values in filled.items():
            connection.execute(sa.text(f"INSERT INTO {table} ({values})".replace(" by,", ' "by",')))
    migrate(database_url)
    with engine.connect() as connection:
        counts = {
            table: connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in filled
        }
        assert counts == dict.fromkeys(filled, 1)
        assert connection.execute(sa.text("SELECT token FROM change_set")).scalar_one() is None
        assert connection.execute(sa.text("SELECT corrections FROM change_set_file")).scalar_one() is None
    again = (
        'INSERT INTO change_set (id, revision, at, "by", kind, reason, token) '
        "VALUES (2, {}, '', '', '{}', '', {})"
    )
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE change_set SET token = 't'"))
    for revision, kind, token in ((2, "import", "'t'"), (1, "import", "NULL"), (2, "other", "NULL")):
        with pytest.raises(sa.exc.IntegrityError), engine.begin() as connection:
            connection.execute(sa.text(again.format(revision, kind, token)))
    engine.dispose()


def test_rebuilding_a_parent_table_keeps_its_children(reference: Database) -> None:
    """The hazard that migrations run with foreign keys off for: a batch change of a parent table."""
    before = count_records(reference)
    engine = make_engine(reference.url, foreign_keys=False)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        operations = Operations(MigrationContext.configure(connection))
        rebuild: Literal["always", "auto"] = "always" if connection.dialect.name == "sqlite" else "auto"
        with operations.batch_alter_table("project", recreate=rebuild) as batch:
            batch.add_column(sa.Column("colour", sa.String(), nullable=True))
        if connection.dialect.name == "sqlite":
            assert connection.execute(sa.text("PRAGMA foreign_key_check")).fetchall() == []
    engine.dispose()
    assert count_records(reference) == before
    assert before["milestone"] == 138


def test_a_database_of_a_newer_program_is_refused_in_a_sentence(reference: Database) -> None:
    engine = make_engine(reference.url)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StorageUnavailable, match="newer version"):
        migrate(reference.url)


def test_ping_answers_for_a_portfolio_and_refuses_anything_else(
    reference: Database, tmp_path: object
) -> None:
    ping(reference.url)
    with pytest.raises(StorageUnavailable):
        ping(f"sqlite:///{tmp_path}/nothing.sqlite3")


@pytest.mark.parametrize("url", ["nonsense", "mysql://localhost/x", ""])
def test_an_address_of_another_database_is_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(UsageProblem):
        make_engine(url)


def test_every_entity_has_its_table_after_migration(empty: Database) -> None:
    with reading(empty) as connection:
        tables = set(sa.inspect(connection).get_table_names())
    assert set(INPUTS) <= tables
    assert {"workbook_layout", "visit"} <= tables
    assert head_revision() == "0006"
