"""What goes wrong at a desk: every wrong value gets a sentence in Russian, keeps what was typed and changes nothing.

The rooms test their own forms closely; here the same is asked of the whole product through its addresses.
"""

from __future__ import annotations

import html
import random
import re
import threading
import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from opora.commission.cases.models import Case
from opora.commission.conclusions.models import Conclusion
from opora.commission.conclusions.tests import stage as discussion
from opora.commission.examinations.tests import day
from opora.commission.intake.models import Booking, PaperFile
from opora.commission.intake.tests import stage as reception
from opora.foundation.registers.models import Entry
from opora.people.children.models import Child
from opora.records.documents.tests.paper_text import text_of
from tests.cast import Cast, assemble, child_of

from .school_walk import SCHOOL_PEOPLE, school_pages
from .walk import PEOPLE, pages_of, person

FETCH = {"X-Requested-With": "fetch"}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
HOSTILE = "<script>alert(1)</script> #panic(1) {{ 7*7 }} {% debug %} $x$ \\input{x} 🙂"
NEW_CHILD = {
    "last_name": "Орлов", "first_name": "Тимур", "middle_name": "Маратович", "birth_date": "050617",
    "citizenship": "Россия", "registration": "permanent", "identity_kind": "birth_certificate",
    "registered_address": "г. Верхнереченск, ул. Речная, д. 2",
    "guardian-last_name": "Орлова", "guardian-first_name": "Алсу", "guardian-kinship": "mother",
    "guardian-phone": "89005556677", "guardian-same_address": "on", "guardian-identity_kind": "паспорт",
    "guardian-authority_document": "свидетельство о рождении",
    "study-level": "primary", "study-school": "Школа № 7", "study-group": "2 «Б»", "diagnosis-kind": "main",
}  # fmt: skip


def words_of(answer) -> str:
    return html.unescape(answer.content.decode()).replace("\u00a0", " ")


def address(name: str, subject) -> str:
    return reverse(name, args=[subject.public_id])


def beside(answer, field: str) -> str:
    """The message that stands beside a field."""
    page = words_of(answer)
    found = re.search(rf'id="error-[^"]*{re.escape(field)}[^"]*"[^>]*>(.*?)</', page, re.S) or re.search(
        rf'class="field[^"]*has-error[^"]*".*?name="{re.escape(field)}"', page, re.S
    )
    return found.group(0) if found else ""


def application(child: Child, **changed: str) -> dict[str, str]:
    return {
        "applicant": reception.mother_of(child).public_id, "is_repeat": "", "reason": "Трудности в обучении",
        "initiator": "parent", "source": "visit", "filing": "in_person", "on": f"{timezone.localdate():%d.%m.%Y}",
        "form_key": uuid.uuid4().hex,
    } | changed  # fmt: skip


@pytest.fixture
def anna(cast, as_user) -> Client:
    return as_user(cast.anna)


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"birth_date": "21.11.2126"}, "birth_date", "ещё не наступила"),
        ({"birth_date": "32.13.2020"}, "birth_date", "32.13.2020"),
        ({"guardian-birth_date": "01.01.2018"}, "guardian-birth_date", "младше ребёнка"),
        ({"guardian-kinship": "martian"}, "guardian-kinship", "martian"),
        ({"first_name": "Тимур\x00"}, "first_name", "ноль-символ|символ|Null|нул"),
    ],
)
def test_a_wrong_value_of_a_new_child_is_told_beside_its_field(cast, anna, changed, field, words):
    answer = anna.post(reverse("children:new"), NEW_CHILD | changed)
    assert answer.status_code == 422
    page = words_of(answer)
    assert re.search(words, page)
    assert beside(answer, field)
    assert 'value="Маратович"' in page
    typed = changed[field]
    assert typed.replace("\x00", "") in page or field.endswith("kinship")
    assert not Child.objects.exists()


