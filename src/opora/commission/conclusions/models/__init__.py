"""The conclusion and what stands around it."""

from .drawing import Conclusion, ConclusionSection, DissentingOpinion, Handover

__all__ = ["Conclusion", "ConclusionSection", "DissentingOpinion", "Handover"]
