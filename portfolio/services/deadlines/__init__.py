"""Deadlines of decisions, agreements, contracts and reports: counted by rules that are data."""
