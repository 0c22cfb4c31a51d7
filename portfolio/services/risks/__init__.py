"""Risks: the register, how each was rated before, and which reviews are stale."""
