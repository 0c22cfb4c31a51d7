"""Where each project stands on a date: one row per project, grouped by the database."""
