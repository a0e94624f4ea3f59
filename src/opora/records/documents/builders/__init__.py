"""What each printed form takes from the models: `CASE_FORMS` lists those that are printed from a case."""

from __future__ import annotations

from dataclasses import dataclass

from opora.commission.cases.flow import Status

from . import adaptation_profile, application, consent_child, consent_guardian, drafts, file_contents, missing_papers
from .printed import Build, PrintedForm


@dataclass(frozen=True, kw_only=True)
class CaseForm(PrintedForm):
    """A form of a case. `offered_in` are the states of the case in which the page offers it; it prints in any."""

    offered_in: frozenset[str]


def _form(
    code: str, title: str, hint: str, build: Build, offered_in: frozenset[str], holds: frozenset[str] = frozenset()
) -> CaseForm:
    return CaseForm(code=code, title=title, hint=hint, build=build, offered_in=offered_in, holds=holds)


_BEFORE = frozenset({Status.OPENED, Status.PAPERS, Status.READY, Status.BOOKED})
_WORK = frozenset({Status.EXAMINATION, Status.DISCUSSION})
_ALWAYS = frozenset(Status)
_FAMILY = frozenset({"identity", "contacts"})
_PROTOCOL = frozenset({"contacts", "diagnoses", "special_texts"})
_CONCLUSION = frozenset({"identity", "diagnoses", "special_texts"})
_SCHOOL = frozenset({"identity"})
_PROFILE = frozenset({"special_texts"})
_ATTESTATION = frozenset({"identity"})

_ALL = (
    _form("application", "Заявление", "прил. 2.3, на подпись", application.build, _BEFORE, _FAMILY),
    _form(
        "consent_child", "Согласие: данные ребёнка", "прил. 2.17, на подпись", consent_child.build, _BEFORE, _FAMILY,
    ),
    _form(
        "consent_guardian", "Согласие: данные родителя", "прил. 2.18, на подпись", consent_guardian.build, _BEFORE,
        _FAMILY,
    ),
    _form(
        "missing_papers", "Каких документов не хватает", "письмо родителю", missing_papers.build,
        frozenset({Status.OPENED, Status.PAPERS, Status.READY, Status.BOOKED}),
    ),
    _form("protocol", "Протокол — проект", "прил. 2.15", drafts.protocol, _WORK, _PROTOCOL),
    _form("conclusion", "Заключение — проект", "прил. 2.16", drafts.conclusion, _WORK, _CONCLUSION),
    _form(
        "conclusion_school", "Выписка для школы — проект", "без диагноза", drafts.conclusion_school, _WORK, _SCHOOL,
    ),
    _form(  # offered on the page of the scale itself, when it is filled
        "adaptation_profile", "Профиль адаптированности", "прил. 10.2, 10.3", adaptation_profile.build, frozenset(),
        _PROFILE,
    ),
    _form(  # offered on the sheet of the conclusion on ГИА
        "attestation_conclusion", "Заключение ГИА — проект", "прил. 2.16, п. 10", drafts.attestation_conclusion,
        frozenset(), _ATTESTATION,
    ),
    _form(
        "attestation_protocol", "Протокол ГИА — проект", "прил. 2.15", drafts.attestation_protocol, frozenset(),
        _PROFILE,
    ),
    _form("file_contents", "Опись карты", "прил. 2.14", file_contents.build, _ALWAYS),
)  # fmt: skip
CASE_FORMS: dict[str, CaseForm] = {form.code: form for form in _ALL}
SIGNED_FORMS = ("conclusion", "conclusion_school", "protocol", "attestation_conclusion", "attestation_protocol")
"""Forms that exist as drafts before the signature and as frozen papers after it."""
