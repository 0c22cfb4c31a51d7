"""Pictures of a document: charts and maps, as vectors for pages and as dots for what takes no vectors.

The same block gives the same bytes. Title and alternative text are left to the document that the picture
stands in; unit, legend, what is not known and the disclaimer of a map travel with the picture.
"""

from __future__ import annotations

from typing import Literal

from portfolio.summaries.bar_pictures import draw_bars
from portfolio.summaries.canvases import Canvas
from portfolio.summaries.column_pictures import draw_columns
from portfolio.summaries.content import Chart, Columns, Picture
from portfolio.summaries.map_pictures import draw_map

_MM_PER_INCH = 25.4


def draw_picture(block: Picture, form: Literal["svg", "png"], *, width_mm: float = 170) -> bytes:
    """The picture of a block.

    Units:  `width_mm` is the width on paper; the height follows from what is drawn.
    Shape:  an SVG whose texts are text in DejaVu Sans, so that a page can be searched; or a PNG of 200 dots
            to the inch.
    Raises: KeyError for a partner that the base map does not know.
    """
    canvas = _drawn(block, width_mm / _MM_PER_INCH)
    # The date is left out, and with it the only thing that would differ.
    return canvas.rendered(form, {"Date": None} if form == "svg" else {}, keeps_text=True)


def _drawn(block: Picture, width: float) -> Canvas:
    if isinstance(block, Chart):
        return draw_bars(block, width)
    return draw_columns(block, width) if isinstance(block, Columns) else draw_map(block, width)
