"""Editable copies (DOCX) of the papers that people edit; a copy is marked as one and never signed."""

from .layouts import LAYOUTS
from .rendering import render_docx

__all__ = ["LAYOUTS", "render_docx"]
