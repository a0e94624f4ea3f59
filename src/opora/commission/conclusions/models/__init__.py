"""The conclusion and what stands around it."""

from .drawing import NBSP, Conclusion, ConclusionSection, DissentingOpinion, Handover

__all__ = ["NBSP", "Conclusion", "ConclusionSection", "DissentingOpinion", "Handover"]
