"""Colours of the map, light and dark: one hue, from pale to deep, on neutral land."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class MapColours:
    """What the map is painted with. The three shades run from the lowest step to the highest."""

    surface: str
    land: str
    land_line: str
    shades: tuple[str, str, str]
    not_known: str
    hatch: str
    text: str
    muted: str
    font: str = '"Source Sans", "Source Sans Pro", sans-serif'


LIGHT = MapColours(
    surface="#ffffff",
    land="#eff1f4",
    land_line="#d3d9e0",
    shades=("#c5dbf2", "#5b93d0", "#0f3e75"),
    not_known="#e3e7eb",
    hatch="#8a95a1",
    text="#10161d",
    muted="#5b6673",
)
DARK = MapColours(
    surface="#12171d",
    land="#1d242c",
    land_line="#36414d",
    shades=("#23456b", "#4f8bd0", "#bcdcff"),
    not_known="#2a323b",
    hatch="#77838f",
    text="#e6eaee",
    muted="#9aa6b2",
)


def shades_for(count: int, stops: tuple[str, str, str]) -> tuple[str, ...]:
    """`count` colours at equal distances from the first stop to the last, by way of the middle one.

    >>> shades_for(3, ("#000000", "#808080", "#ffffff"))
    ('#000000', '#808080', '#ffffff')
    """
    if count == 1:
        return (stops[1],)
    return tuple(_between(stops, 2 * number / (count - 1)) for number in range(count))


def is_dark(colour: str) -> bool:
    """Whether white is easier to read on this colour than black (relative luminance below 0.18)."""
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.18


def _between(stops: tuple[str, str, str], place: float) -> str:
    start = min(int(place), 1)
    pairs = zip(_parts(stops[start]), _parts(stops[start + 1]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * (place - start)):02x}" for a, b in pairs)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
