"""Дарья takes her consent back: the card is closed at once, Борис finishes within the term, an act says how."""

import html
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from opora.foundation.access.actions import Frozen
from opora.foundation.access.models import Freeze
from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.people.children.models import Child, Diagnosis, Guardian, NameWord
from opora.people.children.search import name_index
from opora.people.children.services import child_change
from opora.people.consents.models import Consent, Withdrawal
from opora.people.consents.services import (
    consent_record,
    consent_withdraw,
    withdrawal_carry_out,
    withdrawal_clear_again,
    withdrawal_lift,
)
from opora.people.consents.services.carrying_out import contacts_clear_again, what_goes, what_stays

SIGNED, TAKEN, TODAY = date(2026, 9, 1), date(2026, 11, 20), date(2026, 11, 21)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
pytestmark = pytest.mark.usefixtures("known_day")


@pytest.fixture
def signed(cast, daria_child):
    def sign(kind="child_data", on=SIGNED):
        daria = daria_child.guardianships.get(kinship="mother").guardian
        return consent_record(actor=cast.actor(cast.anna), child=daria_child, guardian=daria, kind=kind, signed_on=on)

    return sign


def withdrawn(cast, consent, on=TAKEN):
    return consent_withdraw(actor=cast.actor(cast.anna), consent=consent, on=on)


def done(cast, withdrawal):
    return withdrawal_carry_out(actor=cast.actor(cast.boris), withdrawal=withdrawal)


def words(answer):
    return html.unescape(answer.content.decode()).replace("\xa0", " ")


def test_the_card_is_frozen_in_the_transaction_of_the_withdrawal(cast, daria_child, signed):
    consent = signed()
    with transaction.atomic():
        withdrawn(cast, consent)
        assert Freeze.objects.in_force().filter(person_id=daria_child.public_id).exists()
        transaction.set_rollback(True)
    assert not Freeze.objects.exists()
    withdrawn(cast, consent)
    with pytest.raises(Frozen):
        child_change(actor=cast.actor(cast.anna), child=daria_child, lives_with="с мамой")
    assert not Child.objects.visible_to(cast.actor(cast.boris)).exists()


def test_the_head_destroys_what_need_not_stay_and_an_act_tells_of_it(cast, daria_child, signed):
    anna = cast.actor(cast.anna)
    Child.objects.filter(pk=daria_child.pk).update(insurance_number="112-233-445 95", medical_policy="5500")
    Diagnosis.objects.create(organisation=cast.commission, child=daria_child, text="Диагноз для проверки")
    name_index(daria_child)
    withdrawal = withdrawn(cast, signed())
    titles = {one.title: one.count for one in what_goes(withdrawal)}
    assert titles == {
        "Сведения о ребёнке в карте: адреса, документы": 1, "Диагнозы": 1,
        "Слова, по которым карту находит поиск": 3,
    }  # fmt: skip
    assert all(one.clause for one in what_stays(withdrawal))
    with pytest.raises(PermissionDenied):
        withdrawal_carry_out(actor=anna, withdrawal=withdrawal)
    finished = done(cast, withdrawal)
    daria_child.refresh_from_db()
    assert (daria_child.last_name, daria_child.birth_date) == ("Данилов", date(2020, 1, 15))
    assert (daria_child.registered_address, daria_child.insurance_number) == ("", "")
    assert Diagnosis.objects.get().text == ""
    assert not NameWord.objects.exists()
    assert (finished.number_title, finished.state) == ("1/2026", "done")
    assert finished.act.content["goes"][0]["count"] == "1"
    assert "акт № 1" in Event.objects.filter(code="consent.withdrawal_done").get().sentence
    with pytest.raises(Refusal, match="уже исполнен"):
        done(cast, finished)


