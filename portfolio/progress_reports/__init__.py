"""Progress reports by Excel: the workbook that is issued, the report that comes in, what it changes."""
