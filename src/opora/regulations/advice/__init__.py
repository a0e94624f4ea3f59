"""Advice on the variant of a programme (P-19): candidates with reasons, what is missing, what disagrees.

The rules are rows of `editions/*/advice.toml`. A row names the categories or programmes that it speaks of, its role and
its conditions; the modules here only weigh rows. No variant has code of its own. Ask `advising.advise(facts)`.
"""
