"""Forms, refusals and what a person may switch."""

import pytest
from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.template import Context, Template
from django.test import RequestFactory

from opora.foundation.access.actions import UndertakingMissing
from opora.foundation.access.refusals import Refusal
from opora.foundation.ui import errors, icons
from opora.foundation.ui.forms import attempt


class Visit(forms.Form):
    name = forms.CharField(label="Имя", help_text="Как в паспорте")
    day = forms.DateField(label="День")
    kind = forms.ChoiceField(label="Вид", choices=[("a", "первичное"), ("b", "повторное")], widget=forms.RadioSelect)
    note = forms.CharField(label="Примечание", required=False, widget=forms.Textarea)


@pytest.mark.parametrize("typed", ["21.05.2026", "21.05.26", "210526", "21052026", "2026-05-21"])
def test_dates_are_understood_as_people_type_them(typed):
    form = Visit({"name": "Анна", "day": typed, "kind": "a"})
    assert form.is_valid(), form.errors
    assert f"{form.cleaned_data['day']}" == "2026-05-21"


def test_field_keeps_the_value_and_says_the_error_to_a_reader():
    form = Visit({"name": "<Анна>", "day": "завтра", "kind": "a"})
    html = Template("{% error_summary form %}{% field form.name %}{% field form.day %}").render(Context({"form": form}))
    assert 'value="&lt;Анна&gt;"' in html
    assert 'aria-describedby="id_name_helptext"' in html
    assert 'aria-describedby="id_day_error"' in html
    assert 'id="id_day_error"' in html
    assert '<a href="#id_day">День:' in html


def test_optional_field_is_marked_and_radios_have_a_legend():
    html = Template("{% field form.note %}{% field form.kind %}").render(Context({"form": Visit()}))
    assert "необязательно" in html
    assert "<legend" in html
    assert html.count('id="id_kind"') == 1


@pytest.mark.django_db
def test_refusal_of_a_service_stands_beside_its_field():
    form = Visit({"name": "Анна", "day": "210526", "kind": "a"})
    assert form.is_valid()

    def refuse():
        raise Refusal("past", "День прошёл.", "п. 2.3", field="day")

    assert attempt(form, refuse) is None
    assert form.errors["day"] == ["День прошёл. (п. 2.3)"]


@pytest.mark.django_db
def test_validation_error_of_an_unknown_field_stands_on_top():
    form = Visit({"name": "Анна", "day": "210526", "kind": "a"})

    def refuse():
        raise ValidationError({"name": "Коротко.", "secret": "Занято."})

    attempt(form, refuse)
    assert form.errors["name"] == ["Коротко."]
    assert form.non_field_errors() == ["Занято."]


def test_form_key_differs_each_time():
    drawn = {Template("{% form_key %}").render(Context()) for _ in range(3)}
    assert len(drawn) == 3
    assert all('name="form_key"' in one for one in drawn)


def test_status_is_a_word_and_its_text_is_escaped():
    html = Template('{% status text "late" %}').render(Context({"text": "<b>"}))
    assert "is-late" in html
    assert "&lt;b&gt;" in html
    with pytest.raises(ValueError, match="unknown kind"):
        Template('{% status "x" "urgent" %}').render(Context())


def test_unlisted_icon_is_an_error():
    with pytest.raises(ValueError, match="not listed"):
        icons.svg("../../etc/passwd")


@pytest.fixture
def request_(rf: RequestFactory):
    return rf.get("/x/")


def test_stranger_and_missing_have_the_same_body(rf):
    one = errors.not_found(rf.get("/cases/aaaa/"), Exception("no Case"))
    other = errors.not_found(rf.get("/cases/bbbb/"), Exception("stranger"))
    assert one.content == other.content
    assert one.status_code == 404


def test_refusal_says_its_reason(request_):
    page = errors.forbidden(request_, PermissionDenied("Не ваше дело."))
    assert page.status_code == 403
    assert "Не ваше" in page.content.decode().replace("\u00a0", " ")
    assert "2.19" in errors.forbidden(request_, UndertakingMissing("Подпишите.")).content.decode()


def test_failure_gives_a_number_and_no_trace(request_, caplog):
    try:
        raise RuntimeError("тайна")
    except RuntimeError:
        page = errors.server_error(request_)
    assert page.status_code == 500
    assert "тайна" not in page.content.decode()
    assert page["X-Incident"] in page.content.decode()
    assert page["X-Incident"] in caplog.text


def test_background_request_gets_a_sentence_not_a_page(rf):
    answer = errors.form_expired(rf.post("/x/", headers={"X-Requested-With": "fetch"}))
    assert answer.status_code == 403
    assert b"<html" not in answer.content
