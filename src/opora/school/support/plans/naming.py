"""How plans are called on pages, on the desk and in the paper."""

from __future__ import annotations

from .models import WorkPlan
from .terms import term_title


def plan_title(plan: WorkPlan) -> str:
    """«План на месяц, ноябрь 2026»."""
    words = str(plan.get_horizon_display())
    return f"{words[:1].upper()}{words[1:]}, {term_title(plan.horizon, plan.starts_on, plan.ends_on)}"


def whose(plan: WorkPlan) -> str:
    """«Служба сопровождения», or the name of its owner."""
    return plan.owner.user.short_name if plan.owner else "Служба сопровождения"
