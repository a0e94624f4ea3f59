"""Holds, orders of destruction, the erasure."""

from .holds import hold_place, hold_release
from .orders import destruction_confirm, destruction_decline, destruction_propose

__all__ = [
    "destruction_confirm",
    "destruction_decline",
    "destruction_propose",
    "hold_place",
    "hold_release",
]
