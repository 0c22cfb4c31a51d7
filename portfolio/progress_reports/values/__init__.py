"""What a cell says for a field, in any way of writing it."""
