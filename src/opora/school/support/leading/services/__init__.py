"""Writing of this room."""

from .quality import review_mend, review_save, sample_draw
from .telling import notice_read, notice_tell

__all__ = ["notice_read", "notice_tell", "review_mend", "review_save", "sample_draw"]
