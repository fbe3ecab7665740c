"""National ids: the words that announce them, how long they are, and the test that they must pass."""

from __future__ import annotations

from . import checksums as check
from . import national_checks as national
from .national_format import Format, Test, unlike
from .national_formats_more import FORMATS_MORE
from .national_formats_world import FORMATS_WORLD, LAYOUTS_WORLD

#: Layouts that an id is believed in without any word beside it.
LAYOUTS: tuple[tuple[bytes, Test], ...] = (
    (b"AAddddddA", national.uk_nino),
    (b"AA dd dd dd A", national.uk_nino),
    (b"ddd.ddd.ddd-dd", check.cpf),
    (b"ddddddddA", check.spanish_dni),
    (b"dddddddd-A", check.spanish_dni),
    (b"AdddddddA", lambda v: v[0] in "XYZ" and check.spanish_dni(v)),
    (b"A-ddddddd-A", lambda v: v[0] in "XYZ" and check.spanish_dni(v)),
    (b"AAAAAAddAddAdddA", check.italian_cf),
    (b"dddddddddddddddddd", check.chinese_id),
    (b"dddddddddddddddddA", lambda v: v[-1] == "X" and check.chinese_id(v)),
    (b"d dd dd dd ddd ddd dd", check.french_nir),
    (b"ddddddddddddddd", check.french_nir),
    (b"dddddd-dddd", national.swedish),
    (b"dddddd+dddd", national.swedish),
    (b"dddddddd-dddd", national.swedish),
    (b"dddddd-ddddddd", national.korean),
    (b"ddd-ddd-ddd dd", check.snils),
    (b"ddd-ddd-ddd-dd", check.snils),
    (b"dddd dddd dddd", check.aadhaar),
    (b"d-dddd-ddddd-dd-d", check.thai_id),
    (b"AAAAddddddAAAAAAdd", national.curp),
    (b"AAAAddddddAAAAAAAd", national.curp),
    (b"ddd.dddd.dddd.dd", national.swiss),
    (b"dd.dd.dd-ddd.dd", national.belgian),
    (b"ddd-dddd-ddddddd-d", national.emirati),
    (b"dd.ddd.ddd-d", national.chilean),
    (b"dd.ddd.ddd-A", lambda v: v[-1] == "K" and national.chilean(v)),
    (b"AdddddddA", lambda v: v[0] in "STFG" and national.singaporean(v)),
    *LAYOUTS_WORLD,
)

#: Finland's, whose seventh sign was only "-", "+" or "A" until 2023: (layout, the text as it is).
FINNISH = tuple(b"dddddd" + sign + b"ddd" + last for sign in (b"-", b"+", b"A") for last in (b"A", b"d"))


