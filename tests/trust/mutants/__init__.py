"""Seeded faults: guards broken on purpose, each of which named tests must notice (`python -m tests.trust.mutants`)."""
