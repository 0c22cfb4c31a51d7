"""Workbooks that people laid out themselves: guessed, settled with a person, remembered, read."""