def test_a_second_application_is_answered_with_the_open_case(cast, daria_child, anna):
    case = reception.apply(cast, daria_child)
    answer = anna.post(address("intake:application_new", daria_child), application(daria_child))
    assert answer.status_code == 409
    assert address("cases:case", case) in words_of(answer)
    assert Case.objects.count() == 1


def test_an_hour_in_the_past_cannot_be_booked(cast, daria_child, anna):
    case = reception.ready(cast, daria_child)
    slot = reception.slot_at(reception.place_of(cast.commission), day=timezone.localdate() - timedelta(days=1))
    answer = anna.post(address("intake:book", case), {"slot": slot.public_id})
    assert answer.status_code == 422
    assert re.search("прош", words_of(answer))
    assert not Booking.objects.exists()


def test_a_double_click_and_a_repeated_post_make_one_case(cast, daria_child, anna):
    form = application(daria_child, form_key="one-and-the-same")
    first, second, late = (anna.post(address("intake:application_new", daria_child), form) for _ in range(3))
    assert first["Location"] == second["Location"] == late["Location"]
    assert Case.objects.count() == 1
    assert Entry.objects.filter(series__code="case").count() == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("скан.pdf", b"%PDF-" + b"0" * (50 * 1024 * 1024), "больше допустимых"),
        ("выписка.docx", b"PK\x03\x04" + b"0" * 100, "повреждён или загружен не до конца"),
        ("заметка.txt", "Просто текст".encode(), "не документ и не снимок"),
        ("пустой.pdf", b"", "пуст"),
        ("снимок.jpg", b"<html><script>alert(1)</script></html>", "не документ и не снимок|не снимок"),
    ],
)
def test_a_bad_scan_is_refused_in_words(cast, daria_child, anna, name, content, words):
    case = reception.receive(cast, reception.apply(cast, daria_child))
    paper = case.papers.get(requirement="medical_extract")
    answer = anna.post(address("intake:paper_attach", paper), {"files": SimpleUploadedFile(name, content)}, follow=True)
    assert answer.status_code == 200
    assert re.search(words, words_of(answer))
    assert not PaperFile.objects.exists()
    form = {f"{field}_on": f"{timezone.localdate():%d.%m.%Y}" for field in ("application",)}
    other = reception.apply(cast, child_of(cast.commission, "Петров", "Пётр"))
    held = anna.post(address("intake:receive", other), form | {"application_scan": SimpleUploadedFile(name, content)})
    assert held.status_code == 422
    assert re.search(words, words_of(held))


def test_markup_and_commands_are_printed_as_they_were_typed(cast, daria_child, anna):
    anna.post(address("intake:application_new", daria_child), application(daria_child, reason=HOSTILE))
    case = Case.objects.get()
    assert case.application.reason == HOSTILE
    assert "<script>alert" not in anna.get(address("cases:case", case)).content.decode()
    daria_child.registered_address = HOSTILE
    daria_child.save()
    answer = anna.get(reverse("documents:case_form", args=[case.public_id, "application"]))
    assert answer.status_code == 200
    text = text_of(answer.content)
    for piece in ("<script>alert(1)</script>", "#panic(1)", "{{ 7*7 }}", "{% debug %}", "$x$", "\\input{x}"):
        assert piece in text


def test_twenty_thousand_letters_and_emoji_are_kept_and_printed(cast, daria_child, as_user):
    case = discussion.discussed(cast, daria_child, day=timezone.localdate())
    section = case.examinations.get(specialist=cast.vera).sections.get(code="speech_data")
    text = f"{HOSTILE} " + "слово " * 3333
    answer = as_user(cast.boris).post(
        address("examinations:section", section), {"text": text, "version": section.version}, headers=FETCH
    )
    section.refresh_from_db()
    if answer.status_code == 200:
        assert section.text == text
    else:  # a finished sheet is opened again first: nothing is lost silently
        assert answer.status_code in (409, 422)
        section.text = text
        section.save()
    discussion.ready(cast, case)
    printed = as_user(cast.boris).get(reverse("documents:case_form", args=[case.public_id, "protocol"]))
    assert printed.status_code == 200
    found = text_of(printed.content)
    assert "{{ 7*7 }}" in found
    assert found.count("слово") == 3333


