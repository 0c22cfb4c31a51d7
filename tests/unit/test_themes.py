"""Colours: the two themes agree with Streamlit's, are readable, and are told apart by everybody."""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Sequence

import pytest

from portfolio.settings import ROOT
from portfolio.ui.theme import STATUSES, THEMES, Theme, contrast

Matrix = tuple[tuple[float, float, float], ...]
# Machado, Oliveira and Fernandes (2009), severity 1: how linear RGB looks with each deficiency.
VISION: dict[str, Matrix] = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.1523, 1.0526, -0.2049), (0.1145, 0.7863, 0.0992), (-0.0039, -0.0481, 1.052)),
    "deuteranopia": ((0.3673, 0.8606, -0.228), (0.2801, 0.6725, 0.0474), (-0.0118, 0.0429, 0.9689)),
    "tritanopia": ((1.2555, -0.0767, -0.1788), (-0.0784, 0.9308, 0.1476), (0.0047, 0.6914, 0.3039)),
}  # fmt: skip
TO_XYZ: Matrix = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
WHITE = (0.95047, 1.0, 1.08883)
# A difference of 2 is just noticeable beside each other; parts of a chart lie apart.
TOLD_APART = 20


def times(matrix: Matrix, vector: Sequence[float]) -> list[float]:
    """Matrix times vector."""
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def linear(colour: str) -> list[float]:
    """Linear RGB of a hexadecimal colour."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def lab(colour: str, vision: Matrix) -> tuple[float, float, float]:
    """CIELAB of a colour as it looks with a deficiency."""
    seen = [min(max(channel, 0.0), 1.0) for channel in times(vision, linear(colour))]
    xyz = [value / white for value, white in zip(times(TO_XYZ, seen), WHITE, strict=True)]
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return (116 * y - 16, 500 * (x - y), 200 * (y - z))


def difference(one: str, other: str, vision: Matrix) -> float:
    """CIE76 difference of two colours as they look with a deficiency."""
    pairs = zip(lab(one, vision), lab(other, vision), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


def closest(colours: Sequence[str], vision: Matrix) -> float:
    """The smallest difference among colours."""
    return min(difference(a, b, vision) for a, b in itertools.combinations(colours, 2))


def test_red_and_green_of_traffic_lights_would_be_confused() -> None:
    assert difference("#d62728", "#8c7a20", VISION["usual"]) > TOLD_APART
    assert difference("#d62728", "#8c7a20", VISION["deuteranopia"]) < TOLD_APART


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_series_and_status_colours_are_told_apart(theme: Theme, vision: str) -> None:
    assert closest(theme.series, VISION[vision]) > TOLD_APART
    open_states = [theme.status[name] for name in ("green", "amber", "red", "grey")]
    assert closest(open_states, VISION[vision]) > TOLD_APART


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_text_and_marks_are_readable(theme: Theme) -> None:
    for surface in (theme.background, theme.surface):
        assert contrast(theme.text, surface) > 7
        assert contrast(theme.muted, surface) > 4.5
        assert contrast(theme.accent, surface) > 4.5
    assert all(contrast(colour, theme.background) > 3 for colour in theme.status.values())


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_map_scale_grows_in_one_direction(theme: Theme) -> None:
    steps = [contrast(colour, theme.background) for colour in theme.scale]
    assert steps == sorted(steps)


def test_status_differs_by_letter_shape_and_word() -> None:
    for marks in zip(*((s.letter, s.shape, s.word, s.marker) for s in STATUSES.values()), strict=True):
        assert len(set(marks)) == len(STATUSES)


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_streamlit_theme_has_the_same_colours(theme: Theme) -> None:
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    colours = config["theme"][theme.name]
    assert {
        "backgroundColor": theme.background,
        "secondaryBackgroundColor": theme.surface,
        "textColor": theme.text,
        "borderColor": theme.border,
        "greenColor": theme.status["green"],
        "orangeColor": theme.status["amber"],
        "redColor": theme.status["red"],
    }.items() <= colours.items()


def test_streamlit_config_and_server_agree() -> None:
    from portfolio.serving import FIXED_OPTIONS

    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    shared = {
        f"{section}.{name}": str(value).lower() if isinstance(value, bool) else str(value)
        for section in ("server", "browser", "client")
        for name, value in config[section].items()
    }
    assert shared.items() <= FIXED_OPTIONS.items()
