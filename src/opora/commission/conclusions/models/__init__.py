"""The conclusion and what stands around it."""

from .drawing import NBSP, Conclusion, ConclusionSection, DissentingOpinion, Handover
from .overrides import CheckOverride
from .taken import TakenText

__all__ = ["NBSP", "CheckOverride", "Conclusion", "ConclusionSection", "DissentingOpinion", "Handover", "TakenText"]
