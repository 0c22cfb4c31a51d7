"""A page to draw on, in inches from its top left corner, kept as PDF, SVG or PNG.

matplotlib draws it and is imported with the first page, so that nothing else waits for it. Texts are set in
the typeface that matplotlib ships: the page looks the same on every machine, and its text can be selected.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties
    from matplotlib.patches import PathPatch

Format = Literal["pdf", "svg", "png"]
Point = tuple[float, float]
# Left, top, width and height.
Box = tuple[float, float, float, float]
_POINTS = 72
_DOTS_PER_INCH = 200
_UNDRAWABLE = "\N{WHITE SQUARE}"
_SETTINGS: Any = {
    "pdf.fonttype": 42,
    "svg.fonttype": "path",
    "svg.hashsalt": "timeline",
    "hatch.linewidth": 0.8,
}
# matplotlib's settings belong to the whole process, and two people may ask for a page at once.
_drawing = threading.Lock()


@lru_cache(maxsize=2)
def _font_file(bold: bool) -> Path:
    import matplotlib

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name


@lru_cache(maxsize=2)
def _drawable(bold: bool) -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(str(_font_file(bold))).get_charmap())


@lru_cache(maxsize=64)
def _font(points: float, bold: bool) -> FontProperties:
    from matplotlib.font_manager import FontProperties

    # The file decides what is drawn, family and weight what an SVG says of a text that stays text.
    weight = "bold" if bold else "normal"
    return FontProperties(family="DejaVu Sans", weight=weight, fname=_font_file(bold), size=points)


def printable(text: str, bold: bool = False) -> str:
    """`text` on one line, with a square for each character that the typeface lacks."""
    known = _drawable(bold)
    return "".join(letter if ord(letter) in known else _UNDRAWABLE for letter in " ".join(text.split()))


@lru_cache(maxsize=4096)
def width_of(text: str, points: float, bold: bool = False) -> float:
    """How wide a text is, in inches."""
    from matplotlib.textpath import text_to_path

    if not text:
        return 0.0
    width, _, _ = text_to_path.get_text_width_height_descent(
        printable(text, bold), _font(points, bold), ismath=False
    )
    return float(width) / _POINTS


def clipped(text: str, width: float, points: float, bold: bool = False) -> str:
    """`text`, cut with an ellipsis where it is wider than `width` inches."""
    if width_of(text, points, bold) <= width:
        return text
    kept = len(text)
    while kept and width_of(f"{text[:kept].rstrip()}…", points, bold) > width:
        kept -= max(1, kept // 20)
    return f"{text[:kept].rstrip()}…"


def wrapped(text: str, width: float, points: float, most: int = 99) -> list[str]:
    """`text` in at most `most` lines of `width` inches, the last of them cut with an ellipsis."""
    lines: list[str] = []
    words = text.split()
    while words:
        line = words.pop(0)
        while words and width_of(f"{line} {words[0]}", points) <= width:
            line = f"{line} {words.pop(0)}"
        lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [clipped(line, width, points) for line in lines]


class Canvas:
    """One page of `width` by `height` inches."""

    def __init__(self, width: float, height: float) -> None:
        from matplotlib.figure import Figure

        self.figure = Figure(figsize=(width, height), dpi=_DOTS_PER_INCH, facecolor="white")
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_xlim(0, width)
        self.axes.set_ylim(height, 0)
        self.axes.axis("off")

    def text(
        self, x: float, y: float, text: str, points: float, *,
        colour: str, bold: bool = False, align: Literal["left", "center", "right"] = "left",
    ) -> None:  # fmt: skip
        """A text on one line, its baseline at `y`."""
        self.axes.text(
            x, y, printable(text, bold), fontproperties=_font(points, bold), color=colour, ha=align,
            va="baseline", parse_math=False,
        )  # fmt: skip

    def box(
        self, x: float, y: float, width: float, height: float, colour: str, *, hatch: str | None = None
    ) -> None:
        """A filled box; with a `hatch` only its lines, in `colour`."""
        from matplotlib.patches import Rectangle

        fill = hatch is None
        self.axes.add_patch(
            Rectangle(
                (x, y), width, height, facecolor=colour if fill else "none", hatch=hatch, linewidth=0,
                edgecolor="none" if fill else colour,
            )
        )  # fmt: skip

    def line(self, start: Point, end: Point, colour: str, points: float, *, under: bool = False) -> None:
        """A straight line, over boxes or under them."""
        self.axes.plot(
            [start[0], end[0]], [start[1], end[1]], color=colour, linewidth=points, solid_capstyle="butt",
            zorder=0.5 if under else 2,
        )  # fmt: skip

    def frame(self, box: Box, colour: str, points: float) -> None:
        """The four sides of a box, over what is inside."""
        from matplotlib.patches import Rectangle

        sides = Rectangle(box[:2], *box[2:], facecolor="none", edgecolor=colour, linewidth=points, zorder=1.5)
        self.axes.add_artist(sides)

    def area(
        self, rings: Iterable[Sequence[Point]], colour: str, *, edge: str = "none", points: float = 0.0,
        inside: Box | None = None,
    ) -> None:  # fmt: skip
        """Land: closed rings, of which those inside another are holes, cut at the sides of `inside`."""
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path as Outline

        paths = [Outline(list(ring), closed=True) for ring in rings if len(ring) > 3]
        if not paths:
            return
        patch = PathPatch(
            Outline.make_compound_path(*paths), facecolor=colour, edgecolor=edge, linewidth=points,
            joinstyle="round",
        )  # fmt: skip
        self._add(patch, inside)

    def strokes(
        self, lines: Iterable[tuple[Point, Point]], colour: str, points: float, *, inside: Box | None = None
    ) -> None:
        """Many straight lines as one."""
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path as Outline

        ends = [end for line in lines for end in line]
        if ends:
            codes = [Outline.MOVETO, Outline.LINETO] * (len(ends) // 2)
            patch = PathPatch(Outline(ends, codes), facecolor="none", edgecolor=colour, linewidth=points)
            self._add(patch, inside)

    def _add(self, patch: PathPatch, inside: Box | None) -> None:
        from matplotlib.patches import Rectangle

        # Not add_patch, which would walk along every outline for limits that are set already.
        self.axes.add_artist(patch)
        if inside is not None:
            patch.set_clip_path(Rectangle(inside[:2], *inside[2:], transform=self.axes.transData))

    def marker(
        self, x: float, y: float, shape: str, points: float, colour: str, *, hollow: bool = False
    ) -> None:
        """A mark with a white rim, so that marks that touch stay apart."""
        rim = {"markerfacecolor": "white", "markeredgecolor": colour, "markeredgewidth": 1.0}
        solid = {"markerfacecolor": colour, "markeredgecolor": "white", "markeredgewidth": 0.5}
        style: dict[str, Any] = rim if hollow else solid
        self.axes.plot([x], [y], marker=shape, markersize=points, linestyle="none", zorder=4, **style)

    def rendered(self, form: Format, metadata: Mapping[str, Any], *, keeps_text: bool = False) -> bytes:
        """The bytes of the page; `metadata` has the keys of the format.

        An SVG `keeps_text` where its reader has the typeface, else its texts are outlines.
        """
        import matplotlib

        target = io.BytesIO()
        settings = {**_SETTINGS, "svg.fonttype": "none" if keeps_text else "path"}
        # Packed tighter, a drawing takes longer and is a tenth smaller.
        packed: Any = {"pil_kwargs": {"compress_level": 3}} if form == "png" else {}
        with _drawing, matplotlib.rc_context(settings):
            self.figure.savefig(target, format=form, dpi=_DOTS_PER_INCH, metadata=dict(metadata), **packed)
        return target.getvalue()
