"""Two people, one section: nothing typed is lost. A sheet is made here, for this room has none of its own."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import Role
from opora.foundation.audit.models import Event
from opora.foundation.organisations.models import Organisation
from opora.foundation.worksheets.models import SECTION_LIMIT, EarlierText, Section
from opora.foundation.worksheets.services import section_discard, section_save
from opora.foundation.worksheets.views import earlier, respond


@pytest.fixture(scope="module")
def sheet():
    class SheetOfTests(Section):
        class Meta:
            app_label = "worksheets"

    yield SheetOfTests
    apps.all_models["worksheets"].pop("sheetoftests")
    apps.clear_cache()


@pytest.fixture
def section(sheet, db):
    editor = connection.schema_editor(collect_sql=True)
    editor.deferred_sql = []  # keys to other tables are of no matter here, and the editor is not entered
    statement, params = editor.table_sql(sheet)
    with connection.cursor() as cursor:
        cursor.execute(statement, params or None)
    place = Organisation.objects.create(kind="territorial_commission", full_name="ТПМПК", short_name="ТПМПК")
    return sheet.objects.create(organisation=place, code="speech")


def working(section, username, last_name):
    person = User.objects.create(username=username, last_name=last_name)
    return Actor(person, section.organisation, frozenset({Role.COMMISSION_SPECIALIST}), sworn=True)


@pytest.fixture
def vera(section):
    return working(section, "vera", "Вера")


@pytest.fixture
def gleb(section):
    return working(section, "gleb", "Глеб")


def test_each_save_raises_the_version(section, vera):
    first = section_save(actor=vera, section=section, text="раз", base_version=0)
    second = section_save(actor=vera, section=section, text="два", base_version=1)
    assert (first.section.version, second.section.version) == (1, 2)
    assert not EarlierText.objects.exists()


def test_same_text_again_changes_nothing(section, vera):
    section_save(actor=vera, section=section, text="раз", base_version=0)
    again = section_save(actor=vera, section=section, text="раз", base_version=0)
    assert not again.conflict
    assert again.section.version == 1


def test_an_old_version_never_overwrites_a_newer_one(section, vera, gleb):
    section_save(actor=vera, section=section, text="Вера", base_version=0)
    late = section_save(actor=gleb, section=section, text="Глеб", base_version=0)
    assert late.conflict
    assert (late.mine, late.theirs, late.by) == ("Глеб", "Вера", vera.user)
    section.refresh_from_db()
    assert (section.text, section.version) == ("Вера", 1)


def test_a_version_from_the_future_is_a_conflict_too(section, vera):
    assert section_save(actor=vera, section=section, text="x", base_version=7).conflict


def test_text_written_over_by_another_is_kept(section, vera, gleb):
    section_save(actor=vera, section=section, text="Вера", base_version=0)
    section_save(actor=gleb, section=section, text="Вера и Глеб", base_version=1)
    kept = EarlierText.objects.get()
    assert (kept.text, kept.user, kept.version) == ("Вера", vera.user, 1)


def test_settled_conflict_keeps_the_other_text(section, vera, gleb):
    section_save(actor=vera, section=section, text="Вера", base_version=0)
    section_save(actor=gleb, section=section, text="Глеб", base_version=1, settled=True)
    section.refresh_from_db()
    assert section.text == "Глеб"
    assert EarlierText.objects.get().text == "Вера"
    assert Event.objects.filter(code="worksheets.section_settled").count() == 1


def test_given_up_text_is_kept(section, vera):
    section_discard(actor=vera, section=section, text="моё")
    assert EarlierText.objects.get().text == "моё"


def test_half_of_a_long_text_gone_at_once_is_kept(section, vera):
    section_save(actor=vera, section=section, text="я" * 300, base_version=0)
    section_save(actor=vera, section=section, text="", base_version=1)
    assert EarlierText.objects.get().text == "я" * 300


def test_one_sitting_is_one_event(section, vera):
    for version in range(4):
        section_save(actor=vera, section=section, text=f"текст {version}", base_version=version)
    assert Event.objects.filter(code="worksheets.section_changed").count() == 1
    type(section).objects.update(at=timezone.now() - timedelta(minutes=11))
    section_save(actor=vera, section=section, text="позже", base_version=4)
    assert Event.objects.filter(code="worksheets.section_changed").count() == 2


def test_stranger_changes_nothing(section):
    other = Organisation.objects.create(kind="school", full_name="x", short_name="x")
    zahar = Actor(User.objects.create(username="zahar"), other, frozenset({Role.COMMISSION_SPECIALIST}), sworn=True)
    with pytest.raises(PermissionDenied):
        section_save(actor=zahar, section=section, text="x", base_version=0)
    with pytest.raises(PermissionDenied):
        section_discard(actor=zahar, section=section, text="x")


def posted(actor, *, background=True, **fields):
    headers = {"X-Requested-With": "fetch"} if background else {}
    request = RequestFactory().post("/sections/1/", fields, headers=headers)
    request.actor, request.user = actor, actor.user
    return request


def test_background_save_answers_with_version_and_time(section, vera):
    answer = respond(posted(vera, text="раз 😀 <b>", version="0"), section)
    assert answer.status_code == 200
    assert json.loads(answer.content)["version"] == 1


def test_conflict_is_409_with_both_texts_escaped(section, vera, gleb):
    section_save(actor=vera, section=section, text="<b>Вера</b>", base_version=0)
    answer = respond(posted(gleb, text="<i>Глеб</i>", version="0"), section)
    body = json.loads(answer.content)
    assert answer.status_code == 409
    assert (body["version"], body["theirs"]) == (1, "<b>Вера</b>")
    assert "&lt;i&gt;Глеб" in body["html"]
    assert "&lt;b&gt;Вера" in body["html"]


def test_too_long_text_is_422_with_a_sentence(section, vera):
    answer = respond(posted(vera, text="я" * (SECTION_LIMIT + 1), version="0"), section)
    assert answer.status_code == 422
    assert "не больше" in answer.content.decode()


@pytest.mark.parametrize("version", ["", "-1", "x", "1e5", "9" * 30, "²"])
def test_damaged_version_is_422(section, vera, version):
    assert respond(posted(vera, text="x", version=version), section).status_code == 422


def test_another_person_signed_in_in_the_same_browser_saves_nothing(section, vera, gleb):
    answer = respond(posted(gleb, text="x", version="0", typed_by=vera.person.public_id), section)
    assert answer.status_code == 401
    section.refresh_from_db()
    assert section.version == 0


def test_ping_tells_who_is_here_and_what_is_new(section, vera, gleb):
    respond(posted(vera, ping="1", version="0"), section)
    section = section_save(actor=vera, section=section, text="новое", base_version=0).section
    body = json.loads(respond(posted(gleb, ping="1", version="0"), section).content)
    assert body["others"] == [vera.person.short_name]
    assert body["text"] == "новое"


def test_refusal_of_the_sheet_itself_is_a_sentence(section, vera):
    def finished(**_):
        raise Refusal("finished", "Обследование завершено.")

    answer = respond(posted(vera, text="x", version="0"), section, finished)
    assert (answer.status_code, answer.content.decode()) == (422, "Обследование завершено.")


def test_earlier_texts_can_be_read(section, vera):
    section_discard(actor=vera, section=section, text="<i>моё</i>")
    request = RequestFactory().get("/")
    request.actor, request.user = vera, vera.user
    assert "&lt;i&gt;моё" in earlier(request, section, back_url="/").content.decode()