def test_the_end_of_a_session_in_the_middle_of_a_protocol_loses_nothing(cast, daria_child, as_user):
    case = discussion.discussed(cast, daria_child, day=timezone.localdate())
    conclusion = discussion.ready(cast, case)
    section = conclusion.sections.get(code="main_features")
    before = section.text
    boris = as_user(cast.boris)
    boris.cookies[settings.SESSION_COOKIE_NAME] = "ended"
    answer = boris.post(
        address("conclusions:section", section), {"text": "новый текст", "version": section.version}, headers=FETCH
    )
    assert answer.status_code == 401
    assert "Войдите снова: набранное сохранено в этом окне" in words_of(answer)
    assert boris.get(address("conclusions:sheet", conclusion)).status_code == 302
    section.refresh_from_db()
    assert section.text == before


@pytest.mark.django_db(transaction=True)
def test_two_signatures_at_once_take_one_number_and_the_second_is_told_it(transactional_db):
    cast: Cast = assemble()
    case = discussion.discussed(cast, child_of(cast.commission), day=timezone.localdate())
    discussion.ready(cast, case)
    answers: list = []
    gate = threading.Barrier(2)

    def sign() -> None:
        client = Client()
        client.force_login(cast.boris)
        gate.wait()
        answers.append(
            client.post(
                address("conclusions:sign", case),
                {"on": f"{timezone.localdate():%d.%m.%Y}", "form_key": uuid.uuid4().hex},
            )
        )
        connection.close()

    threads = [threading.Thread(target=sign) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(answer.status_code for answer in answers) == [302, 422]
    told = next(words_of(answer) for answer in answers if answer.status_code == 422)
    assert "уже подписано: № 1" in told
    assert Conclusion.objects.get().number == 1
    assert Entry.objects.filter(series__code="conclusion").count() == 1


@dataclass
class Form:
    """Where a form is sent, what stands in its fields, and of which kind each of them is."""

    action: str
    given: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)


