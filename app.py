"""The web application: Streamlit's screens behind our own security headers, health check and data routes.

Started by `python -m portfolio serve` or `streamlit run app.py`. The main script, portfolio/ui/main.py, does
not stand beside pages/: Streamlit would then serve a page without running the main script first.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware

from portfolio.errors import PortfolioError
from portfolio.settings import load_settings
from portfolio.storage.setup import ensure_database
from portfolio.ui.errors import show_error
from portfolio.ui.headers import SecurityHeaders
from portfolio.ui.routes import own_routes

MAIN_SCRIPT = Path(__file__).resolve().parent / "portfolio" / "ui" / "main.py"


@asynccontextmanager
async def with_database(_app: Any) -> AsyncIterator[None]:
    """The database, found or made before the first screen is asked for."""
    try:
        await run_in_threadpool(ensure_database, load_settings())
    except PortfolioError as error:
        # The server starts all the same: /healthz and every screen then say what is wrong.
        logging.getLogger("portfolio").error("%s", error)
    yield


app = st.App(
    MAIN_SCRIPT,
    lifespan=with_database,
    routes=own_routes(),
    middleware=[Middleware(SecurityHeaders)],
    on_script_error=show_error,
)
