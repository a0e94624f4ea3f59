"""`opora keys`: what whoever keeps the machine does with master keys."""

from __future__ import annotations

import base64

import pytest

from opora.config.cli import main
from opora.config.cli.serving import serve
from opora.foundation.vault import keyring, masters


@pytest.fixture
def keys_file(tmp_path, settings):
    settings.MASTER_KEYS_FILE = tmp_path / "home" / "master.keys"
    masters.make(settings.MASTER_KEYS_FILE)
    return settings.MASTER_KEYS_FILE


@pytest.fixture
def places(cast, keys_file):
    both = [cast.commission, cast.other]
    for place in both:
        keyring.provide(place.pk, ["", *(f"child-{at}" for at in range(5))])
    return both


def test_the_command_rotates_and_retires(places, capsys):
    former = masters.load().current

    assert main(["keys", "rotate"]) == 0
    assert main(["keys", "retire"]) == 1
    assert main(["keys", "retire", former]) == 0
    assert main(["keys", "rotate", "--no-new"]) == 0

    told = capsys.readouterr().out
    assert "перешифровано ключей карт: 12" in told
    assert "перешифровано ключей карт: 0" in told
    assert not any(len(word) > 40 for word in told.split() if "/" not in word), "no key is printed"


def test_a_lost_master_is_found_by_check(places, keys_file, capsys):
    assert main(["keys", "check"]) == 0
    keys_file.write_text(f"other {base64.b64encode(b'o' * 32).decode()}\n")

    assert main(["keys", "check"]) == 1
    assert "Не открываются: 12" in capsys.readouterr().out
    keyring.forget()
    with pytest.raises(masters.MasterKeyMissing):
        keyring.key_of(places[0].pk, "child-1")


def test_without_a_master_key_nothing_is_served_where_people_are_real(tmp_path, settings, capsys):
    settings.MASTER_KEYS_FILE, settings.MASTER_KEYS_ARE_MADE = tmp_path / "master.keys", False

    assert serve(None) == 1
    assert main(["keys", "check"]) == 1
    assert capsys.readouterr().out.count("Нет мастер-ключа") == 2
