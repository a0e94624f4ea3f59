"""Two school years of a support service: its papers, its daily work, what the director approves."""
