"""Parts of the world that the map zooms to."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan, degrees, exp, log, pi, radians, tan


@dataclass(frozen=True)
class View:
    """A part of the world (degrees west, south, east, north) and the share of the height it is drawn in."""

    west: float
    south: float
    east: float
    north: float
    bottom: float = 0.0
    top: float = 1.0

    def shows(self, lon: float, lat: float, *, margin: float = 0.0) -> bool:
        """Whether a point is at least `margin` degrees inside the view."""
        inside_lon = self.west + margin <= lon <= self.east - margin
        return inside_lon and self.south + margin <= lat <= self.north - margin

    @property
    def middle(self) -> float:
        """The latitude half-way up the picture, which is not the mean of south and north."""
        height = radians(mercator(self.south) + mercator(self.north)) / 2
        return degrees(2 * atan(exp(height)) - pi / 2)

    def pixels_per_degree(self, width_px: int, height_px: int) -> float:
        """Pixels that a degree of longitude takes when the view fills as much of the space as it can."""
        tall = mercator(self.north) - mercator(self.south)
        return min(width_px / (self.east - self.west), height_px * (self.top - self.bottom) / tall)


@dataclass(frozen=True)
class Zoom:
    """What a region shows: one or more views, and the height in pixels that they share."""

    views: tuple[View, ...]
    height: int = 390


ZOOMS = {
    "all": Zoom((View(-18.0, 18.5, 52.0, 57.5),)),
    "western-balkans": Zoom((View(13.0, 39.4, 24.2, 46.5),)),
    "eastern-neighbourhood": Zoom((View(20.0, 37.6, 52.5, 56.8),)),
    # The southern partners lie along a strip; the small ones at its eastern end are drawn larger below it.
    "southern-neighbourhood": Zoom(
        (View(-18.0, 17.5, 44.5, 39.0, bottom=0.53), View(30.5, 29.1, 43.0, 37.6, top=0.5)), 560
    ),
}


def mercator(lat: float) -> float:
    """Height of a latitude on the Mercator projection, in degrees of longitude."""
    return degrees(log(tan(pi / 4 + radians(lat) / 2)))
