"""Figures of a school year: pure reading, sums made by the database."""
