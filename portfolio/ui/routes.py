"""Addresses of our own beside the screens: the health check, the base map and the calendar."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from portfolio.errors import DataProblem, NotAllowed, PortfolioError
from portfolio.exchange.calendars import FILE_NAME, MEDIA_TYPE
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.practice import use_settings
from portfolio.settings import load_settings
from portfolio.storage.engine import ping
from portfolio.storage.setup import ensure_database
from portfolio.ui.calendar_files import CALENDAR_PATH, calendar_bytes, filter_of_address

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


def calendar_ics(request: Request) -> Response:
    """The deadlines as a calendar file, for the filter that the address asks for; no session is needed.

    Until there is a sign-in everybody is the local person, and `services/access.py` is asked all the same.
    """
    asked = {name: request.query_params.getlist(name) for name in request.query_params}
    headers = {"Cache-Control": "no-store"}
    try:
        database = ensure_database(load_settings())
        use_settings(database)
        chosen = filter_of_address(database, LOCAL_PERSON, asked)
        content = calendar_bytes(database, LOCAL_PERSON, chosen, str(request.base_url))
    except PortfolioError as problem:
        status = {DataProblem: 400, NotAllowed: 403}.get(type(problem), 503)
        return PlainTextResponse(problem.sentence, status_code=status, headers=headers)
    headers["Content-Disposition"] = f'inline; filename="{FILE_NAME}"'
    return Response(content, media_type=f"{MEDIA_TYPE}; charset=utf-8", headers=headers)


def own_routes() -> list[BaseRoute]:
    """The routes that app.py adds to Streamlit's."""
    return [
        Route("/healthz", healthz),
        Route(GEO_PATH + "{name}", base_map),
        Route(CALENDAR_PATH, calendar_ics),
    ]
