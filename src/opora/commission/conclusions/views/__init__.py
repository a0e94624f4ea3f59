"""Pages of conclusions."""
