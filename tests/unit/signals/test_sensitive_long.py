"""Long texts are searched in another way than short ones, with the same result."""

from __future__ import annotations

import random

import pytest

from smart_router.signals.sensitive import find_sensitive
from smart_router.signals.sensitive.credentials import _PASSWORDS
from smart_router.signals.sensitive.grams import LEAST
from smart_router.signals.sensitive.haystack import Haystack
from smart_router.signals.sensitive.keys import _KEY_STARTS
from smart_router.signals.sensitive.medical import _CLEAR
from smart_router.signals.sensitive.national import _WORDS

LISTS = {"passwords": _PASSWORDS, "keys": _KEY_STARTS, "illnesses": _CLEAR, "ids": _WORDS}

FILLINGS = {
    "English": "the harbour was quiet and the boats lay still in grey light",
    "Russian": "гавань была тиха и лодки стояли неподвижно в сером свете",
    "Chinese": "今天 我们 一起 去 公园 里 散步 然后 回家 吃饭",
    "Arabic": "كان الميناء هادئا و القوارب ساكنة في الضوء الرمادي",
}


def _places(word: str, text: str) -> list[int]:
    """Where the word is, without an index and without a pattern for each of thousands of words."""
    places = []
    place = text.find(word)
    while place >= 0:
        places.append(place)
        place = text.find(word, place + len(word))
    return places


@pytest.mark.parametrize("size", [300, 5000])
@pytest.mark.parametrize("filling", FILLINGS)
@pytest.mark.parametrize("name", LISTS)
def test_listed_words_are_found_where_they_stand_in_a_long_text(name: str, filling: str, size: int) -> None:
    dice = random.Random(name + filling)
    words = [*LISTS[name]._order, *LISTS[name]._anywhere]
    text = " ".join(
        dice.choice(words) if dice.random() < 0.1 else dice.choice(FILLINGS[filling].split())
        for _ in range(size)
    )
    hay = Haystack(text)
    assert (len(text.encode()) > LEAST) == (size == 5000)
    possible = set(LISTS[name].possible(hay))
    for word in words:
        places = _places(word, hay.lowered)
        whole = len(word) <= 4 and word.isascii() and word.isalpha()
        if word[0] < "\u0590":
            places = [n for n in places if n == 0 or not text[n - 1].isalpha()]
        if whole:
            places = [n for n in places if not text[n + len(word) : n + len(word) + 1].isalpha()]
        assert list(hay.beginnings(word, 10**6)) == places
        assert not places or word in possible


def test_words_in_quotes_and_beside_wide_signs_begin_there() -> None:
    for sign in "“„«‘—、（：。 ":
        for size in (1, LEAST):
            text = f"aber {sign}Diabetes{sign} und so " + "x " * size
            assert list(Haystack(text).beginnings("diabet", 9)) == [6]
            assert "diabet" in _CLEAR.possible(Haystack(text))


NEEDLES = {
    "credentials": " wifi password: Tr0ub4dor&3x ",
    "api_key": " ghp_9aZk3LqT7xW2mB5vC8nD1fG4hJ6pR0sUyE1i ",
    "national_id": " СНИЛС 112-233-445 95 ",
    "card": " cvv 734 ",
    "private_key": " 0x4c0883a69102937d6231471b5dbb6204fe512961708279feb1be6ae5538da033 is my private key"
    " 0x4c0883a69102937d6231471b5dbb6204fe512961708279feb1be6ae5538da033 ",
}


@pytest.mark.parametrize("filling", FILLINGS)
@pytest.mark.parametrize("kind", NEEDLES)
def test_a_needle_is_found_in_any_script(kind: str, filling: str) -> None:
    hay = (FILLINGS[filling] + " ") * 1500
    middle = hay.index(" ", len(hay) // 2)
    assert kind in find_sensitive(hay[:middle] + NEEDLES[kind] + hay[middle:])
    assert find_sensitive(hay) == ()


def test_a_password_behind_many_alike_places_is_found() -> None:
    hay = "password: ${DB_PASSWORD}\n" * 400
    assert find_sensitive(hay) == ()
    assert "credentials" in find_sensitive(hay + "password: Tr0ub4dor&3x\n")


@pytest.mark.parametrize("ill", ["colectomy", "pancreatectomy", "tendovaginitis", "thrombocytopenia"])
def test_words_that_only_their_ending_tells_are_found_in_long_texts(ill: str) -> None:
    """They are in no list, so no index knows them."""
    padding = "Plain words about the weather of the coming week. " * 500
    assert find_sensitive(padding + f"\nPatient Anna Bergström, {ill}, seen on Monday.") == ("medical",)


@pytest.mark.parametrize("filling", FILLINGS.values(), ids=FILLINGS)
def test_words_with_an_ending_are_found_in_long_texts_as_in_short_ones(filling: str) -> None:
    told = "“Bronchitis” und Arthritis。Otitis，Keratitis4 ítis Anämie… itis Itisse, Gastritis"
    endings = (b"itis", "ämie".encode())
    short, long = Haystack(told), Haystack(f"{filling} " * LEAST + told)
    assert (short.index, long.index is None) == (None, False)
    found = {"bronchitis", "arthritis", "otitis", "keratitis", "anämie", "itis", "gastritis"}
    assert {word.decode() for word in short.ending(endings)} == found
    assert long.ending(endings) == short.ending(endings)
