"""Files that wait for their owner: kept beside the work of others, and handed out to nobody before."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from portfolio.errors import NotFound
from portfolio.storage.engine import Database
from portfolio.storage.queries.history import get_received_file
from portfolio.storage.queries.practice import find_drafts, save_draft
from portfolio.storage.received_reports import find_kept_files, keep_files

CONTENT = b"a report"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def test_a_file_that_waits_is_not_handed_out(empty: Database) -> None:
    keep_files(empty, {SHA256: ("report.xlsx", CONTENT)})
    assert find_kept_files(empty, [SHA256]) == {SHA256: CONTENT}
    with pytest.raises(NotFound):
        get_received_file(empty, SHA256)


def test_one_file_kept_from_many_tabs_at_once_is_kept_once(empty: Database) -> None:
    def keep(number: int) -> None:
        keep_files(empty, {SHA256: ("report.xlsx", CONTENT)})
        save_draft(empty, "local user", "import/x", {"tab": number})

    with ThreadPoolExecutor(8) as tabs:
        list(tabs.map(keep, range(24)))
    (draft,) = find_drafts(empty, "local user")
    assert draft.subject == "import/x"
    assert find_kept_files(empty, [SHA256]) == {SHA256: CONTENT}
