"""A pause of Python's cyclic garbage collector while many rows are made that are all kept."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collection_paused() -> Iterator[None]:
    """No collection inside the block, unless another thread ends a block of its own meanwhile.

    Frozen rows refer to nothing that refers back to them. While a hundred thousand of them are made, the
    collector would look through all of them again and again, which takes a third of the time.
    """
    gc.disable()
    try:
        yield
    finally:
        # Always, not only if it was on before: two blocks that overlap could leave it off for good.
        gc.enable()
