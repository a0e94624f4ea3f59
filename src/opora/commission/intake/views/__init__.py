"""Pages of the reception, by noun."""
