"""Forms of the reception, by noun."""
