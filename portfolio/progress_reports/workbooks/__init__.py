"""Workbooks handed out: written, identified, and handed back with their problems marked."""
