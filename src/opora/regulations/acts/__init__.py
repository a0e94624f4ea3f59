"""The legal register (P-33): documents that the rules rest on, their status, and which rule names which of them."""
