"""Portfolio tracker for capacity-building programmes."""

# The same as in pyproject.toml: the tracker runs from its folder and is not installed.
__version__ = "0.1.0"
