"""Cards, accounts and national ids of a text."""

from __future__ import annotations

from ...lazily import lazily
from .accounts import has_card, has_iban
from .haystack import Haystack
from .national import has_national_id
from .shapes import shape_of

#: Numbers that are said to be nobody's, and talk of how numbers are checked.
_INVENTED = lazily(
    r"wymyślon|zmyślon|do testów|testow[yea]|made[- ]up|invented|fictitious|fictional|\bfake|\bdummy"
    r"|for tests?|for testing|test (?:number|data|value|card)s?\b|not (?:a )?real|nobody's"
    r"|erfunden|ausgedacht|fiktiv"
    r"|zum testen|für tests|testnummer|testdaten|inventé|fictif|fictive|pour (?:les |des |mes )?tests?"
    r"|inventad|fict[ií]ci|de prueba|para pruebas|para testes?|de teste\b|inventat|fittizi|di prova|verzonnen"
    r"|fictie|om te testen|påhittad|fiktiv|oppdikt|opdigt|keksitty|uydurma|test için|выдуман|вымышлен"
    r"|тестов|для теста|придуман|вигадан|для тест|虚构|编的|测试用|假的|架空|テスト用|ダミー|가짜|테스트용"
    r"|지어낸|وهمي|للاختبار|ساختگی|מומצא|בדיוני",
)
_CHECKED = lazily(
    r"check ?digit|check ?sum|valida|walid|luhn|\bregex|\bmod ?(?:9[67]|1[01])\b|prüfziffer|prüfsumme"
    r"|suma? kontroln|cyfr\w kontroln|clé de contrôle|somme de contrôle|dígito verificador|dígito de control"
    r"|letra de control|cifra di controllo|carattere di controllo|controlegetal|elfproef|kontrollsiff"
    r"|kontrolciff|tarkiste|kontrol basamağı|doğrula|digit kontrol|контрольн\w+ (?:сумм|цифр|числ|розряд)"
    r"|проверк\w контрольн|перевірк|校验|校驗|チェックディジット|検査数字|검증|검사 숫자|unit ?test|parser"
)
#: In texts of up to so many characters that is said of all numbers.
_SHORT = 800


def number_kinds(hay: Haystack) -> set[str]:
    """Which of card, iban and national_id are in the text."""
    shape = shape_of(hay.text)
    kinds: set[str] = set()
    if b"d" not in shape:
        return kinds
    if has_card(hay, shape):
        kinds.add("card")
    if has_iban(hay.text, shape):
        kinds.add("iban")
    if has_national_id(hay, shape):
        kinds.add("national_id")
    if kinds and len(hay.text) <= _SHORT and _CHECKED.search(hay.lowered) and _INVENTED.search(hay.lowered):
        return set()
    return kinds
