"""Pages of sessions, of work sheets and of the steps that this room makes."""
