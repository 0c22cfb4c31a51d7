"""The one place where an exception becomes a sentence on the screen."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from portfolio.errors import PortfolioError

_log = logging.getLogger("portfolio")


def reference_number() -> str:
    """A short number that a person can read out and that finds the traceback in the log."""
    return secrets.token_hex(4).upper()


def show_unexpected(error: Exception) -> bool:
    """The sentence for an error that we did not foresee; the traceback goes to the log only.

    True, which tells Streamlit that the error has been shown.
    """
    reference = reference_number()
    _log.error("Unexpected error %s", reference, exc_info=error)
    st.error(
        f"This screen could not be completed because of an error in the program. Reload the page; "
        f"the history shows whether anything was written. If it happens again, report it with the reference "
        f"{reference}.",
    )
    return True


def show_expected(error: PortfolioError) -> None:
    """The sentence that the error itself carries."""
    _log.warning("%s: %s", type(error).__name__, error)
    st.error(str(error))


def show_error(error: Exception) -> bool:
    """The sentence that fits an error, wherever it was raised: inside a screen or in a button's callback."""
    if isinstance(error, PortfolioError):
        show_expected(error)
        return True
    return show_unexpected(error)


@contextmanager
def page_errors() -> Iterator[None]:
    """A frame around a screen: what goes wrong inside is said in a sentence, never as a traceback."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - the last resort of every screen, and the only one
        show_error(error)
