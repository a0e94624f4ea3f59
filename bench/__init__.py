"""The benchmark: a full-sized register and the time of the pages that people open all day."""
