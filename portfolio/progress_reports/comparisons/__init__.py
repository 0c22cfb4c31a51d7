"""What a report changes: read against what was issued and what holds now."""
