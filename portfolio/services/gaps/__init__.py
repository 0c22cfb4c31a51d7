"""Gaps and overlaps: who works where on what, where nobody does, and where two projects meet."""
