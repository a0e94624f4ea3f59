"""The road to a meeting of the school consilium (K-01): screenings, signs that a teacher notices, expected days."""
