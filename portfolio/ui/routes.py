"""Addresses of our own beside the screens: the health check and the base map."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from portfolio.errors import PortfolioError
from portfolio.settings import load_settings
from portfolio.storage.engine import ping

GEO_PATH = "/geo/"
# Only the 50 m geometry is right about borders; plotly falls back to the 110 m one when it is asked to.
_SERVED_GEOMETRY = re.compile(r"[a-z-]+_50m\.json")
_DAY_IN_SECONDS = 86_400


def geo_folder() -> Path:
    """The folder with the base map's geometry."""
    return load_settings().root / "data" / "geo"


def healthz(_request: Request) -> Response:
    """200 when the database answers a query, 503 with one sentence when it does not."""
    try:
        ping(load_settings().database_url)
    except PortfolioError as error:
        return PlainTextResponse(str(error), status_code=503, headers={"Cache-Control": "no-store"})
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


def base_map(request: Request) -> Response:
    """The base map's geometry in the one resolution that is served; 404 for any other name."""
    name = request.path_params["name"]
    path = geo_folder() / name
    if not _SERVED_GEOMETRY.fullmatch(name) or not path.is_file():
        return PlainTextResponse("There is no such map.", status_code=404)
    headers = {"Cache-Control": f"public, max-age={7 * _DAY_IN_SECONDS}"}
    return FileResponse(path, media_type="application/json", headers=headers)


def own_routes() -> list[BaseRoute]:
    """The routes that app.py adds to Streamlit's."""
    return [Route("/healthz", healthz), Route(GEO_PATH + "{name}", base_map)]