def test_a_mistake_is_lifted_while_nothing_is_destroyed(cast, daria_child, signed):
    consent, boris = signed(), cast.actor(cast.boris)
    withdrawal = withdrawn(cast, consent)
    with pytest.raises(PermissionDenied):
        withdrawal_lift(actor=cast.actor(cast.anna), withdrawal=withdrawal, reason="Не тот ребёнок")
    with pytest.raises(Refusal, match="в чём ошибка"):
        withdrawal_lift(actor=boris, withdrawal=withdrawal, reason=" ")
    withdrawal_lift(actor=boris, withdrawal=withdrawal, reason="Записан не о том ребёнке")
    consent.refresh_from_db()
    assert consent.withdrawn_on is None
    assert Child.objects.visible_to(boris).get() == daria_child
    again = withdrawn(cast, consent)
    done(cast, again)
    with pytest.raises(Refusal, match="снять его нельзя"):
        withdrawal_lift(actor=boris, withdrawal=again, reason="Передумали")


def test_the_database_lifts_nothing_that_was_destroyed(cast, signed):
    finished = done(cast, withdrawn(cast, signed()))
    with pytest.raises(IntegrityError), transaction.atomic():
        Withdrawal.objects.filter(pk=finished.pk).update(state="lifted", lifted_at=finished.recorded_at)


def test_a_new_consent_opens_the_card_again(cast, daria_child, signed):
    withdrawal = withdrawn(cast, signed())
    signed(on=TODAY)
    withdrawal.refresh_from_db()
    assert withdrawal.state == "lifted"
    assert Child.objects.visible_to(cast.actor(cast.anna)).exists()
    assert NameWord.objects.filter(child=daria_child).exists()


def test_one_of_two_withdrawals_lifted_leaves_the_card_frozen(cast, daria_child, signed):
    father = Guardian.objects.create(
        organisation=cast.commission, last_name="Данилов", first_name="Игорь", middle_name="И", sex="male"
    )
    daria_child.guardianships.create(organisation=cast.commission, guardian=father, kinship="father")
    first = withdrawn(cast, signed())
    other = Consent.objects.create(
        organisation=cast.commission, child=daria_child, guardian=father, kind="child_data", signed_on=SIGNED
    )
    second = withdrawn(cast, other)
    withdrawal_lift(actor=cast.actor(cast.boris), withdrawal=first, reason="Не та дата")
    assert Freeze.objects.in_force().count() == 1
    withdrawal_lift(actor=cast.actor(cast.boris), withdrawal=second, reason="Не та дата")
    assert not Freeze.objects.in_force().exists()


def test_her_own_consent_takes_away_her_contacts_and_leaves_the_card_open(cast, daria_child, signed):
    daria = daria_child.guardianships.get().guardian
    withdrawal = withdrawn(cast, signed("guardian_data"))
    daria.refresh_from_db()
    assert (daria.phone, daria.email, daria.identity_number, daria.last_name) == ("", "", "", "Данилова")
    assert Child.objects.visible_to(cast.actor(cast.anna)).exists()
    withdrawal_lift(actor=cast.actor(cast.boris), withdrawal=withdrawal, reason="Не тот представитель")
    daria.refresh_from_db()
    assert daria.phone == "+7 (900) 123-45-67"
    consent = Consent.objects.get(kind="guardian_data")
    finished = done(cast, withdrawn(cast, consent))
    daria.refresh_from_db()
    assert (daria.phone, finished.set_aside) == ("", {})


def test_contacts_stay_for_another_child_whom_she_consented_for(cast, daria_child, signed):
    daria = daria_child.guardianships.get().guardian
    sister = Child.objects.create(
        organisation=cast.commission, last_name="Данилова", first_name="Аня", sex="female",
        birth_date=date(2021, 2, 2), search_name="данилова аня",
    )  # fmt: skip
    sister.guardianships.create(organisation=cast.commission, guardian=daria, kinship="mother")
    mine = signed("guardian_data")
    consent_record(
        actor=cast.actor(cast.anna), child=sister, guardian=daria, kind="guardian_data", signed_on=SIGNED
    )  # fmt: skip
    withdrawn(cast, mine)
    daria.refresh_from_db()
    assert daria.phone