FORMATS: tuple[Format, ...] = (
    Format("~ssn, ~social security, ~soc sec, ~social sec", (9,), national.us_ssn),
    Format("itin", (9,), lambda d: d[0] == "9"),
    Format("nino, national insurance, ni number, ni no", (), national.uk_nino, r"[A-Z]{2}[0-9]{6}[A-D]"),
    Format("nhs number, nhs no", (10,), national.uk_nhs),
    Format(
        "social insurance, SIN, NAS, assurance sociale",
        (9,),
        lambda d: d[0] != "8" and check.luhn(d) and len(set(d)) > 2,
    ),
    Format(
        "steuer-id, steuerid, steueridentifikation, steuerliche identifikation, idnr, steuer-identifikation",
        (11,),
        national.german_tax,
    ),
    Format("steuernummer, TIN, tax id, taxpayer id, tin number", (9, 10, 11, 13), unlike),
    Format(
        "sozialversicherung, rentenversicherung, sv-nummer, svnr",
        (10,),
        national.austrian,
        r"[0-9]{8}[A-Z][0-9]{3}",
    ),
    Format("krankenversicher, versichertennummer, kvnr", (), unlike, r"[A-Z][0-9]{9}"),
    Format("ahv", (13,), national.swiss),
    Format(
        "sécurité sociale, securite sociale, numéro de sécu, numero de secu, n° sécu, nir, insee",
        (13, 15),
        lambda d: len(d) == 15 and check.french_nir(d),
        r"[12][0-9]{4}2[AB][0-9]{6,8}",
    ),
    Format(
        "dni, nif, ~nie, documento nacional, documento de identidad",
        (),
        check.spanish_dni,
        r"[XYZ][0-9]{7}[A-Z]|[0-9]{8}[A-Z]",
    ),
    Format("dni", (7, 8), unlike),
    Format("nif, contribuinte, número fiscal, numero fiscal", (9,), national.portuguese_nif),
    Format("niss, segurança social, seguridad social", (11, 12), unlike),
    Format(
        "codice fiscale, C.F., CF", (), check.italian_cf, r"[A-Z]{6}[0-9]{2}[A-Z][0-9]{2}[A-Z][0-9]{3}[A-Z]"
    ),
    Format("burgerservicenummer, bsn, sofinummer", (9,), check.bsn),
    Format("rijksregister, registre national, insz", (11,), national.belgian),
    Format("pesel", (11,), check.pesel),
    Format("dowód osobisty, dowodu osobistego, dowodu, dowód", (), unlike, r"[A-Z]{3}[0-9]{6}"),
    Format("personnummer, samordningsnummer", (10, 12), national.swedish),
    Format("personnummer, fødselsnummer, fødselsnr, personnr", (11,), national.norwegian),
    Format("cpr", (10,), national.danish),
    Format("hetu, henkilötunnu, sotu", (), national.finnish, r"[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-Y]"),
    Format("rodné číslo, rodného čísla, rodne cislo, ~rč", (9, 10), national.czech),
    Format("CNP, cod numeric", (13,), national.romanian),
    Format("егн, egn", (10,), national.bulgarian),
    Format("OIB", (11,), national.mod_11_10),
    Format("jmbg, emšo, јмбг", (13,), national.jmbg),
    Format("isikukood, asmens kod", (11,), national.baltic),
    Format("PPS, ppsn, pps number", (), national.irish, r"[0-9]{7}[A-W][A-IW]?"),
    Format(
        "tc kimlik, t.c. kimlik, kimlik no, kimlik numar, tckn, T.C., TC, ~kimlik",
        (11,),
        national.turkish,
    ),
    Format("снилс, snils", (11,), check.snils),
    Format("инн, ~inn", (12,), national.russian_inn),
    Format("рнокпп, іпн, ідентифікаційн, податков", (10,), national.ukrainian_tax),
    Format(
        "身份证, 身份證, 居民身份",
        (18,),
        check.chinese_id,
        r"[0-9]{17}X",
    ),
    Format("身分證, 身份證字號, 統一編號", (), national.taiwanese, r"[A-Z][1289][0-9]{8}"),
    Format("香港身份證, hkid", (), unlike, r"[A-Z]{1,2}[0-9]{6}[0-9A]"),
    Format("マイナンバー, 個人番号, my number card", (12,), national.japanese),
    Format("주민등록, 주민번호", (13,), national.korean),
    Format("aadhaar, aadhar, adhaar, आधार, uidai", (12,), check.aadhaar),
    Format("pan card, pan number, pan no, PAN, पैन", (), unlike, r"[A-Z]{3}[ABCFGHJLPT][A-Z][0-9]{4}[A-Z]"),
    Format("জাতীয় পরিচয়, এনআইডি, ~nid", (10, 13, 17), unlike),
    Format("کد ملی, شماره ملی", (10,), national.iranian),
    Format('תעודת זהות, ת.ז, ת"ז, מספר זהות, תעודת הזהות', (8, 9), national.israeli),
    Format(
        "الرقم القومي, رقم قومي, الهوية, رقم الإقامة, بطاقتي, السجل المدني",
        (10, 14, 15),
        lambda d: {10: check.luhn, 14: national.egyptian, 15: national.emirati}[len(d)](d),
    ),
    Format("emirates id", (15,), national.emirati),
    Format("αφμ, α.φ.μ", (9,), national.greek_tax),
    Format("αμκα, α.μ.κ.α, amka", (11,), lambda d: national.short_date(d, "dmy") and check.luhn(d)),
    Format("ταυτότητα, δελτίο ταυτότητας, αδτ", (), unlike, r"[A-ZΑ-Ω]{1,2}[0-9]{6}"),
    Format("บัตรประชาชน, เลขประจำตัว", (13,), check.thai_id),
    Format("nik, ktp, ~e-ktp", (16,), national.indonesian),
    Format("npwp", (15, 16), unlike),
    Format("cccd, cmnd, căn cước, chứng minh nhân dân, chứng minh thư", (12,), national.vietnamese),
    Format("cmnd, chứng minh nhân dân", (9,), unlike),
    Format("cpf", (11,), check.cpf),
    Format("curp", (), national.curp, r"[A-Z]{4}[0-9]{6}[HMX][A-Z]{5}[0-9A-Z][0-9]"),
    Format("cuil, cuit", (11,), national.argentine),
    Format("RUT, RUN", (8, 9), national.chilean, r"[0-9]{7,8}K"),
    Format("cédula, cedula", (7, 8, 10, 11), unlike),
    Format("tfn, tax file", (9,), national.australian_tax),
    Format("nric, FIN", (), national.singaporean, r"[STFG][0-9]{7}[A-Z]"),
    Format("mykad, nric", (12,), lambda d: national.short_date(d, "ymd")),
    Format("id number, rsa id, identity number, id no", (13,), national.south_african),
    *FORMATS_WORLD,
    *FORMATS_MORE,
)

#: Words for papers whose numbers have no form of their own: 6 to 12 digits with a few letters follow.
PAPERS = (
    "passport", "national id", "id card", "id number", "identity card", "identity number",
    "driver's licen", "drivers licen", "driving licen", "driver licen", "personalausweis",
    "ausweisnummer", "ausweis-nr", "reisepass", "führerschein", "passeport", "carte d'identité",
    "carte nationale", "permis de conduire", "pasaporte", "carnet de conducir", "licencia de conducir",
    "documento de identidade", "passaporte", "número de identificação", "cartão de cidadão",
    "carteira de identidade", "carta d'identità", "patente di guida", "paspoort", "identiteitskaart",
    "rijbewijs", "paszport", "prawo jazdy", "pass nr", "passnummer", "pasaport", "ehliyet", "paspor",
    "hộ chiếu", "паспорт", "водительск", "护照", "驾驶证", "パスポート", "旅券", "運転免許", "여권",
    "운전면허",
    "पासपोर्ट", "পাসপোর্ট", "جواز", "گذرنامه", "דרכון", "διαβατήρι", "หนังสือเดินทาง", "passinumero",
    "medicare number",
)  # fmt: skip
