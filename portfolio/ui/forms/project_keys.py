"""The key of a new project: made from its acronym, shown, and free to be changed until it is created."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import count

from portfolio.findings import Finding
from portfolio.services.selection import folded

LONGEST = 60
_SHAPE = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")


def suggested_key(acronym: str, taken: Collection[str]) -> str:
    """A free key for an acronym, "" while there is none.

    >>> suggested_key("CyberEast+", {"cybereast"}), suggested_key("Кибер", {"project-1"})
    ('cybereast-2', 'project-2')
    """
    if not acronym.strip():
        return ""
    stem = re.sub("[^a-z0-9]+", "-", folded(acronym)).strip("-")[:LONGEST].strip("-")
    if not stem:
        return next(key for key in (f"project-{number}" for number in count(1)) if key not in taken)
    keys = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(key for key in keys if key not in taken)


def key_problem(key: str, taken: Collection[str]) -> Finding | None:
    """What stands against a key, None if it may be used."""
    if not key:
        message, action = "The project has no key.", "Enter an acronym, or a key such as cybereast-plus."
    elif not _SHAPE.fullmatch(key) or len(key) > LONGEST:
        message = f"'{key[:LONGEST]}' cannot be a key."
        action = f"Use at most {LONGEST} small letters, digits and hyphens, such as cybereast-plus."
    elif key in taken:
        message = f"The key '{key}' belongs to another project."
        action = "Choose another key; it stays with the project for good."
    else:
        return None
    return Finding("KEY_INVALID", "error", message, action, field="key", value=key)
