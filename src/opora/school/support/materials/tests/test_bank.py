"""The bank: a method is used at once, a programme is approved; topics are pasted; files, review, use."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from opora.foundation.access.refusals import Refusal
from opora.foundation.files.models import StoredFile
from opora.foundation.ui.desk import desk_of
from opora.school.support.materials import services, using
from opora.school.support.materials.models import Material
from opora.school.support.materials.outline import topics_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_day")]
TODAY = date(2026, 11, 21)


@pytest.fixture
def polina(school_cast):
    return school_cast.actor(school_cast.polina)


def method(actor, **fields):
    given = {"kind": "method", "title": "Тест тревожности", "direction": "diagnostics"} | fields
    return services.material_save(actor=actor, **given)


def programme(actor, **fields):
    return method(actor, kind="programme", title="Школа общения", direction="correction", **fields)


def test_topics_are_understood_as_people_type_them():
    text = "1. Знакомство — 2 ч\n\nТема 2. Чувства и эмоции (1,5 часа)\nПравила группы\nРабота с 4 классом\t3"
    assert [(one.title, one.hours) for one in topics_of(text)] == [
        ("Знакомство", Decimal(2)), ("Чувства и эмоции", Decimal("1.5")), ("Правила группы", Decimal(1)),
        ("Работа с 4 классом", Decimal(3)),
    ]  # fmt: skip


def test_a_method_is_used_at_once_and_a_programme_only_when_approved(school_cast, polina):
    irina, daniil = school_cast.actor(school_cast.irina), school_cast.actor(school_cast.daniil)
    assert services.material_use(actor=polina, material=method(polina)).status == "in_use"
    own = programme(polina)
    with pytest.raises(Refusal, match="невозможно"):
        services.material_use(actor=polina, material=own)
    with pytest.raises(Refusal, match="ни одной темы"):
        services.material_submit(actor=polina, material=own, on=TODAY)
    services.topics_add(actor=polina, material=own, topics=topics_of("Знакомство — 2\nЧувства"))
    services.material_submit(actor=polina, material=own, on=TODAY)
    with pytest.raises(Refusal, match="не меняют"):
        services.topics_add(actor=polina, material=own, topics=topics_of("Ещё"))
    services.material_return(actor=irina, material=own, remarks="Добавьте цель")
    services.material_save(actor=polina, material=own, aim="Научить договариваться")
    services.material_submit(actor=polina, material=own, on=TODAY)
    with pytest.raises(PermissionDenied):
        services.material_examine(actor=polina, material=own, on=TODAY)
    services.material_examine(actor=irina, material=own, on=TODAY)
    approved = services.material_approve(actor=daniil, material=own, on=TODAY)
    assert (approved.status, approved.approved_on, approved.remarks) == ("in_use", TODAY, "")
    assert services.material_change(actor=polina, material=own).approved_on is None


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": "Тест тревожности"}, "title"), ({"title": "тест Тревожности"}, "title"),
        ({"title": "Другой", "age_from": 10, "age_to": 7}, "age_to"),
        ({"title": "Другой", "starts_on": date(2026, 9, 1), "ends_on": date(2026, 8, 1)}, "ends_on"),
    ],
)  # fmt: skip
def test_bad_values_are_refused_beside_their_field(polina, fields, field):
    method(polina)
    with pytest.raises(Refusal) as refused:
        method(polina, **fields)
    assert refused.value.field == field
    assert Material.objects.count() == 1


def test_a_colleague_reads_what_is_in_use_and_changes_nothing(school_cast, polina):
    larisa, draft = school_cast.actor(school_cast.larisa), method(polina)
    assert not Material.objects.visible_to(larisa).exists()
    services.material_use(actor=polina, material=draft)
    assert Material.objects.visible_to(larisa).exists()
    with pytest.raises(PermissionDenied):
        services.material_save(actor=larisa, material=draft, title="Моё")
    with pytest.raises(PermissionDenied):
        services.material_retire(actor=school_cast.actor(school_cast.zakhar), material=draft)


def test_a_file_is_kept_opened_and_erased(school_cast, as_user, polina):
    own = services.material_use(actor=polina, material=method(polina))
    client, address = as_user(school_cast.polina), reverse("materials:file_add", args=[own.public_id])
    bad = client.post(address, {"upload": SimpleUploadedFile("a.exe", b"MZ" + b"0" * 100)})
    assert bad.status_code == 422
    assert "программа" in bad.content.decode()
    assert client.post(address, {}).status_code == 422
    assert not StoredFile.objects.exists()
    picture = BytesIO()
    Image.new("RGB", (8, 8), "white").save(picture, "PNG")
    assert client.post(address, {"upload": SimpleUploadedFile("Бланк.png", picture.getvalue())}).status_code == 302
    kept = own.files.get()
    page = client.get(reverse("materials:material", args=[own.public_id])).content.decode()
    assert "Бланк.png" in page
    assert as_user(school_cast.larisa).get(reverse("materials:file", args=[kept.public_id])).status_code == 200
    assert as_user(school_cast.zakhar).get(reverse("materials:file", args=[kept.public_id])).status_code == 404
    assert as_user(school_cast.larisa).post(reverse("materials:file_remove", args=[kept.public_id])).status_code == 403
    assert client.post(reverse("materials:file_remove", args=[kept.public_id])).status_code == 302
    assert not own.files.exists()
    assert StoredFile.objects.get().title == ""


def test_the_desk_reminds_of_a_review_and_one_click_does_it(school_cast, as_user, polina):
    own = services.material_use(actor=polina, material=method(polina, review_on=date(2026, 11, 1)))
    desk = desk_of(polina, TODAY)
    assert [(one.who, one.todo) for one in desk.late] == [("Тест тревожности", "пересмотреть или убрать")]
    client = as_user(school_cast.polina)
    assert "Пересмотрено, годится" in client.get(reverse("materials:material", args=[own.public_id])).content.decode()
    address = reverse("materials:review", args=[own.public_id])
    assert client.post(address, {"next_on": "01.01.2020"}).status_code == 422
    assert client.post(address, {"next_on": "211127"}).status_code == 302
    own.refresh_from_db()
    assert own.review_on == date(2027, 11, 21)
    assert not desk_of(polina, TODAY).late


def test_use_is_told_by_rooms_above(polina, monkeypatch):
    own = method(polina)
    monkeypatch.setattr(using, "_COUNTERS", [lambda keys: {own.pk: (3, TODAY)}, lambda keys: {own.pk: (1, TODAY)}])
    assert using.uses_of([own.pk]) == {own.pk: using.Use(4, TODAY)}


def test_the_outline_is_written_and_kept_on_the_page(school_cast, as_user, polina):
    own = programme(polina)
    client = as_user(school_cast.polina)
    add = reverse("materials:topic_add", args=[own.public_id])
    assert client.post(add, {"text": "Знакомство — 2\nЧувства"}).status_code == 302
    answer = client.post(add, {"text": "Итоги"}, headers={"HX-Request": "true"}).content.decode()
    assert "3\u00a0строки" in answer
    assert "4 ч" in answer
    topic = own.topics.get(title="Чувства")
    address = reverse("materials:topic", args=[topic.public_id])
    bad = client.post(address, {"title": "Чувства", "hours": "много"}, headers={"HX-Request": "true"})
    assert bad.status_code == 422
    client.post(address, {"title": "Чувства и эмоции", "hours": "1,5"})
    client.post(address, {"deed": "up"})
    assert own.topics.order_by("order").values_list("title", "hours")[0] == ("Чувства и эмоции", Decimal("1.5"))
    client.post(address, {"deed": "remove"})
    assert own.topics.count() == 2


def test_a_form_keeps_what_was_typed(school_cast, as_user):
    client = as_user(school_cast.polina)
    typed = {"kind": "method", "title": "Тест", "direction": "diagnostics", "age_from": "12", "age_to": "7",
             "annotation": "Описание"}  # fmt: skip
    answer = client.post(reverse("materials:new"), typed)
    assert answer.status_code == 422
    assert "Старший возраст меньше младшего" in answer.content.decode()
    assert "Описание" in answer.content.decode()
    made = client.post(reverse("materials:new"), typed | {"age_to": "15"})
    page = client.get(made.headers["Location"]).content.decode()
    assert "12—15" in page
    assert client.post(reverse("materials:use", args=[Material.objects.get().public_id])).status_code == 302
    edited = client.post(reverse("materials:edit", args=[Material.objects.get().public_id]), typed | {"age_to": ""})
    assert edited.status_code == 302


def test_the_list_asks_as_little_for_thirty_as_for_three(school_cast, as_user, polina):
    client, address = as_user(school_cast.polina), reverse("materials:list")
    counts = []
    for first, last in ((0, 3), (3, 30)):
        for number in range(first, last):
            services.material_use(actor=polina, material=method(polina, title=f"Методика {number}"))
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address, {"kind": "method", "ages": "7-10", "q": "Методика"}).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def approved(cast, own):
    services.topics_add(actor=cast.actor(cast.polina), material=own, topics=topics_of("Знакомство — 2"))
    services.material_submit(actor=cast.actor(cast.polina), material=own, on=TODAY)
    services.material_examine(actor=cast.actor(cast.irina), material=own, on=TODAY)
    return services.material_approve(actor=cast.actor(cast.daniil), material=own, on=TODAY)


def test_what_was_handed_in_never_becomes_a_method(school_cast, polina):
    own = programme(polina)
    services.material_save(actor=polina, material=own, kind="method")  # a draft nobody has seen
    services.material_save(actor=polina, material=own, kind="programme")
    topic = services.topics_add(actor=polina, material=own, topics=topics_of("Знакомство"))[0]
    with pytest.raises(Refusal, match="темы") as refused:
        services.material_save(actor=polina, material=own, kind="method")
    assert refused.value.field == "kind"
    services.topic_remove(actor=polina, topic=topic)
    approved(school_cast, own)
    services.material_change(actor=polina, material=own)
    services.topic_remove(actor=polina, topic=own.topics.get())
    with pytest.raises(Refusal, match="уже отдавали"):
        services.material_save(actor=polina, material=own, kind="method")
    services.material_save(actor=polina, material=own, kind="programme", aim="Другая цель")


def test_files_of_a_programme_stay_as_they_were_approved(school_cast, as_user, polina):
    own, client = programme(polina), as_user(school_cast.polina)
    picture = BytesIO()
    Image.new("RGB", (8, 8), "white").save(picture, "PNG")

    def added():
        upload = SimpleUploadedFile("Программа.png", picture.getvalue())
        return client.post(reverse("materials:file_add", args=[own.public_id]), {"upload": upload}).status_code

    assert added() == 302
    approved(school_cast, own)
    remove = reverse("materials:file_remove", args=[own.files.get().public_id])
    assert (added(), client.post(remove).status_code, own.files.count()) == (422, 409, 1)
    assert remove not in client.get(reverse("materials:material", args=[own.public_id])).content.decode()
    services.material_change(actor=polina, material=own)
    assert (added(), client.post(remove).status_code, own.files.count()) == (302, 302, 1)


def test_nul_in_a_pasted_outline_is_stripped(school_cast, as_user, polina):
    own = programme(polina)
    as_user(school_cast.polina).post(reverse("materials:topic_add", args=[own.public_id]), {"text": "Зна\x00ки — 2 ч"})
    assert own.topics.get().title == "Знаки"


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1999, 12, 31), date(2100, 1, 2), date(9999, 12, 31)])
def test_a_year_that_is_none_is_refused_beside_its_day(polina, day):
    for name in ("starts_on", "ends_on", "review_on"):
        with pytest.raises(Refusal, match="Проверьте год") as refused:
            method(polina, **{name: day})
        assert refused.value.field == name
    own = services.material_use(actor=polina, material=method(polina, starts_on=date(2000, 1, 1), ends_on=TODAY))
    if day > TODAY:
        with pytest.raises(Refusal, match="Проверьте год"):
            services.material_review(actor=polina, material=own, next_on=day, on=TODAY)
    services.material_review(actor=polina, material=own, next_on=date(2100, 1, 1), on=TODAY)
