"""Tables, input shapes and row shapes of the portfolio."""
