"""A folder for the temporary files of this process; those of processes that were killed are swept away."""

from __future__ import annotations

import os
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path
from threading import Lock

_PREFIX = "portfolio-known-"
_LOCK = Lock()


def process_folder() -> Path:
    """The folder of this process, made where there is none: like anything temporary it may have been removed.

    It goes, with what lies in it, when the process ends; where that is killed, when the next one begins.
    """
    with _LOCK:
        if not Path(_folder().name).is_dir():
            _folder().cleanup()
            _folder.cache_clear()
        return Path(_folder().name)


@lru_cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    # Kept as long as the process runs; it goes with the object.
    sweep(Path(tempfile.gettempdir()))
    return tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True)


def sweep(place: Path) -> None:
    """Nothing; the folders of processes that were killed before they could remove them are gone."""
    for folder in place.glob(f"{_PREFIX}*-*"):
        number = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if number.isdecimal() and not _is_running(int(number)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_running(process: int) -> bool:
    # On other systems the signal would end the process.
    if os.name != "posix":
        return True
    # A container gives its one process the same number every time: this is an earlier one.
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
