"""Lag of early age in epicrisis terms (P-14)."""
