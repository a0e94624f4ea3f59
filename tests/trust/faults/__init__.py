"""Faults on real processes: what is killed, filled up, set back or taken away, and what is there afterwards."""
