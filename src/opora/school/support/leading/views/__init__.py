"""Pages of leading the service."""

from .acts import law, notice, notice_was_read, tell
from .behind import coverage, drafts, lessons, prevention
from .desk import desk
from .quality import draw, judge, mended, quality, review

__all__ = [
    "coverage",
    "desk",
    "drafts",
    "draw",
    "judge",
    "law",
    "lessons",
    "mended",
    "notice",
    "notice_was_read",
    "prevention",
    "quality",
    "review",
    "tell",
]
