"""Papers printed for signature carry the family's data, declined, with nothing typed twice."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.commission.cases.models import Case
from opora.commission.editions.laws import one_reading
from opora.commission.intake.models import Paper
from opora.commission.intake.tests.stage import apply, receive, to_school
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.foundation.registers.models import Snapshot
from opora.people.naming import NameCase
from opora.records.documents import command, services
from opora.records.documents.builders import CASE_FORMS, SIGNED_FORMS
from opora.records.documents.builders.file_contents import folders_of
from opora.records.documents.builders.phrases import decline_phrase

from .paper_text import text_of, words_of

DAY = date(2026, 11, 21)


@pytest.fixture
def case(cast, daria_child) -> Case:
    to_school(cast, daria_child)
    return apply(cast, daria_child)


def printed(cast, case, code) -> str:
    return text_of(services.paper_print(actor=cast.actor(cast.anna), code=code, subject=case, on=DAY))


def test_the_application_declines_parent_child_head_and_commission(cast, case):
    text = printed(cast, case, "application")
    assert "Руководителю Борисову Б. Б." in text
    assert "Государственного учреждения «ПМПК Заречного района»" in text
    assert "от Даниловой Дарьи Петровны" in text
    assert "Данилова Миши Игоревича" in text
    assert "15 января 2020 г." in text
    assert "серия 4500 № 000001" in text
    assert "+7 (900) 123-45-67" in text


def test_a_name_declined_by_hand_wins_over_the_rules(cast, case):
    mother = case.application.applicant
    mother.declined = {"genitive": "Даниловой-Ковач Дарьи Петровны"}
    mother.save()
    case.refresh_from_db()
    assert "от Даниловой-Ковач Дарьи Петровны" in printed(cast, case, "application")


def test_the_consent_for_the_child_keeps_names_in_the_nominative(cast, case):
    text = printed(cast, case, "consent_child")
    assert "Данилова Дарья Петровна" in text
    assert "Данилов Миша Игоревич" in text
    assert "свидетельства о рождении" in text
    assert "10 (десяти) рабочих дней" in text
    assert "на обработку в Государственном учреждении «ПМПК Заречного района»" in text


def test_the_consent_of_the_parent_is_a_paper_of_its_own(cast, case):
    text = printed(cast, case, "consent_guardian")
    assert "Данилова Дарья Петровна" in text
    assert "Данилов Миша" not in text


def test_the_letter_about_missing_papers_speaks_to_the_mother(cast, case):
    text = printed(cast, case, "missing_papers")
    assert "Даниловой Дарье Петровне" in text
    assert "Уважаемая Дарья Петровна!" in text
    assert "для обследования Данилова Миши Игоревича" in text
    assert "выписка из истории развития" in text.lower()


def test_no_letter_is_written_when_nothing_is_missing(cast, case):
    Paper.objects.filter(case=case).update(received_on=DAY)
    with pytest.raises(Refusal, match="письмо родителю не нужно"):
        printed(cast, case, "missing_papers")


def test_the_contents_of_the_file_tell_what_is_there_and_until_when_it_is_kept(cast, case):
    receive(cast, case)
    paper = Paper.objects.get(case=case, requirement="medical_extract")
    paper.received_on, paper.medium, paper.sheets = DAY, "copy", 4
    paper.checked_by, paper.checked_on = cast.anna, DAY
    paper.save()
    text = printed(cast, case, "file_contents")
    assert "до 15 января 2048 г." in text
    assert "Алексеева А. А." in text
    assert "Протоколы обследования" in text
    [folder] = folders_of(case.child)
    lines = {line.title.split(" ")[0].lower(): line for line in folder.lines}
    assert lines["заявление"].present
    assert "Заключение ПМПК" not in [line.title for line in folder.missing], "its time has not come"
    Case.objects.filter(pk=case.pk).update(status="handed")
    [folder] = folders_of(case.child)
    assert [line.title for line in folder.missing][-1] == "Заключение ПМПК"


def test_a_thick_file_asks_the_database_no_more_than_a_thin_one(cast, case):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked, one_reading():  # as within a web request
            folders_of(case.child)
        return len(asked)

    thin = queries()
    for number in range(100, 130):
        Case.objects.create(
            organisation=cast.commission, child=case.child, number=number, year=2025, edition="2016", status="handed",
            opened_on=DAY, status_since=DAY,
        )  # fmt: skip
    assert len(folders_of(case.child)) == 31
    assert queries() == thin


def test_the_undertaking_is_printed_for_oneself_and_for_a_colleague(cast, as_user):
    nina = Position.objects.get(user=cast.nina)
    own = as_user(cast.nina).get("/papers/undertaking.pdf")
    assert own.status_code == 200
    text = text_of(own.content)
    assert "Никитина Нина Николаевна" in text
    assert "Государственного учреждения «ПМПК Заречного района»" in text
    address = f"/papers/undertaking/{nina.public_id}.pdf"
    assert "Никитина" in text_of(as_user(cast.anna).get(address).content)
    assert as_user(cast.vera).get(address).status_code == 403
    assert as_user(cast.zakhar).get(address).status_code == 404


def test_a_paper_opens_in_the_browser_under_a_name_that_says_nothing(cast, case, as_user):
    response = as_user(cast.anna).get(f"/papers/{case.public_id}/application.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("inline; filename=")
    assert case.public_id not in response["Content-Disposition"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "no-store, private"
    assert Event.objects.filter(code="paper.printed", person_id=case.child.public_id).count() == 1


def test_papers_are_for_those_who_work_on_the_case(cast, case, as_user):
    address = f"/papers/{case.public_id}/application.pdf"
    assert as_user(cast.zakhar).get(address).status_code == 404
    assert as_user(cast.olga).get(address).status_code == 403
    assert as_user(cast.nina).get(address).status_code == 403
    assert as_user(cast.anna).get(f"/papers/{case.public_id}/nonsense.pdf").status_code == 404
    assert Snapshot.objects.count() == 0


def test_a_draft_that_nobody_has_begun_is_refused_with_a_page(cast, case, as_user):
    response = as_user(cast.anna).get(f"/papers/{case.public_id}/conclusion.pdf")
    assert response.status_code == 409
    assert "заключение ещё не составляют" in words_of(response)


def test_a_paper_that_cannot_be_made_is_a_page_and_not_a_crash(cast, case, as_user, monkeypatch):
    from opora.records.documents.rendering import RenderingError

    def broken(*args, **kwargs):
        raise RenderingError("no")

    monkeypatch.setattr(services, "render_pdf", broken)
    response = as_user(cast.anna).get(f"/papers/{case.public_id}/application.pdf")
    assert response.status_code == 409
    assert "Документ не удалось подготовить" in words_of(response)


def test_markup_in_a_name_is_printed_as_it_is_typed(cast, case):
    child = case.child
    child.last_name = "#panic(1) *Данилов* $x$ {{ 7*7 }} <script>"
    child.save()
    text = printed(cast, case, "consent_child")
    assert "#panic(1) *Данилов* $x$ {{ 7*7 }}" in text


@pytest.mark.parametrize(
    "code",
    sorted(set(CASE_FORMS) - {*SIGNED_FORMS, "missing_papers", "adaptation_profile"}),
)
def test_every_form_prints_for_a_child_about_whom_little_is_known(cast, daria_child, code):
    daria_child.guardianships.all().delete()
    bare = Case.objects.create(
        organisation=cast.commission, child=daria_child, number=1, year=2026, edition="2016",
        opened_on=DAY, status_since=DAY,
    )  # fmt: skip
    assert services.paper_print(actor=cast.actor(cast.anna), code=code, subject=bare, on=DAY).startswith(b"%PDF")


def test_the_command_writes_a_form_to_a_file(cast, case, tmp_path):
    target = tmp_path / "form.pdf"
    size = command.write_form("application", case.number, case.year, cast.commission, target)
    assert size == target.stat().st_size
    assert "ЗАЯВЛЕНИЕ" in text_of(target.read_bytes())
    with pytest.raises(command.FormNotWritten):
        command.write_form("application", 999, case.year, None, target)
    with pytest.raises(command.FormNotWritten, match="Такого бланка нет"):
        command.write_form("nonsense", case.number, case.year, cast.commission.short_name, target)


@pytest.mark.parametrize(
    ("phrase", "case", "declined"),
    [
        (
            "Территориальная психолого-медико-педагогическая комиссия Лугового округа", NameCase.GENITIVE,
            "Территориальной психолого-медико-педагогической комиссии Лугового округа",
        ),
        ("Центральная комиссия области", NameCase.ACCUSATIVE, "Центральную комиссию области"),
        ("Бюджетное учреждение «Центр»", NameCase.PREPOSITIONAL, "Бюджетном учреждении «Центр»"),
        ("Муниципальное учреждение", NameCase.DATIVE, "Муниципальному учреждению"),
        ("ГБУ «Центр диагностики»", NameCase.GENITIVE, "ГБУ «Центр диагностики»"),
        ("Городской центр помощи", NameCase.GENITIVE, "Городского центра помощи"),
        ("свидетельство о рождении", NameCase.GENITIVE, "свидетельства о рождении"),
        ("акт органа опеки", NameCase.GENITIVE, "акта органа опеки"),
        ("Ладушки", NameCase.GENITIVE, "Ладушки"),
    ],
)  # fmt: skip
def test_names_of_organisations_are_declined_by_their_head(phrase, case, declined):
    assert decline_phrase(phrase, case) == declined
