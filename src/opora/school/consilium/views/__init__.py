"""Pages of the consilium."""
