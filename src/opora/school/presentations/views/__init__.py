"""Pages of presentations."""
