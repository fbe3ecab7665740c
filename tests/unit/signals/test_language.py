"""The language of an ask: 24 of them, short ones, and what must not mislead."""

from __future__ import annotations

import pytest

from smart_router.signals.language import identify_language

SENTENCES = {
    "ar": "كيف يمكنني إصلاح الدراجة قبل الغد",
    "bn": "আমার সাইকেল কীভাবে ঠিক করব",
    "de": "Wie repariere ich mein Fahrrad bis morgen früh?",
    "el": "πώς φτιάχνω το ποδήλατό μου",
    "en": "how do I fix my bicycle before tomorrow",
    "es": "¿cómo arreglo mi bicicleta antes de mañana?",
    "fa": "چطور دوچرخه‌ام را تا فردا تعمیر کنم",
    "fr": "comment réparer mon vélo avant demain ?",
    "he": "איך אני מתקן את האופניים עד מחר",
    "hi": "मैं अपनी साइकिल कैसे ठीक करूं",
    "id": "bagaimana cara memperbaiki sepeda saya sebelum besok",
    "it": "come riparo la bicicletta prima di domani?",
    "ja": "自転車を明日までに直すにはどうすればいいですか",
    "ko": "내일까지 자전거를 어떻게 고치나요",
    "nl": "hoe repareer ik mijn fiets voor morgen?",
    "pl": "jak naprawić rower do jutra?",
    "pt": "como conserto minha bicicleta até amanhã?",
    "ru": "как починить велосипед до завтра",
    "sv": "hur lagar jag min cykel till imorgon?",
    "th": "ซ่อมจักรยานยังไงให้เสร็จก่อนพรุ่งนี้",
    "tr": "bisikletimi yarına kadar nasıl tamir ederim",
    "uk": "як полагодити велосипед до завтра",
    "vi": "làm thế nào để sửa xe đạp trước ngày mai",
    "zh": "怎么在明天之前修好自行车",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_every_language_of_the_data_is_recognised(code: str) -> None:
    assert identify_language(SENTENCES[code])[0] == code


@pytest.mark.parametrize(
    ("code", "text"),
    [("de", "danke schön"), ("fr", "merci beaucoup"), ("es", "muchas gracias"), ("it", "grazie mille"),
     ("en", "thank you"), ("pl", "dzień dobry"), ("ru", "спасибо большое"), ("uk", "дуже дякую"),
     ("ja", "ありがとう"), ("nl", "dank je wel"), ("sv", "tack så mycket"), ("tr", "teşekkür ederim")],
)  # fmt: skip
def test_two_words_are_enough(code: str, text: str) -> None:
    assert identify_language(text)[0] == code


def test_no_letters_means_no_language() -> None:
    for text in ("", "   ", "12 + 7 = ?", "😀😀", "!!!"):
        assert identify_language(text) == (None, 0.0)


def test_code_and_links_do_not_decide_the_language() -> None:
    text = "Warum geht das nicht?\n```python\nfor item in the_list_of_items:\n    print(item)\n```"
    assert identify_language(text)[0] == "de"
    assert identify_language("что это https://example.com/the/quick/brown/fox")[0] == "ru"


def test_english_terms_inside_another_script_do_not_win() -> None:
    assert identify_language("Reactでモーダルを作る方法")[0] == "ja"
    assert identify_language("напиши docker compose для redis")[0] == "ru"


def test_plain_python_adds_up_to_what_numpy_adds_up_to(monkeypatch: pytest.MonkeyPatch) -> None:
    from smart_router.assets import read_asset
    from smart_router.signals import language as module

    data = read_asset("signals/data/language.bin")
    words = ["wo", "ist", "die", "nächste", "haltestelle", "haltestelle"]
    with_numpy = module.read_table(data).totals(words)
    assert module.read_table(data).totals([]) == [0] * len(with_numpy)
    monkeypatch.setattr(module, "np", None)
    plain = module.read_table(data)
    assert isinstance(plain.rows, bytes)
    assert plain.totals(words) == with_numpy