def test_after_a_restore_the_destruction_is_repeated(cast, daria_child, signed):
    consent = signed()
    withdrawal = withdrawn(cast, consent)
    Diagnosis.objects.create(organisation=cast.commission, child=daria_child, text="Вернулся из копии")
    withdrawal_clear_again(cast.commission, f"{withdrawal.public_id}:{daria_child.public_id}")
    assert Diagnosis.objects.get().text == ""
    unknown = f"неизвестный:{daria_child.public_id}"
    Diagnosis.objects.create(organisation=cast.commission, child=daria_child, text="Копия старше отзыва")
    Freeze.objects.all().delete()
    withdrawal_clear_again(cast.commission, unknown)
    assert set(Diagnosis.objects.values_list("text", flat=True)) == {""}
    assert Freeze.objects.in_force().filter(person_id=daria_child.public_id).exists()
    daria = daria_child.guardianships.get().guardian
    contacts_clear_again(cast.commission, f"неизвестный:{daria.public_id}")
    daria.refresh_from_db()
    assert daria.phone == ""


def test_the_path_on_the_screen(cast, as_user, daria_child, signed):
    anna, boris, consent = as_user(cast.anna), as_user(cast.boris), signed()
    page = words(anna.get(reverse("consents:withdraw", args=[consent.public_id])))
    assert "Карта закроется для всех сразу" in page
    upload = SimpleUploadedFile("отзыв.pdf", PDF, content_type="application/pdf")
    made = anna.post(
        reverse("consents:withdraw", args=[consent.public_id]),
        {"withdrawn_on": "20.11.2026", "way": "post", "scan": upload},
    )
    assert made.status_code == 302
    withdrawal = Withdrawal.objects.get()
    place = reverse("consents:withdrawal", args=[withdrawal.public_id])
    assert "руководитель комиссии" in words(anna.get(place))
    text = words(boris.get(place))
    assert "осталось 13 дней" in text
    assert "Что остаётся по закону" in text
    assert "Уничтожить и составить акт" in text
    assert "Исполнить отзыв согласия" in words(boris.get("/"))
    assert daria_child.last_name not in words(boris.get("/"))
    assert "Исполнить отзыв согласия" not in words(anna.get("/"))
    assert anna.get(reverse("consents:scan", args=[withdrawal.public_id])).status_code == 200
    assert anna.post(reverse("consents:carry_out", args=[withdrawal.public_id])).status_code == 403
    boris.post(reverse("consents:carry_out", args=[withdrawal.public_id]))
    assert "Акт № 1/2026" in words(boris.get(place))
    act = boris.get(reverse("consents:act", args=[withdrawal.public_id]))
    assert act["Content-Type"] == "application/pdf"
    assert as_user(cast.zakhar).get(place).status_code == 404
    assert as_user(cast.vera).get(place).status_code == 403


def test_a_withdrawal_overdue_is_red(cast, as_user, signed):
    withdrawn(cast, signed(), on=date(2026, 10, 1))
    page = as_user(cast.boris).get(reverse("consents:withdrawals"))
    assert "is-late" in page.content.decode()
    assert "просрочен" in words(as_user(cast.boris).get(reverse("consents:withdrawal", args=[
        Withdrawal.objects.get().public_id
    ])))  # fmt: skip


def test_lifting_on_the_screen_asks_for_words(cast, as_user, signed):
    withdrawal = withdrawn(cast, signed())
    address = reverse("consents:lift", args=[withdrawal.public_id])
    boris = as_user(cast.boris)
    assert boris.post(address, {"reason": ""}).status_code == 422
    assert boris.post(address, {"reason": "Записан не о том ребёнке"}).status_code == 302
    assert "Записан не о том ребёнке" in words(boris.get(reverse("consents:withdrawal", args=[withdrawal.public_id])))
