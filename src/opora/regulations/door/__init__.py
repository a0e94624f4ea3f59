"""The machine-readable door: cases from files in, answers of the rules with their clauses out. No Django, no clock."""
