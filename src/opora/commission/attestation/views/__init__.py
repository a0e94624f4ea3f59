"""Pages of conclusions on ГИА."""