class Fields(HTMLParser):
    """The POST forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open = False

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in given}
        if tag == "form":
            self._open = attributes.get("method", "").lower() == "post"
            if self._open:
                self.forms.append(Form(attributes.get("action", "")))
        elif self._open and tag in ("input", "select", "textarea", "button") and attributes.get("name"):
            form, name = self.forms[-1], attributes["name"]
            form.given.setdefault(name, attributes.get("value", ""))
            form.kinds.setdefault(name, kind_of(tag, attributes))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = False


def kind_of(tag: str, attributes: dict[str, str]) -> str:
    """Fields of one kind are read by the same code: dates, numbers, choices, names of rows, words."""
    if tag != "input":
        return tag
    number = attributes.get("inputmode") == "numeric" and "data-date" not in attributes
    return "date" if "data-date" in attributes else "number" if number else attributes.get("type", "text")


NONSENSE = {
    "nul": "\x00", "markup": HOSTILE, "date": "32.13.2026", "year": "01.01.0001", "negative": "-1",
    "huge": "9" * 400, "long": "щ" * 30_000, "surrogate": "\ud83d", "nothing": "",
}  # fmt: skip
KEPT = {"csrfmiddlewaretoken", "version", "form_key"}
ELSEWHERE = ("/account/", "/settings/")
ROUNDS = 3


class Turns:
    """Which nonsense comes next into a field: each kind of field gets all kinds of nonsense, dealt like cards."""

    def __init__(self) -> None:
        self.given = Counter[str]()
        self.left = defaultdict[str, list[str]](list)
        self.chance = random.Random(2016)

    def typed(self, form: Form) -> dict[str, str]:
        return {name: given if name in KEPT else self._next(form.kinds[name]) for name, given in form.given.items()}

    def _next(self, kind: str) -> str:
        self.given[kind] += 1
        if not self.left[kind]:
            self.left[kind] = self.chance.sample(list(NONSENSE.values()), len(NONSENSE))
        return self.left[kind].pop()

    def is_due(self, form: Form) -> bool:
        """Some field of the form is of a kind that has not had everything yet."""
        return any(self.given[kind] < len(NONSENSE) for name, kind in form.kinds.items() if name not in KEPT)


def forms_of(client: Client, pages: list) -> dict[str, Form]:
    """Every different POST form of the pages, by route and field names."""
    found: dict[str, Form] = {}
    for one in pages:
        answer = client.get(one.address)
        reader = Fields()
        reader.feed(answer.content.decode())
        for form in reader.forms:
            form.action = urljoin(one.address, form.action)
            shape = re.sub(r"[a-z0-9]{10,}(?=/)", "*", form.action) + " ".join(sorted(form.given))
            if not form.action.startswith(ELSEWHERE):
                found.setdefault(shape, form)
    return found


def encoded(typed: dict[str, str]) -> str:
    """A form as bytes that need not be text."""
    return urlencode({name: value.encode("utf-8", "surrogatepass") for name, value in typed.items()})


@pytest.mark.slow
@pytest.mark.xdist_group("browser")  # those who walk the same region
def test_no_form_of_the_path_breaks_on_nonsense(region_places, as_user):
    """Each form of each page three times with nonsense in all its fields: a sentence, never a fault."""
    at, school = region_places.commission, region_places.school
    pages = [*pages_of(at), *school_pages(school)]
    tried, faults, turns = 0, [], Turns()
    for here, role in [(at, role) for role in PEOPLE] + [(school, role) for role in SCHOOL_PEOPLE]:
        client = as_user(person(here, role))
        client.raise_request_exception = False
        for form in forms_of(client, [one for one in pages if one.role == role]).values():
            rounds = 0
            while rounds < ROUNDS or turns.is_due(form):
                typed = turns.typed(form) | {"form_key": uuid.uuid4().hex}
                with transaction.atomic():
                    answer = client.post(form.action, encoded(typed), content_type="application/x-www-form-urlencoded")
                    transaction.set_rollback(True)
                rounds += 1
                if answer.status_code >= 500 or (
                    answer.status_code >= 400 and not re.search("[а-яё]{4}", words_of(answer))
                ):
                    faults.append(f"{form.action} {answer.status_code}: {typed}")
            tried += rounds
    print(f"\nnonsense: {tried} posts, {len(faults)} faults; fields tried: {dict(turns.given)}")
    assert not faults, "\n".join(one[:2000] for one in faults)


def test_a_date_typed_wrong_comes_back_as_typed(cast, daria_child, anna):
    answer = anna.post(
        address("intake:application_new", daria_child), application(daria_child, on="31.02.2026", reason="Речь")
    )
    assert answer.status_code == 422
    page = words_of(answer)
    assert 'value="31.02.2026"' in page
    assert "Речь</textarea>" in page
    assert beside(answer, "on")
    assert not Case.objects.exists()


def test_an_unknown_choice_and_another_family_s_parent_are_refused(cast, daria_child, anna):
    stranger = reception.mother_of(child_of(cast.commission, "Петров", "Пётр"))
    for changed in ({"initiator": "martians"}, {"applicant": stranger.public_id}, {"source": "\x00"}):
        answer = anna.post(address("intake:application_new", daria_child), application(daria_child, **changed))
        assert answer.status_code == 422, changed
        assert "Речь" not in changed
        assert "error-summary" in answer.content.decode()
    assert not Case.objects.exists()


def test_tomorrow_is_no_day_of_a_deed(cast, daria_child, anna):
    case = day.ready_case(cast, "Ильин", "Илья")
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = anna.post(
        address("intake:application_new", daria_child), application(daria_child, on=f"{tomorrow:%d.%m.%Y}")
    )
    assert answer.status_code == 422
    assert "ещё не наступила" in beside(answer, "on") or "ещё не наступила" in words_of(answer)
    assert list(Case.objects.all()) == [case]
