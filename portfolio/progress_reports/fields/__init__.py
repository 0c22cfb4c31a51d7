"""What a report asks for: the columns of each sheet."""
