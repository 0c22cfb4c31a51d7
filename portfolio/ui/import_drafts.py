"""Imports kept in the database until they are applied or thrown away: files, decisions and ticks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from portfolio.progress_reports.files.limits import present_limits
from portfolio.progress_reports.files.uploads import Upload
from portfolio.storage.queries.history import find_import_of
from portfolio.storage.queries.practice import DraftRow, discard_draft, find_draft, find_drafts, save_draft
from portfolio.storage.received_reports import drop_files, find_kept_files, keep_files
from portfolio.ui.cached import open_portfolio
from portfolio.ui.session import current_person

SUBJECT = "import/"


@dataclass(frozen=True)
class UnfinishedImport:
    """An import that was received and not applied: names and hashes of its files, and what was decided."""

    subject: str
    saved_at: str
    files: tuple[tuple[str, str], ...]
    document: Mapping[str, Any] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The names of its files."""
        return [name for name, _ in self.files]

    @property
    def decisions(self) -> int:
        """How many cells, columns and conflicts were decided."""
        made = self.document.get("decisions", {}).values()
        return sum(len(each[kind]) for each in made for kind in ("cells", "answers", "sides"))


def keep_draft(files: Iterable[Upload], document: Mapping[str, object]) -> str:
    """The subject under which the files and `document` are kept from now on; empty if no file may be kept.

    The bytes go in first, so that a draft never names a file that is not there.
    """
    limit = present_limits().file_size
    kept = [file for file in files if 0 < len(file.content) <= limit]
    if not kept:
        return ""
    hashes = dict.fromkeys(file.sha256 for file in kept)
    subject = SUBJECT + hashlib.sha256("".join(hashes).encode()).hexdigest()
    keep_files(open_portfolio(), {file.sha256: (file.name, file.content) for file in kept})
    content = {"files": [[file.name, file.sha256] for file in kept], **document}
    save_draft(open_portfolio(), current_person().name, subject, content)
    return subject


def drop_draft(subject: str) -> None:
    """Nothing; the draft is gone, and its files unless an import or another draft names them."""
    draft = find_draft(open_portfolio(), current_person().name, subject)
    if draft is not None:
        discard_draft(open_portfolio(), current_person().name, subject)
        drop_files(open_portfolio(), [sha256 for _, sha256 in _unfinished(draft).files])


def unfinished_imports(present: str) -> tuple[UnfinishedImport, ...]:
    """What was received and neither applied nor thrown away, in any tab but for `present`; newest first."""
    found = []
    for draft in find_drafts(open_portfolio(), current_person().name):
        if not draft.subject.startswith(SUBJECT) or draft.subject == present:
            continue
        unfinished = _unfinished(draft)
        if all(_went_in_since(draft, sha256) for _, sha256 in unfinished.files):
            discard_unfinished((unfinished,))  # applied just before the tab was lost
        else:
            found.append(unfinished)
    return tuple(sorted(found, key=lambda unfinished: unfinished.saved_at, reverse=True))


def _went_in_since(draft: DraftRow, sha256: str) -> bool:
    """Whether the file was imported after the draft was kept: one kept later holds what is still to go in."""
    row = find_import_of(open_portfolio(), sha256)
    return row is not None and row.at >= draft.saved_at


def _unfinished(draft: DraftRow) -> UnfinishedImport:
    files = tuple((name, sha256) for name, sha256 in draft.content["files"])
    return UnfinishedImport(draft.subject, draft.saved_at, files, draft.content)


def discard_unfinished(unfinished: Iterable[UnfinishedImport]) -> None:
    """Nothing; the drafts and their files are gone."""
    for each in unfinished:
        drop_draft(each.subject)


def kept_files(unfinished: UnfinishedImport) -> list[tuple[str, bytes]]:
    """The files of an unfinished import by name, in their order."""
    contents = find_kept_files(open_portfolio(), [sha256 for _, sha256 in unfinished.files])
    return [(name, contents[sha256]) for name, sha256 in unfinished.files if sha256 in contents]
