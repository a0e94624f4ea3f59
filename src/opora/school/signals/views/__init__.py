"""Pages of the room: concerns, screenings, tables."""
