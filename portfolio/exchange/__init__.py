"""What other programs read: calendars."""
