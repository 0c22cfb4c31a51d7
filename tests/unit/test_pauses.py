"""A pause of the garbage collector ends, however its blocks overlap."""

from __future__ import annotations

import gc
from contextlib import ExitStack

import pytest

from portfolio.pauses import collection_paused


def test_collection_runs_again_after_a_block_that_fails() -> None:
    with pytest.raises(LookupError), collection_paused():
        assert not gc.isenabled()
        raise LookupError
    assert gc.isenabled()


def test_blocks_that_overlap_leave_the_collector_on() -> None:
    first, second = ExitStack(), ExitStack()
    first.enter_context(collection_paused())
    second.enter_context(collection_paused())  # found it off, as another thread does
    assert not gc.isenabled()
    first.close()
    second.close()
    assert gc.isenabled()


def test_a_second_pause_after_overlapping_ones_still_ends_with_the_collector_on() -> None:
    with collection_paused(), collection_paused():
        assert not gc.isenabled()
    with collection_paused():
        assert not gc.isenabled()
    assert gc.isenabled()
