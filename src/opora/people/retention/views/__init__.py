"""Pages of keeping and destroying."""
