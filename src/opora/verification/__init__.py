"""Checks an export of the log and the registers. Knows no Django, no database, nothing else of Опора."""
