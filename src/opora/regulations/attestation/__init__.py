"""Conditions of the state examination (ГИА) as a conclusion of their own: questions, offers, checks."""
