"""Papers as pages: those of a case and of a file, those of the school."""

from .answers import PDF_POLICY, respond_docx, respond_pdf

__all__ = ["PDF_POLICY", "respond_docx", "respond_pdf"]
