"""Signing in stories that are about something else: over whatever the checks warn of."""

from __future__ import annotations

from datetime import date

from opora.commission.conclusions.checks import problems_of
from opora.commission.conclusions.models import Conclusion
from opora.commission.conclusions.services import conclusion_sign
from tests.cast import Cast

from .stage import DAY


def sign_anyway(cast: Cast, conclusion: Conclusion, on: date = DAY) -> Conclusion:
    """The conclusion signed by Борис with a reason for each warning."""
    conclusion.refresh_from_db()
    reasons = {one.key: "так решила комиссия" for one in problems_of(conclusion, on)}
    return conclusion_sign(actor=cast.actor(cast.boris), conclusion=conclusion, on=on, reasons=reasons)
