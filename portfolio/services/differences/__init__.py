"""What changed between two dates: the same projects as they stood on one day and on another."""
