"""Pages of the journals: the books and their certification, their prints."""
