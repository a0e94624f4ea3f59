"""Papers of a school: the form of the annex, what teachers and the family get, who opens what, copies for editing."""

from __future__ import annotations

import io
import re

import pytest
from django.core.exceptions import PermissionDenied
from docx import Document

from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.records.documents import services
from opora.records.documents.builders.school import SCHOOL_FORMS
from opora.records.documents.docx import LAYOUTS
from opora.records.documents.forms import FORMS
from opora.records.documents.tests.paper_text import text_of, words_of
from opora.school.consilium import services as consilium
from opora.school.consilium.tests import stage
from opora.school.presentations import services as presentations
from opora.school.presentations.tests.test_presentations import ask, characteristic
from opora.school.programmes import services as programmes
from opora.school.programmes.models import ProgrammeSection
from opora.school.programmes.tests import drawing
from opora.school.programmes.tests.drawing import START

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_day")]
CLOSED = ("диагнозтайна", "семьятайна", "рисктайна", "критерийтайна", "задачатайна", "родителямтайна")


def page(client, kind, row, code, ending="pdf"):
    return client.get(f"/papers/{kind}/{row.public_id}/{code}.{ending}")


def secretive(cast):
    """A programme that tells of everything teachers need not know, and of what they do."""
    programme = drawing.whole_draft(cast)
    zhanna = cast.actor(cast.zhanna)
    for code, text in zip(("diagnostics", "problems", "characteristic"), CLOSED, strict=False):
        section = ProgrammeSection.objects.get(programme=programme, code=code)
        programmes.section_write(actor=zhanna, section=section, text=text, base_version=section.version)
    goal = programmes.line_add(actor=zhanna, programme=programme, part="goal", values={"title": "рисктайна"}, on=START)
    hidden = programmes.line_add(
        actor=zhanna, programme=programme, part="task", parent=goal, on=START,
        values={"title": "задачатайна", "direction": "social"},
    )  # fmt: skip
    shown = programmes.line_add(
        actor=zhanna, programme=programme, part="task", parent=goal, on=START,
        values={"title": "Вернуть к рисованию", "direction": "leisure"},
    )  # fmt: skip
    for parent, audience, title in ((hidden, "parents", "родителямтайна"), (shown, "staff", "Выставка рисунков")):
        programmes.line_add(
            actor=zhanna, programme=programme, part="activity", parent=parent, on=START,
            values={"audience": audience, "title": title, "form": "встреча", "responsible": cast.post(cast.polina)},
        )  # fmt: skip
    programmes.line_add(
        actor=zhanna, programme=programme, part="criterion", on=START,
        values={"title": "критерийтайна", "measure": "опрос", "scale": "five"},
    )  # fmt: skip
    programme.kind = "risk"
    programme.save()
    return programme


def test_the_programme_prints_as_the_form_of_the_annex_and_is_marked_on_each_page(school_cast, as_user):
    programme = drawing.whole_draft(school_cast)
    pdf = page(as_user(school_cast.zhanna), "programme", programme, "support_programme").content
    text = text_of(pdf, layout=False)
    for words in (
        "УТВЕРЖДАЮ", "Для служебного пользования", "План сопровождения", "Данилов Миша Игоревич", "4 «А»",
        "Ресурсы несовершеннолетнего, семьи", "С программой ознакомлен(ы), согласны принимать участие в ее реализации",
        "Занятия по снижению тревоги", "ПРОЕКТ. Не подписан",
    ):  # fmt: skip
        assert words in text
    assert Event.objects.filter(code="paper.printed", person_id=programme.person_id).exists()


def test_an_approved_programme_opens_as_it_was_approved_and_with_marks_as_of_today(school_cast, as_user):
    programme = drawing.running(school_cast)
    client = as_user(school_cast.zhanna)
    first = page(client, "programme", programme, "support_programme").content
    assert page(client, "programme", programme, "support_programme").content == first
    assert "ПРОЕКТ" not in text_of(first)
    marked = text_of(page(client, "programme", programme, "programme_progress").content)
    assert "с отметками на 21.11.2026" in marked


