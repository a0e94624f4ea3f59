"""The law as data and pure functions: no Django, no database, no clock."""
