"""A unit's own values in place of the defaults of data/vocabulary.

The defaults are files, the unit's values are records of its database. So that the leaves need not know of a
database, whoever opens one says here which values hold: in a context variable, which each request, command
and test has for itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

_NONE: Mapping[str, str] = {}
_PRESENT: ContextVar[Mapping[str, str]] = ContextVar("overrides", default=_NONE)


def overridden(key: str, default: str) -> str:
    """The unit's value for `key` ("threshold/time-amber"), or the default."""
    return _PRESENT.get().get(key, default)


def use_overrides(values: Mapping[str, str]) -> None:
    """Nothing; from now on these values hold, in this request or command."""
    _PRESENT.set(dict(values))


@contextmanager
def overrides(values: Mapping[str, str]) -> Iterator[None]:
    """These values hold inside the block."""
    token = _PRESENT.set(dict(values))
    try:
        yield
    finally:
        _PRESENT.reset(token)
