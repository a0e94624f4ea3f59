"""Backups: one sealed archive of database and files, checked after writing, restored only into an empty place."""
