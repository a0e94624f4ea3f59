"""Опора: the commission, the school consilium and the support service for children with special needs."""

__version__ = "0.1.0"
