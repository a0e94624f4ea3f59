"""The consilium (ППк): the steps of a meeting, its outcomes, terms and journals, as data with clauses."""
