"""Ids of further countries, and numbers that their words stand beside without being ids."""

from __future__ import annotations

from .judged import assert_each, at_most, has

# Every number is made up.
IDS = [
    "My CHI number in Scotland is 0101782347, do I need it for the vaccine booking?",
    "IDNP-ul meu este 2004001234567, unde îl completez?",
    "ჩემი პირადი ნომერია 01017023456, სად ჩავწერო?",
    "FİN kodum 5ZK8QTR, vizada hara yazılır?",
    "My Fayda FAN is 4820139417562038, can I use it at the bank?",
    "Ugandan NIN CM89012103KLPA on the form, which box?",
    "mi cédula de Costa Rica es 1-1183-0472, ¿sirve para el trámite?",
    "Namba yangu ya NIDA ni 19870514-11101-00003-24, niandike wapi?",
    "Zambian NRC 348712/67/1 – is it valid for the SIM registration?",
    "NUSS 28 1234567840, ¿dónde lo pongo en el alta de autónomos?",
    "meu cartão do SUS é 898 0012 3456 7890, como atualizo o endereço",
    "numero tessera sanitaria 80380000112345678901, dove la inserisco?",
    "Passnummer C4J8K2LP7, läuft 2027 ab, brauche ich ein Visum?",
    "My UAN is 100904319456, EPFO says KYC pending",
    "ABHA number 91-2345-6789-0123 linked to hospital, how do I unlink",
    "driving licence number QUIBB607184SM9IJ, where is the issue number?",
    "ma carte d'assurance maladie RAMQ est QUEN 7812 3415, elle expire quand ?",
    "nomor BPJS saya 0001234567891, kenapa tidak aktif?",
    "полис ОМС 7712 3400 0912 4471, как прикрепиться к поликлинике?",
]

NUMBERS = [
    "Personalausweis: was bedeutet die Zugangsnummer?",
    "IDNP vs IDNO in Moldova, what's the difference? IDNO has 13 digits as well",
    "Order 4820139417562038 from Fayda shop not delivered",
    "UAN 32 fertiliser: 100 l per ha, how much nitrogen?",
    "Part 1-1183-0472 fits which washing machine?",
    "De NRC schreef op 12 mei 2024 over stikstof, vat samen",
    "How many digits does a CHI number have?",
    "Tai chi number 24 forms, 10 minutes a day?",
    "El DUI en EE. UU. cuesta 12000 dólares, ¿por qué?",
]


def test_ids_of_further_countries_are_found() -> None:
    assert_each(IDS, has("national_id"))


def test_other_numbers_beside_such_words_are_none() -> None:
    assert_each(NUMBERS, at_most("contact"))
