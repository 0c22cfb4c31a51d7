"""Portfolio tracker for capacity-building programmes."""
