"""From bytes to cells: what a file is, whether it may be opened, and what stands in it."""
