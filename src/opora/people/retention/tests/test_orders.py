"""The card of a grown child is destroyed by two people, an act tells of it, and nothing tells who he was."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from opora.foundation.access.models import Freeze, Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.foundation.registers.models import Entry
from opora.foundation.registers.services import faults
from opora.foundation.vault.models import PersonKey
from opora.people.children.models import Child, Diagnosis, Guardian, NameTrigram, NameWord
from opora.people.children.search import name_index
from opora.people.children.services import child_change
from opora.people.consents.services import consent_record, consent_withdraw, withdrawal_carry_out
from opora.people.retention import services
from opora.people.retention.keeping import born_until, due_on
from opora.people.retention.models import CardKeeping, DestructionOrder

from .stage import BORN, TODAY, destroyed, grown, proposed

pytestmark = pytest.mark.usefixtures("known_day")


def test_a_card_is_due_on_the_day_after_ten_years_from_eighteen(cast):
    due = grown(cast)
    early = grown(cast, born=BORN + timedelta(days=1), last="Ранов")
    assert (due_on(due, TODAY), due_on(early, TODAY)) == (date(2026, 11, 20), TODAY)
    with pytest.raises(Refusal) as refused:
        proposed(cast, early)
    assert (refused.value.code, refused.value.clause) == ("not_due", "письмо ВК-1074/07, прил.\xa02.14")
    assert proposed(cast, due).due_on == date(2026, 11, 20)
    assert born_until(TODAY) == BORN


def test_a_corrected_birth_date_moves_the_term(cast):
    child = grown(cast)
    child_change(actor=cast.actor(cast.anna), child=child, birth_date=date(1999, 2, 28))
    with pytest.raises(Refusal, match=r"хранят до 28\.02\.2027"):
        proposed(cast, child)


def test_a_correction_between_proposal_and_decision_stops_the_decision(cast):
    child = grown(cast)
    order = proposed(cast, child)
    child_change(actor=cast.actor(cast.anna), child=child, birth_date=date(1999, 2, 28))
    with pytest.raises(Refusal, match=r"хранят до 28\.02\.2027"):
        services.destruction_confirm(actor=cast.actor(cast.boris), order=order)
    assert Child.objects.get(pk=child.pk).last_name == "Взрослов"


def test_who_proposes_does_not_destroy(cast):
    child, boris = grown(cast), cast.actor(cast.boris)
    order = services.destruction_propose(actor=boris, child=child, reason="term")
    with pytest.raises(PermissionDenied, match="вы сами"):
        services.destruction_confirm(actor=boris, order=order)
    with pytest.raises(PermissionDenied):
        services.destruction_confirm(actor=cast.actor(cast.anna), order=order)
    assert Child.objects.get(pk=child.pk).last_name == "Взрослов"


def test_the_operator_destroys_nothing_even_as_head(cast):
    order = proposed(cast, grown(cast))
    Position.objects.create(organisation=cast.commission, user=cast.boris, role="operator", started_on=date(2024, 1, 9))
    with pytest.raises(PermissionDenied, match="Администратор"):
        services.destruction_confirm(actor=cast.actor(cast.boris), order=order)


def test_the_database_knows_the_two_people_and_the_hold(cast):
    order = destroyed(cast, grown(cast))
    with pytest.raises(IntegrityError), transaction.atomic():
        DestructionOrder.objects.filter(pk=order.pk).update(decided_by=order.proposed_by)
    with pytest.raises(IntegrityError), transaction.atomic():
        CardKeeping.objects.update(holds=1)


def test_a_hold_blocks_until_its_day(cast):
    child, anna = grown(cast), cast.actor(cast.anna)
    hold = services.hold_place(actor=anna, child=child, reason="Дело в суде", until=TODAY)
    with pytest.raises(Refusal, match="запрет уничтожать"):
        proposed(cast, child)
    hold.until = TODAY - timedelta(days=1)
    hold.save()
    order = proposed(cast, child)
    assert CardKeeping.objects.get(child=child).holds == 0
    second = services.hold_place(actor=anna, child=child, reason="Проверка")
    with pytest.raises(Refusal, match="запрет уничтожать"):
        services.destruction_confirm(actor=cast.actor(cast.boris), order=order)
    with pytest.raises(PermissionDenied):
        services.hold_release(actor=anna, hold=second, reason="Закончена")
    services.hold_release(actor=cast.actor(cast.boris), hold=second, reason="Закончена")
    assert services.destruction_confirm(actor=cast.actor(cast.boris), order=order).number == 1


def test_after_the_destruction_nothing_tells_who_it_was(cast):
    child = grown(cast)
    order = destroyed(cast, child)
    child.refresh_from_db()
    assert (child.full_name, child.birth_date, child.registered_address) == ("", date(1998, 1, 1), "")
    assert Diagnosis.objects.get().text == ""
    assert Guardian.objects.get().full_name == ""
    assert not NameWord.objects.exists()
    assert not NameTrigram.objects.exists()
    assert PersonKey.objects.get(person_id=child.public_id).destroyed_at is not None
    assert Freeze.objects.in_force().get(person_id=child.public_id).ground == "карта уничтожена по акту"
    assert order.keep_until == date(2029, 11, 21)
    assert "Взрослов" not in str(order.act.content) + str(order.log.content)
    assert order.act.content["signers"][1]["name"] == cast.anna.short_name
    assert order.log.content["events"][-1]["deed"].startswith("Карта уничтожена, акт № 1")
    assert Entry.objects.in_register("destruction").get().content["card"] == child.public_id
    assert faults(cast.commission) == []
    assert Event.objects.filter(code="retention.destroyed").count() == 1


def test_a_guardian_stays_while_another_child_of_his_is_kept(cast):
    child = grown(cast)
    mother = child.guardianships.get().guardian
    brother = Child.objects.create(
        organisation=cast.commission, last_name="Взрослов", first_name="Пётр", sex="male",
        birth_date=date(2018, 1, 1), search_name="взрослов петр",
    )  # fmt: skip
    brother.guardianships.create(organisation=cast.commission, guardian=mother, kinship="mother")
    name_index(brother)
    destroyed(cast, child)
    mother.refresh_from_db()
    assert mother.last_name
    assert set(NameWord.objects.values_list("word", flat=True)) == {"взрослов", "петр"}
    assert not NameTrigram.objects.filter(word="федор").exists()


def test_a_declined_proposal_may_come_again(cast):
    child, boris = grown(cast), cast.actor(cast.boris)
    services.destruction_decline(actor=boris, order=proposed(cast, child), reason="Ждём ответа архива")
    order = proposed(cast, child)
    with pytest.raises(Refusal, match="уже предложили"):
        proposed(cast, child)
    services.destruction_confirm(actor=boris, order=order)
    with pytest.raises(Refusal, match="уже решено"):
        services.destruction_confirm(actor=boris, order=order)
    with pytest.raises(Refusal, match="уже уничтожена"):
        proposed(cast, child)


def test_a_withdrawal_without_an_examination_is_a_ground_and_a_court_names_itself(cast, daria_child):
    anna, boris = cast.actor(cast.anna), cast.actor(cast.boris)
    with pytest.raises(Refusal) as refused:
        proposed(cast, daria_child, reason="withdrawal")
    assert refused.value.code == "not_withdrawn"
    with pytest.raises(Refusal) as refused:
        proposed(cast, daria_child, reason="court")
    assert refused.value.field == "basis"
    daria = daria_child.guardianships.get().guardian
    consent = consent_record(actor=anna, child=daria_child, guardian=daria, kind="child_data", signed_on=TODAY)
    withdrawal = consent_withdraw(actor=anna, consent=consent, on=TODAY)
    with pytest.raises(Refusal, match="Исполненного отзыва"):
        proposed(cast, daria_child, reason="withdrawal")
    withdrawal_carry_out(actor=boris, withdrawal=withdrawal)
    order = services.destruction_confirm(actor=boris, order=proposed(cast, daria_child, reason="withdrawal"))
    assert "согласие отозвано" in order.act.content["reason"]


def test_an_open_withdrawal_is_finished_first(cast):
    child, anna = grown(cast), cast.actor(cast.anna)
    daria = child.guardianships.get().guardian
    consent = consent_record(actor=anna, child=child, guardian=daria, kind="child_data", signed_on=TODAY)
    consent_withdraw(actor=anna, consent=consent, on=TODAY)
    with pytest.raises(Refusal, match="отзыв согласия ещё не исполнен"):
        proposed(cast, child)


def test_nothing_is_written_about_a_destroyed_card(cast):
    child = grown(cast)
    destroyed(cast, child)
    child.refresh_from_db()
    daria = child.guardianships.get().guardian
    with pytest.raises(Refusal):
        consent_record(
            actor=cast.actor(cast.anna), child=child, guardian=daria, kind="child_data", signed_on=timezone.localdate()
        )
    with pytest.raises(Refusal, match="уже уничтожена"):
        services.hold_place(actor=cast.actor(cast.anna), child=child, reason="Поздно")


def test_specialists_and_strangers_have_no_say(cast):
    child = grown(cast)
    order = proposed(cast, child)
    for user in (cast.vera, cast.zakhar, cast.olga):
        with pytest.raises(PermissionDenied):
            services.destruction_confirm(actor=cast.actor(user), order=order)
        with pytest.raises(PermissionDenied):
            services.hold_place(actor=cast.actor(user), child=child, reason="так")