def test_the_extract_for_teachers_holds_no_diagnosis_no_family_and_no_risk(school_cast, as_user):
    programme = secretive(school_cast)
    client = as_user(school_cast.tatiana)
    text = text_of(page(client, "programme", programme, "teachers_extract").content)
    copied = copy_text(page(client, "programme", programme, "teachers_extract", "docx").content)
    for told in (text, copied):
        assert "Выставка рисунков" in told
        assert "Вернуть к рисованию" in told
        for secret in (*CLOSED, "Игоревич", "суицид", "мамой"):
            assert secret not in told
    whole = text_of(page(as_user(school_cast.zhanna), "programme", programme, "support_programme").content)
    assert all(secret in whole for secret in CLOSED)


def test_a_class_teacher_does_not_print_what_she_does_not_read(school_cast, as_user):
    programme = drawing.running(school_cast)
    tatiana = as_user(school_cast.tatiana)
    for code in ("support_programme", "programme_progress", "family_programme"):
        assert page(tatiana, "programme", programme, code).status_code == 403
    assert tatiana.get(f"/papers/issued/{programme.snapshot.public_id}.pdf").status_code == 403
    assert as_user(school_cast.elena).get(f"/papers/issued/{programme.snapshot.public_id}.pdf").status_code == 200
    assert page(tatiana, "programme", programme, "support_programme", "docx").status_code == 403


def test_another_school_and_a_stranger_at_the_own_one_get_nothing(school_cast, as_user):
    programme = drawing.whole_draft(school_cast)
    for user in (school_cast.zakhar, school_cast.uliana):
        assert page(as_user(user), "programme", programme, "teachers_extract").status_code == 404


def test_the_family_gets_plain_words_without_grounds(school_cast, as_user):
    programme = secretive(school_cast)
    text = text_of(page(as_user(school_cast.zhanna), "programme", programme, "family_programme").content)
    for words in ("Как мы вместе поможем", "Что делает семья", "Встречи с мамой", "Кому позвонить", "Жукова Жанна"):
        assert words in text
    assert "диагнозтайна" not in text
    assert "семьятайна" not in text


def test_a_code_of_another_row_is_no_paper_of_this_one(school_cast, as_user):
    programme = drawing.whole_draft(school_cast)
    client = as_user(school_cast.elena)
    assert page(client, "programme", programme, "consilium_protocol").status_code == 404
    assert page(client, "programme", programme, "family_programme", "docx").status_code == 404
    with pytest.raises(Refusal):
        services.paper_print(actor=school_cast.actor(school_cast.elena), code="protocol", subject=programme, on=START)


def test_opinion_protocol_and_referral_print_before_and_after_the_signature(school_cast, as_user):
    meeting = stage.planned(school_cast)
    item = stage.added(school_cast, meeting)
    elena = as_user(school_cast.elena)
    draft = text_of(page(elena, "agenda", item, "collegial_opinion").content)
    assert "ПРОЕКТ" in draft
    assert page(elena, "agenda", item, "commission_referral").status_code == 409
    signed = stage.signed(school_cast, item, outcome="referral")
    opinion = text_of(page(elena, "agenda", signed, "collegial_opinion").content)
    for words in ("КОЛЛЕГИАЛЬНОЕ ЗАКЛЮЧЕНИЕ", "С решением согласен", "Читать вслух по десять минут в день"):
        assert words in opinion
    assert "ПРОЕКТ" not in opinion
    protocol = text_of(page(elena, "meeting", meeting, "consilium_protocol").content)
    assert "Повестка дня" in protocol
    assert "Данилов Миша Игоревич" in protocol
    copied = copy_text(page(elena, "agenda", signed, "collegial_opinion", "docx").content)
    assert "Читать вслух по десять минут в день" in copied


def test_a_teacher_who_did_not_sit_there_does_not_print_the_opinion(school_cast, as_user):
    item = stage.signed(school_cast, stage.added(school_cast, stage.planned(school_cast)))
    item.participants.all().delete()  # the class teacher is invited by itself
    assert page(as_user(school_cast.tatiana), "agenda", item, "collegial_opinion").status_code == 403
    snapshot = item.opinion.snapshot
    assert as_user(school_cast.tatiana).get(f"/papers/issued/{snapshot.public_id}.pdf").status_code == 403


