"""Formats of dates, named by FORMAT_MODULE_PATH."""
