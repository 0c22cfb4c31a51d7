"""The questions that the three users ask: pure functions over rows, frozen dataclasses out."""
