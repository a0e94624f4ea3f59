"""Writing of presentations, asking for them, giving out and packing."""

from .packages import characteristic_hand, package_prepare
from .requests import presentation_request, request_cancel
from .sheets import (
    choices_write,
    details_set,
    earlier_carry,
    is_writable,
    presentation_fill,
    presentation_finish,
    presentation_reopen,
    presentation_start,
    section_write,
)

__all__ = [
    "characteristic_hand",
    "choices_write",
    "details_set",
    "earlier_carry",
    "is_writable",
    "package_prepare",
    "presentation_fill",
    "presentation_finish",
    "presentation_reopen",
    "presentation_request",
    "presentation_start",
    "request_cancel",
    "section_write",
]
