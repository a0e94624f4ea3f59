"""From a teacher's concern to the outcome: who tells, who decides, who examines, who sees what of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.actions import Frozen
from opora.foundation.access.models import Freeze
from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.foundation.ui.desk import desk_of
from opora.foundation.ui.notices import notices_of
from opora.people.children.models import Child
from opora.school.signals import services
from opora.school.signals.models import AdditionalExamination, Concern
from opora.school.signals.panels import child_signals
from tests.school_cast import SchoolCast

TODAY = timezone.localdate


def told(people: SchoolCast, by=None, child: Child | None = None, **given: object) -> Concern:
    """Ульяна, who teaches another class, tells of Миша."""
    whole = {"signs": ["anxiety"], "seen": "Плачет на перемене", "noticed_on": TODAY()} | given
    return services.concern_raise(
        actor=people.actor(by or people.uliana), child_id=(child or people.misha).public_id, **whole
    )


def sent(people: SchoolCast, concern: Concern) -> Concern:
    return services.concern_send(
        actor=people.actor(people.elena), concern=concern, psychologist=people.post(people.polina), due_on=TODAY()
    )


def examined(people: SchoolCast, concern: Concern, *, confirmed: bool) -> AdditionalExamination:
    return services.examination_record(
        actor=people.actor(people.polina), concern=concern, held_on=TODAY(), methods="Беседа",
        findings="Тревога высокая", confirmed=confirmed, answer="Спасибо, ребёнок под присмотром.",
    )  # fmt: skip


class TestTelling:
    def test_a_teacher_tells_of_a_child_of_another_class_and_his_card_stays_closed(self, people, as_user):
        concern, uliana = told(people), people.actor(people.uliana)
        client = as_user(people.uliana)

        assert concern.state == "raised"
        assert list(Concern.objects.visible_to(uliana)) == [concern]
        assert people.misha not in Child.objects.visible_to(uliana)
        assert client.get(reverse("children:child", args=[people.misha.public_id])).status_code == 404
        page = client.get(reverse("signals:concern", args=[concern.public_id])).content.decode()
        assert "Плачет" in page
        assert people.misha.birth_date.strftime("%d.%m.%Y") not in page
        assert "карта ребёнка" not in page

    def test_another_teacher_learns_nothing_of_it(self, people, as_user):
        concern = told(people, by=people.tatiana, child=people.misha)

        assert not Concern.objects.visible_to(people.actor(people.uliana)).exists()
        assert as_user(people.uliana).get(reverse("signals:concern", args=[concern.public_id])).status_code == 404

    def test_the_class_teacher_sees_that_there_was_one_and_not_what_was_seen(self, people, as_user):
        concern = told(people)
        page = as_user(people.tatiana).get(reverse("signals:concern", args=[concern.public_id])).content.decode()

        assert "у администрации" in page
        assert "Плачет" not in page
        assert "тревожность" not in page

    @pytest.mark.parametrize(
        ("given", "code"),
        [
            ({"noticed_on": date(2999, 1, 1)}, "bad_day"),
            ({"noticed_on": date(2001, 1, 1)}, "bad_day"),
            ({"signs": ["invented"]}, "unknown_sign"),
            ({"signs": [], "seen": " \x00 "}, "nothing_said"),
        ],
    )
    def test_a_concern_that_says_nothing_or_of_no_day_is_refused(self, people, given, code):
        with pytest.raises(Refusal) as refused:
            told(people, **given)

        assert refused.value.code == code
        assert not Concern.objects.exists()

    def test_a_child_of_another_school_is_no_pupil_and_a_frozen_card_takes_nothing(self, people):
        with pytest.raises(Refusal, match="в классах вашей школы нет"):
            services.concern_raise(
                actor=people.actor(people.zakhar), child_id=people.misha.public_id, noticed_on=TODAY(), seen="Слово"
            )
        Freeze.objects.create(
            organisation=people.school, person_id=people.misha.public_id, ground="отзыв", since=TODAY()
        )
        with pytest.raises(Frozen):
            told(people)

    def test_whoever_has_not_signed_the_undertaking_tells_nothing(self, people):
        with pytest.raises(PermissionDenied):
            told(people, by=people.yulia)

    def test_the_form_names_pupils_by_class_and_by_letters_and_tells_in_one_go(self, people, as_user):
        client, new = as_user(people.uliana), reverse("signals:new")
        own = client.get(new).content.decode()
        assert "Уваров Лев" in own  # her own class stands there at once
        assert "Данилов" not in own

        found = client.post(reverse("signals:pupils"), {"who": "данилоф"}).content.decode()
        assert "Данилов Миша" in found
        assert people.misha.birth_date.strftime("%Y") not in found
        kept = client.post(new, {"room": "4 «А»", "seen": "Ссора"}).content.decode()
        assert "Данилов Миша" in kept
        assert "Ссора" in kept

        whole = {
            "child": people.misha.public_id,
            "signs": ["peers"],
            "urgency": "soon",
            "noticed_on": f"{TODAY():%d%m%y}",
        }
        answer = client.post(new, whole)
        assert answer.status_code == 302
        assert Concern.objects.get().signs == ["peers"]

    def test_what_was_typed_stays_when_something_is_wrong(self, people, as_user):
        answer = as_user(people.uliana).post(
            reverse("signals:new"), {"seen": "Видел драку", "urgency": "soon", "noticed_on": "99.99.9999"}
        )

        assert answer.status_code == 422
        assert "Видел драку" in answer.content.decode()
        assert "Выберите обучающегося из списка" in answer.content.decode()


class TestDeciding:
    def test_the_chair_sends_it_to_a_psychologist_who_learns_of_the_child_by_that(self, people):
        concern = told(people)
        assert people.misha not in Child.objects.visible_to(people.actor(people.polina))

        sent(people, concern)

        assert people.misha in Child.objects.visible_to(people.actor(people.polina))
        duty = desk_of(people.actor(people.polina), TODAY()).today[0]
        assert duty.todo == "Провести дополнительное обследование"

    @pytest.mark.parametrize(
        ("who", "due", "code"),
        [("larisa", 3, "no_psychologist"), ("polina", -1, "past"), ("zakhar", 1, "no_psychologist")],
    )
    def test_a_strange_psychologist_or_a_past_day_is_refused(self, people, who, due, code):
        concern = told(people)
        with pytest.raises(Refusal) as refused:
            services.concern_send(
                actor=people.actor(people.elena), concern=concern, psychologist=people.post(getattr(people, who)),
                due_on=TODAY() + timedelta(days=due),
            )  # fmt: skip

        assert refused.value.code == code
        concern.refresh_from_db()
        assert concern.state == "raised"

    def test_it_may_be_closed_with_a_reason_and_never_twice(self, people):
        concern = told(people)
        services.concern_decline(actor=people.actor(people.irina), concern=concern, reason="Ссора улажена")

        with pytest.raises(Refusal, match="уже дальше"):
            services.concern_decline(actor=people.actor(people.irina), concern=concern, reason="Ещё раз")

    def test_a_teacher_decides_nothing(self, people, as_user):
        concern = told(people)
        answer = as_user(people.uliana).post(reverse("signals:decline", args=[concern.public_id]), {"reason": "Так"})

        assert answer.status_code == 403


class TestExamining:
    def test_without_consent_nothing_is_examined_and_the_page_says_what_can_be_done(self, people, as_user):
        concern = sent(people, told(people))
        with pytest.raises(Refusal) as refused:
            examined(people, concern, confirmed=True)

        assert refused.value.code == "no_consent"
        assert "по памяти" in refused.value.clause
        assert not AdditionalExamination.objects.exists()
        page = as_user(people.polina).get(reverse("signals:examination", args=[concern.public_id])).content.decode()
        assert reverse("pupils:consent_new", args=[people.misha.public_id]) in page
        assert "Пока его нет, можно" in page

    def test_consent_of_a_later_day_does_not_cover_an_earlier_examination(self, people):
        concern = told(people, on=TODAY() - timedelta(days=3), noticed_on=TODAY() - timedelta(days=3))
        sent(people, concern)
        people.agreed(people.misha, on=TODAY())

        with pytest.raises(Refusal) as refused:
            services.examination_record(
                actor=people.actor(people.polina), concern=concern, held_on=TODAY() - timedelta(days=1),
                findings="Тревога", confirmed=True,
            )  # fmt: skip
        assert refused.value.code == "no_consent"

    def test_a_confirmed_concern_waits_for_a_meeting(self, people):
        people.agreed(people.misha)
        concern = sent(people, told(people))
        examined(people, concern, confirmed=True)

        concern.refresh_from_db()
        assert concern.state == Concern.State.CONFIRMED
        assert Event.objects.filter(code="concern.confirmed", person_id=people.misha.public_id).count() == 1

    def test_the_author_sees_the_answer_and_not_the_findings(self, people, as_user):
        people.agreed(people.misha)
        concern = sent(people, told(people))
        examined(people, concern, confirmed=False)
        page = as_user(people.uliana).get(reverse("signals:concern", args=[concern.public_id])).content.decode()

        assert "Спасибо, ребёнок под присмотром." in page
        assert "Тревога высокая" not in page
        assert "Прочесть ответ на ваш сигнал" in [
            one.todo for one in desk_of(people.actor(people.uliana), TODAY()).today
        ]

    @pytest.mark.parametrize(("who", "reads"), [("elena", True), ("irina", True), ("daniil", True), ("tatiana", False)])
    def test_findings_are_for_those_who_lead_the_support(self, people, as_user, who, reads):
        people.agreed(people.misha)
        concern = sent(people, told(people))
        examined(people, concern, confirmed=True)
        page = as_user(getattr(people, who)).get(reverse("signals:concern", args=[concern.public_id])).content.decode()

        assert ("Тревога высокая" in page) is reads

    def test_what_is_being_written_is_kept_and_the_concern_stays(self, people, as_user):
        people.agreed(people.misha)
        concern = sent(people, told(people))
        client, page = as_user(people.polina), reverse("signals:examination", args=[concern.public_id])
        typed = {"draft": "1", "held_on": f"{TODAY():%d.%m.%Y}", "findings": "Начало текста"}

        assert "Сохранено в" in client.post(page, typed, headers={"HX-Request": "true"}).content.decode()
        assert "Начало текста" in client.get(page).content.decode()
        concern.refresh_from_db()
        assert concern.state == "examination"
        assert client.post(page, typed | {"findings": "", "draft": ""} | {"outcome": "confirmed"}).status_code == 302

    def test_only_the_psychologist_to_whom_it_was_sent_examines(self, people):
        people.agreed(people.misha)
        concern = sent(people, told(people))
        with pytest.raises(PermissionDenied):
            services.examination_record(
                actor=people.actor(people.elena), concern=concern, held_on=TODAY(), findings="Сама", confirmed=True
            )


class TestRisk:
    """A mark of suicidal risk: at once, and for fewer people, at every door."""

    @pytest.fixture
    def marked(self, people: SchoolCast) -> Concern:
        return told(people, suicide_risk=True, urgency="planned")

    def test_it_cannot_wait_and_the_chair_learns_at_once(self, people, marked, as_user):
        elena = people.actor(people.elena)

        assert marked.urgency == "today"
        first = desk_of(elena, TODAY()).today[0]
        assert first.is_urgent
        assert first.who == people.misha.full_name
        notice = notices_of(elena)[0]
        assert notice.kind == "late"
        assert "риск" not in notice.text
        assert people.misha.last_name not in notice.text
        assert notice.text in as_user(people.elena).get(reverse("desk")).content.decode()

    @pytest.mark.parametrize("who", ["irina", "daniil", "tatiana", "larisa", "zhanna", "zakhar"])
    def test_others_find_it_at_no_door(self, people, marked, as_user, who):
        user = getattr(people, who)
        actor, client = people.actor(user), as_user(user)

        assert not Concern.objects.visible_to(actor).exists()
        assert client.get(reverse("signals:concern", args=[marked.public_id])).status_code == 404
        assert client.post(reverse("signals:send", args=[marked.public_id])).status_code in (403, 404)
        listed = client.get(reverse("signals:list"), {"q": "Данилов"}).content.decode()
        assert marked.public_id not in listed
        assert "Плачет" not in listed
        assert not [one for one in notices_of(actor) if "сигнал" in one.text]
        assert not [one for one in desk_of(actor, TODAY()).today if "сигнал" in one.todo]
        if who != "zakhar":
            assert child_signals(actor, people.misha)["lines"] == []

    @pytest.mark.parametrize("who", ["irina", "daniil"])
    def test_its_events_are_hidden_with_it(self, people, marked, as_user, who):
        as_user(people.elena).get(reverse("signals:concern", args=[marked.public_id]))
        seen = Event.objects.visible_to(people.actor(getattr(people, who))).filter(subject_id=marked.public_id)

        assert not seen.exists()
        assert Event.objects.visible_to(people.actor(people.elena)).filter(subject_id=marked.public_id).count() == 2

    def test_a_service_refuses_whoever_may_not_see_it(self, people, marked):
        with pytest.raises(PermissionDenied):
            services.concern_decline(actor=people.actor(people.irina), concern=marked, reason="Не вижу")

    def test_it_is_never_closed_without_an_examination(self, people, marked):
        with pytest.raises(Refusal) as refused:
            services.concern_decline(actor=people.actor(people.elena), concern=marked, reason="Показалось")

        assert refused.value.code == "risk"

    def test_its_findings_are_for_the_chair_and_the_psychologist(self, people, marked):
        people.agreed(people.misha)
        examined(people, sent(people, marked), confirmed=True)
        rows = AdditionalExamination.objects

        assert rows.visible_to(people.actor(people.elena)).exists()
        assert rows.visible_to(people.actor(people.polina)).exists()
        for who in (people.irina, people.daniil, people.tatiana, people.uliana):
            assert not rows.visible_to(people.actor(who)).exists()


def test_the_list_asks_as_much_for_thirty_as_for_three(people, as_user):
    client = as_user(people.elena)
    client.get(reverse("signals:list"))
    counts = []
    for more in (3, 27):
        for _ in range(more):
            told(people)
        client.get(reverse("signals:list"))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(reverse("signals:list"))
        counts.append(len(asked))
    assert counts[0] == counts[1]