def test_characteristic_and_presentation_carry_the_stamp_and_the_ban_on_handing_out(school_cast, as_user):
    school_cast.agreed(school_cast.misha)
    sheet = characteristic(school_cast)
    text = text_of(page(as_user(school_cast.tatiana), "presentation", sheet, "school_characteristic").content)
    assert "ХАРАКТЕРИСТИКА ОБУЧАЮЩЕГОСЯ" in text
    assert "Данилов Миша Игоревич" in text
    (asked,) = ask(school_cast, ("polina", "psychologist"))
    polina = as_user(school_cast.polina)
    presentations.presentation_fill(
        actor=school_cast.actor(school_cast.polina), presentation=asked.presentation, texts={"p_conclusion": "Норма."}
    )
    text = text_of(page(polina, "presentation", asked.presentation, "psychologist_presentation").content)
    assert "Норма." in text
    assert "Выдача на руки родителям (законным представителям) недопустима" in text
    assert page(polina, "presentation", asked.presentation, "speech_presentation").status_code == 403
    closed = page(as_user(school_cast.tatiana), "presentation", asked.presentation, "psychologist_presentation")
    assert closed.status_code == 404


def test_the_consent_is_printed_with_what_is_known_of_the_mother(school_cast, as_user):
    mother = school_cast.mother(school_cast.misha)
    mother.identity_series, mother.identity_number = "00 00", "000777"
    mother.save()
    text = text_of(page(as_user(school_cast.elena), "pupil", school_cast.misha, "examination_consent").content)
    assert mother.full_name in text
    assert "000777" in text
    assert "Данилова Миши Игоревича" in text
    by_teacher = text_of(page(as_user(school_cast.tatiana), "pupil", school_cast.misha, "examination_refusal").content)
    assert "000777" not in by_teacher
    assert "Не выражаю согласия" in by_teacher


def test_the_page_of_a_programme_offers_its_papers_to_those_who_print_them(school_cast, as_user):
    programme = drawing.whole_draft(school_cast)
    whole = words_of(as_user(school_cast.zhanna).get(f"/programmes/{programme.public_id}/"))
    assert f"/papers/programme/{programme.public_id}/support_programme.pdf" in whole
    assert f"/papers/programme/{programme.public_id}/support_programme.docx" in whole


def test_no_commission_role_prints_papers_of_a_school(school_cast):
    from opora.foundation.access.actions import action
    from opora.foundation.accounts.roles import COMMISSION_ROLES

    assert not action("school_paper.print").roles & COMMISSION_ROLES


def test_every_school_paper_has_its_blank_and_every_copy_its_layout():
    assert {form.blank for form in SCHOOL_FORMS.values()} <= set(FORMS)
    assert {form.blank for form in SCHOOL_FORMS.values() if form.editable} == set(LAYOUTS)


def test_a_copy_is_refused_to_whoever_may_not_read_the_paper(school_cast):
    programme = drawing.whole_draft(school_cast)
    with pytest.raises(PermissionDenied):
        services.paper_copy(
            actor=school_cast.actor(school_cast.tatiana), code="support_programme", subject=programme, on=START
        )
    services.paper_copy(
        actor=school_cast.actor(school_cast.zhanna), code="support_programme", subject=programme, on=START
    )
    assert Event.objects.filter(code="paper.copied", person_id=programme.person_id).count() == 1


def test_meetings_with_a_hidden_risk_keep_the_place_of_the_child_and_not_its_name(school_cast, as_user):
    concern = stage.confirmed_concern(school_cast, risk=True)
    meeting = stage.planned(school_cast)
    stage.added(school_cast, meeting, child=school_cast.lev)
    consilium.item_add(
        actor=school_cast.actor(school_cast.elena), meeting=meeting, child=school_cast.misha, ground="concern",
        concern=concern,
    )  # fmt: skip
    assert "Данилов" in text_of(page(as_user(school_cast.elena), "meeting", meeting, "consilium_protocol").content)
    by_director = text_of(page(as_user(school_cast.daniil), "meeting", meeting, "consilium_protocol").content)
    assert "Уваров" in by_director
    assert "Данилов" not in by_director


def copy_text(data: bytes) -> str:
    """All words of a Word file."""
    document = Document(io.BytesIO(data))
    words = [paragraph.text for paragraph in document.paragraphs]
    words += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return re.sub(r"\s+", " ", " ".join(words))
