"""From database rows to frozen rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, select

Row = TypeVar("Row")
# SQLite takes 32,766 values in one question, PostgreSQL 65,535.
_MOST_VALUES = 10_000


def find_all(
    connection: Connection, table: Table, shape: type[Row], *where: ColumnElement[bool]
) -> tuple[Row, ...]:
    """Every row of `table` that meets `where`, as `shape`, whose fields are columns of the table; by key."""
    columns = [table.c[field.name] for field in fields(shape)]  # type: ignore[arg-type]
    found = connection.execute(select(*columns).where(*where).order_by(*table.primary_key.columns))
    return tuple(shape(*row) for row in found.all())


def find_by_keys(
    connection: Connection, table: Table, shape: type[Row], keys: Iterable[str]
) -> dict[str, Row]:
    """The rows of `table` that these keys name, as `shape`, by key."""
    names = [field.name for field in fields(shape)]  # type: ignore[arg-type]
    columns = [table.c[name] for name in names]
    place = names.index("key")
    found: dict[str, Row] = {}
    for chunk in in_chunks(keys):
        for row in connection.execute(select(*columns).where(table.c.key.in_(chunk))).all():
            found[row[place]] = shape(*row)
    return found


def in_chunks(values: Iterable[str]) -> Iterator[list[str]]:
    """The values, each once and in order, in lists that one question may name."""
    listed = sorted(set(values))
    return (listed[start : start + _MOST_VALUES] for start in range(0, len(listed), _MOST_VALUES))


def grouped(rows: Iterable[Mapping[Any, Any]], column: str) -> dict[str, list[dict[str, Any]]]:
    """The rows by the value of one column, without that column."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        values = dict(row)
        groups.setdefault(values.pop(column), []).append(values)
    return groups
