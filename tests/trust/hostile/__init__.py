"""Hostile input: what is typed, sent and asked by somebody who means harm, over every form and query of the product."""
