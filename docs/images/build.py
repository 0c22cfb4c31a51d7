"""The pages of documents that docs/documents.md shows, drawn anew: python -m docs.images.build

They are of the demonstration as it comes, made at one moment, so that the same program gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import tempfile
from dataclasses import replace
from pathlib import Path

from PIL import Image

from portfolio.services.access import LOCAL_PERSON
from portfolio.settings import Settings
from portfolio.storage.setup import ensure_database
from portfolio.summaries.documents import SummaryScope, compose
from portfolio.summaries.pdf import page_images

HERE = Path(__file__).parent
MADE = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
PAGES = {
    "regional-summary.png": SummaryScope("region", "western-balkans"),
    "partner-brief.png": SummaryScope("partner", "SRB"),
}
PIXELS_PER_INCH, COLOURS = 110, 256


def draw(name: str, scope: SummaryScope, folder: Path) -> None:
    """Nothing; the first page of a document is a picture beside this file."""
    database = ensure_database(Settings("demo", f"sqlite:///{folder}/demo.sqlite3", name_is_chosen=True))
    made = compose(database, LOCAL_PERSON, scope)
    first = page_images(made.summary, replace(made.making, at=MADE), ppi=PIXELS_PER_INCH)[0]
    picture = (
        Image.open(io.BytesIO(first))
        .convert("RGB")
        .quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    )
    picture.save(HERE / name, optimize=True)
    database.engine.dispose()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for name, scope in PAGES.items():
            draw(name, scope, Path(folder))
