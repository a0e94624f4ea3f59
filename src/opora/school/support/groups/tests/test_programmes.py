"""A group begins with an approved programme, and keeps the one that it has while that is changed or retired."""

import pytest
from django.urls import reverse

from opora.foundation.access.refusals import Refusal
from opora.school.support.materials.models import Material

from .stage import programme, start
from .test_pages import form

pytestmark = pytest.mark.usefixtures("known_day")
NOT_YET = ("draft", "submitted", "examined", "retired")


@pytest.mark.parametrize("status", NOT_YET)
def test_a_programme_that_is_not_in_use_is_not_chosen(school_cast, as_user, status):
    chosen = programme(school_cast)
    Material.objects.update(status=status)
    with pytest.raises(Refusal, match="утверждена") as refused:
        start(school_cast, material=Material.objects.get())
    assert refused.value.field == "material"
    answer = as_user(school_cast.larisa).post(reverse("groups:new"), form(school_cast, material=chosen.public_id))
    assert answer.status_code == 422
    Material.objects.update(status="in_use")
    assert start(school_cast, material=Material.objects.get()).material == chosen


@pytest.mark.parametrize("status", NOT_YET)
def test_a_group_keeps_its_programme_while_that_is_changed_or_retired(school_cast, as_user, status):
    group = start(school_cast, material=programme(school_cast))
    Material.objects.update(status=status)
    typed = form(school_cast, material=group.material.public_id, title="Звуки и слоги")
    client, address = as_user(school_cast.larisa), reverse("groups:edit", args=[group.public_id])
    assert f'value="{group.material.public_id}" selected' in client.get(address).content.decode()
    assert client.post(address, typed).status_code == 302
    group.refresh_from_db()
    assert (group.title, group.material.status) == ("Звуки и слоги", status)
