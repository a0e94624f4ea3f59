"""What of a typed text reaches the paper, and how."""

import pytest

from opora.records.documents.printable import Printable, break_long_runs, only_plain_characters


@pytest.fixture
def printable():
    return Printable(is_drawn=lambda character: character in "áé☐")


def test_plain_russian_text_is_left_alone(printable):
    text = "«Ёлка» — № 12, 6 лет 10 мес.\nВторой абзац (п. 2.3)"
    assert printable.clean({"a": [text, 5, None, True]}) == {"a": [text, 5, None, True]}


def test_a_character_without_a_glyph_is_printed_as_its_code(printable):
    assert printable.clean("да 😀") == "да [U+1F600]"
    assert printable.clean("да ☐") == "да ☐"


def test_invisible_controls_are_made_visible(printable):
    assert printable.clean("до\u202eпосле\x00") == "до[U+202E]после[U+0000]"


def test_lone_surrogates_do_not_break_the_json(printable):
    assert printable.clean("\ud800") == "[U+D800]"


def test_letters_typed_in_two_parts_are_joined(printable):
    assert printable.clean("и\u0306") == "й"


def test_every_kind_of_line_end_becomes_one(printable):
    assert printable.clean("а\r\nб\rв\u2028г\tд\n") == "а\nб\nв\nг д"


def test_too_many_rare_characters_are_coded_without_trying_each():
    asked = []
    rare = "".join(chr(0x4E00 + n) for n in range(600))
    printed = Printable(lambda character: bool(asked.append(character))).clean(rare)
    assert not asked
    assert printed.startswith("[U+4E00]")


def test_each_rare_character_is_tried_once():
    asked = []
    printable = Printable(lambda character: bool(asked.append(character)))
    printable.clean("漢漢")
    printable.clean("漢")
    assert asked == ["漢"]


def test_long_runs_get_places_to_break_and_short_words_do_not():
    assert break_long_runs("психолого-медико-педагогическая") == "психолого-медико-педагогическая"
    assert break_long_runs("я" * 25) == "\u200b".join(["я" * 8, "я" * 8, "я" * 8, "я"])
    address = "ochen.dlinnyi.adres@pochta.example"
    assert break_long_runs(address) == "ochen.\u200bdlinnyi.\u200badres@\u200bpochta.\u200bexample"
    assert break_long_runs(address).replace("\u200b", "") == address


def test_the_plain_form_codes_everything_rare():
    assert only_plain_characters("á ☐ я") == "[U+00E1] [U+2610] я".replace("[U+00E1]", "á")
