"""What a chart on a screen holds, read back from what is sent to the browser."""

from __future__ import annotations

import json
from typing import Any

from streamlit.testing.v1 import AppTest


def charts(app: AppTest) -> list[dict[str, Any]]:
    """The figures on the screen in their order, as plotly's own documents."""
    return [json.loads(element.proto.spec) for element in app.get("plotly_chart")]


def alts(app: AppTest) -> list[str]:
    """The text alternatives of the figures on the screen."""
    return [element.proto.alt for element in app.get("plotly_chart")]


def values_by_location(figure: dict[str, Any]) -> dict[str, str]:
    """What the hover says of every partner on a map, by its code."""
    found: dict[str, str] = {}
    for trace in figure["data"]:
        if trace["type"] == "choropleth":
            found |= dict(zip(trace["locations"], trace["text"], strict=True))
    return found


def links(app: AppTest) -> dict[str, str]:
    """The query of every link to another screen, by its label."""
    return {element.proto.label: element.proto.query_string for element in app.get("page_link")}
