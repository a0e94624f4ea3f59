"""The support service of a school: directions, papers, plans, the social passport, the analysis, norms of hours."""
