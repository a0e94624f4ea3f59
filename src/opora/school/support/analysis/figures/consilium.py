"""The consilium: meetings, opinions, referrals to ПМПК, conclusions brought and their conditions (000, Р-93, K-11).

Talks that a signal with a mark of suicidal risk brought stand in no figure of children.
"""

from __future__ import annotations

from django.db.models import Count, Q

from opora.school.consilium.models import AgendaItem, ConsiliumMeeting, ConsiliumOpinion, ReferralToCommission
from opora.school.duties.models import BroughtConclusion, SchoolDuty

from .tables import TOTAL, Behind, Counted, Measure, Phrase, Rule, lines_of, summed
from .year import Year

CLAUSE = "распоряжение Р-93; Положение о Службе сопровождения, п. 5.1"
CONCLUSIONS = "273-ФЗ, ст. 79; Положение о Службе сопровождения, п. 2.2"
NOTE = "Обсуждения по сигналам с отметкой о суицидальном риске сюда не входят."
MEETINGS, OPINIONS = (Measure("meetings", "заседаний"),), (Measure("opinions", "заключений"),)
PATHS, CONDITIONS = (Measure("papers", "всего"),), (Measure("conditions", "условий"),)
STEPS = (
    ("referred", "направлены на ПМПК"), ("agreed", "родители согласились"), ("disagreed", "родители отказались"),
    ("brought", "принесены заключения ПМПК"),
)  # fmt: skip


def _plain(path: str) -> Q:
    return Q(**{f"{path}concern__isnull": True}) | Q(**{f"{path}concern__suicide_risk": False})


def _held(year: Year) -> Q:
    return Q(state=ConsiliumMeeting.State.HELD) & year.days("day")


def _meetings(year: Year) -> Counted:
    rows = ConsiliumMeeting.objects.of(year.organisation).filter(_held(year)).order_by()
    found = {code: (n,) for code, n in rows.values_list("kind").annotate(n=Count("pk"))}
    return Counted(lines_of(ConsiliumMeeting.Kind.choices, found), summed(found.values(), 1))


def _at_meetings(year: Year, row: str, _: str) -> Behind:
    return Behind(ConsiliumMeeting, _held(year) if row == TOTAL else _held(year) & Q(kind=row))


def _signed(year: Year) -> Q:
    return Q(annulled_on__isnull=True) & year.days("signed_on") & _plain("item__")


def _opinions(year: Year) -> Counted:
    rows = ConsiliumOpinion.objects.of(year.organisation).filter(_signed(year)).order_by()
    found = {code: (n,) for code, n in rows.values_list("item__outcome").annotate(n=Count("pk"))}
    return Counted(lines_of(AgendaItem.Outcome.choices, found), summed(found.values(), 1))


def _with_outcome(year: Year, row: str, _: str) -> Behind:
    return Behind(ConsiliumOpinion, _signed(year) if row == TOTAL else _signed(year) & Q(item__outcome=row))


def _referred(year: Year) -> dict[str, Q]:
    made = Q(annulled_on__isnull=True) & year.days("day") & _plain("item__")
    answers = ReferralToCommission.Answer
    return {
        "referred": made, "agreed": made & Q(answer=answers.AGREED), "disagreed": made & Q(answer=answers.DISAGREED),
    }  # fmt: skip


def _brought(year: Year) -> Q:
    return year.days("brought_on") & ~Q(end_reason=BroughtConclusion.EndReason.MISTAKE)


def _path(year: Year) -> Counted:
    rows = ReferralToCommission.objects.of(year.organisation)
    found = rows.aggregate(**{code: Count("pk", filter=asked) for code, asked in _referred(year).items()})
    found["brought"] = BroughtConclusion.objects.of(year.organisation).filter(_brought(year)).count()
    return Counted(lines_of(STEPS, {code: (n,) for code, n in found.items()}))


def _on_path(year: Year, row: str, _: str) -> Behind | None:
    if row == "brought":
        return Behind(BroughtConclusion, _brought(year))
    asked = _referred(year).get(row)
    return Behind(ReferralToCommission, asked) if asked is not None else None


def _due(year: Year) -> Q:
    kept = ~Q(brought__end_reason=BroughtConclusion.EndReason.MISTAKE)
    return kept & year.lasting("brought__brought_on", "brought__ended_on", "brought__valid_until")


def _conditions(year: Year) -> Counted:
    rows = SchoolDuty.objects.of(year.organisation).filter(_due(year)).order_by()
    found = {code: (n,) for code, n in rows.values_list("state").annotate(n=Count("pk"))}
    return Counted(lines_of(SchoolDuty.State.choices, found), summed(found.values(), 1))


def _in_state(year: Year, row: str, _: str) -> Behind:
    return Behind(SchoolDuty, _due(year) if row == TOTAL else _due(year) & Q(state=row))


MEETING_COUNT = Rule(
    "meetings", "Заседания консилиума", CLAUSE, MEETINGS, _meetings, _at_meetings,
    Phrase("Проведено", "заседание консилиума,заседания консилиума,заседаний консилиума"),
)  # fmt: skip
OPINION_COUNT = Rule(
    "opinions", "Коллегиальные заключения по решению", CLAUSE, OPINIONS, _opinions, _with_outcome,
    Phrase("Подписано", "коллегиальное заключение,коллегиальных заключения,коллегиальных заключений"), note=NOTE,
)  # fmt: skip
REFERRALS = Rule("referrals", "Путь на ПМПК", CLAUSE, PATHS, _path, _on_path, note=NOTE)
CONDITIONS_KEPT = Rule(
    "conditions", "Условия по заключениям ПМПК", CONCLUSIONS, CONDITIONS, _conditions, _in_state,
    Phrase("По заключениям ПМПК школа создаёт", "условие,условия,условий"),
    note="Состояние — на день подсчёта по заключениям, которые действовали в году.",
)  # fmt: skip
