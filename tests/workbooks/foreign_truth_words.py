"""The codes that the truth about the foreign workbooks uses, each by a short name."""

from __future__ import annotations

HEADINGS = (
    "human-resources",
    "travel",
    "equipment-and-supplies",
    "local-office",
    "other-costs-and-services",
    "other",
    "indirect-costs",
)
HUMAN, TRAVEL, EQUIPMENT, OFFICE, SERVICES, OTHER, INDIRECT = HEADINGS
DONE, RUNNING, PLANNED, CANCELLED = "done", "in-progress", "planned", "cancelled"
