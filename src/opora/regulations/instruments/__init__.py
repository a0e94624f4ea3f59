"""Instruments of annex 10 that score themselves: the questionnaire 10.1 and the scales 10.2 and 10.3."""
