"""A summary as pages: PDF/UA-1 for handing out, and pictures of the same pages for looking at.

typst sets them from one template. It asks no network, and no typeface but the one that matplotlib ships.
"""

from __future__ import annotations

import datetime as dt
import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.summaries.content import Summary
from portfolio.summaries.covers import Making
from portfolio.summaries.pdf_texts import fonts_folder
from portfolio.summaries.pdf_trees import page_tree

if TYPE_CHECKING:
    from typst import Fonts

_TEMPLATE = Path(__file__).parent / "templates" / "summary.typ"
# How large type and how wide spaces are, from usual to dense; body type never falls below 8 points.
_DENSITIES = (("1", "1"), ("0.97", "0.75"), ("0.94", "0.6"), ("0.89", "0.5"))


@lru_cache(maxsize=1)
def _fonts() -> Fonts:
    from typst import Fonts

    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts_folder())])


def render_pdf(summary: Summary, making: Making) -> bytes:
    """The bytes of the document, the same for the same summary and making.

    Raises: typst.TypstError if the pages would not conform to PDF/UA-1.
    """
    import typst

    return typst.compile(
        _TEMPLATE.read_bytes(), font_paths=_fonts(), ignore_system_fonts=True, format="pdf",
        sys_inputs=_inputs(summary, making), pdf_standards="ua-1", timestamp=making.at.astimezone(dt.UTC),
    )  # fmt: skip


def page_images(summary: Summary, making: Making, *, ppi: int = 96) -> tuple[bytes, ...]:
    """The same pages as PNG pictures, for a screen."""
    import typst

    # Of a single page typst gives the bytes alone, which its types do not say.
    made: object = typst.compile(
        _TEMPLATE.read_bytes(), font_paths=_fonts(), ignore_system_fonts=True, format="png",
        sys_inputs=_inputs(summary, making), ppi=float(ppi),
    )  # fmt: skip
    pages = made if isinstance(made, list) else [made]
    return tuple(page for page in pages if isinstance(page, bytes))


def _inputs(summary: Summary, making: Making) -> dict[str, str]:
    """What the template asks for, in the widest setting that keeps to the pages; else in the densest."""
    data = json.dumps(page_tree(summary, making), ensure_ascii=False)
    settings = [{"data": data, "scale": scale, "air": air} for scale, air in _DENSITIES]
    if summary.most_pages is None:
        return settings[0]
    fitting = (setting for setting in settings[:-1] if _pages(setting) <= summary.most_pages)
    return next(fitting, settings[-1])


def _pages(inputs: dict[str, str]) -> int:
    """How many pages a setting takes."""
    import typst

    found = typst.query(
        _TEMPLATE.read_bytes(), "<pages>", field="value", one=True, sys_inputs=inputs, font_paths=_fonts(),
        ignore_system_fonts=True,
    )  # fmt: skip
    return int(json.loads(found))
