"""More countries' ids, beside those of `national_formats`."""

from __future__ import annotations

from . import checksums as check
from . import national_checks as national
from . import national_checks_world as world
from .national_format import Format, Test, unlike

#: Layouts that an id is believed in without any word beside it.
LAYOUTS_WORLD: tuple[tuple[bytes, Test], ...] = (
    (b"ddddd-ddddddd-d", world.pakistani),
    (b"dddddd-dd-dddd", world.malaysian),
    (b"ddd-ddddddd-d", world.dominican),
    (b"ddd-dddd-dddd-dddd", lambda d: d[:3] == "784" and check.luhn(d)),
    (b"dddddddAdddAAd", lambda v: v[0] in "123456" and national.short_date(v[1:7], "dmy")),
)

#: Fields that any of the strictly tested numbers is believed in.
_FIELDS = (
    "~id, ~identity, ~identification, ~id-nummer, ~id-nr, ~id nr, ~identiteitsnommer, "
    "~identitetsnummer, ~nin"
    ", ~national, ~citizen, ~ausweis, ~identité, ~identidad, ~identidade, ~identità, ~tożsamości, ~henkilö"
    ", ~kimlik, ~nomor induk, ~định danh, ~личный номер, ~личности, ~особи, ~ταυτότητα, ~身份, ~신분증"
    ", ~هوية, ~הזהות, ~personal number, ~persönliche nummer, ~tożsamość"
)

FORMATS_WORLD: tuple[Format, ...] = (
    Format(_FIELDS, (11, 13, 14, 15), world.strict),
    # Europe
    Format("fnr, f.nr, fnr., fødselsnr., fødselsnummeret, d-nummer, pnr, persnr", (11,), national.norwegian),
    Format("pnr, p.nr, persnr, pers.nr, personnumret, personnumren", (10, 12), national.swedish),
    Format("cpr, cpr-nr, cpr-nummer, personnummer, ~p-nr", (10,), national.danish),
    Format(
        "r. č., r.č., r.č, r. č, rod. č., rodné č., rodne c., rodným číslem, rodnom čísle, nar. č",
        (9, 10),
        national.czech,
    ),
    Format("op č., číslo op, číslo občanského, občanský průkaz, občiansky preukaz", (8, 9), unlike),
    Format("kennitala, kennitölu, ~kt.", (10,), world.icelandic),
    Format("personas kods, personas kodu, pers. kods", (11,), world.latvian),
    Format("taj, taj-szám, taj szám", (9,), world.hungarian_taj),
    Format("adóazonosító, adójel", (10,), world.hungarian_tax),
    Format("személyi szám, személyi azonosító", (11,), world.hungarian_id),
    Format("személyi igazolvány", (), unlike, r"[0-9]{6}[A-Z]{2}"),
    Format("matricule, numéro national", (13,), world.luxembourgish),
    Format(
        "cartão de cidadão, cartao de cidadao, cartão do cidadão, ~cc",
        (),
        world.portuguese_card,
        r"[0-9]{9}[A-Z]{2}[0-9]",
    ),
    Format("bi n, bilhete de identidade, cartão de cidadão", (8,), unlike),
    Format("segurança social, niss", (11,), unlike),
    Format("lbo, единый матични, матичн", (13,), national.jmbg),
    Format("лична карта", (9,), unlike),
    Format("лнч, егн:", (10,), unlike),
    Format("серія та номер, id-карт, запис №", (9, 13), unlike),
    Format("унзр", (13,), unlike),
    Format("utr, unique taxpayer", (10,), world.uk_tax),
    Format("avs, n° avs, numéro avs, numero avs, navs", (13,), national.swiss),
    Format("spi, numéro fiscal, numero fiscal, référence fiscale", (13,), unlike),
    Format("cni, carte nationale d'identité", (12,), unlike, r"[0-9A-Z]{9}"),
    Format("afm, vat number", (9,), national.greek_tax),
    Format("codul numeric, cod numeric personal", (13,), national.romanian),
    Format("seria ci, buletin seria, ci seria, carte de identitate", (), unlike, r"[A-Z]{2}[0-9]{6}"),
    Format(
        "belgisch rijksregisternummer, rrn, nationaal nummer, insz-nummer, niss/insz", (11,), national.belgian
    ),
    Format("svnr, sv-nr, sv nr, vsnr, e-card", (10,), national.austrian),
    Format("rvnr, rv-nummer, renten-nr, rentennummer", (), unlike, r"[0-9]{8}[A-Z][0-9]{3}"),
    # Former Soviet Union, Middle East
    Format("иин, жсн, iin", (12,), world.kazakh),
    Format("пинфл, жшшир, jshshir, pinfl", (14,), world.uzbek),
    Format("личный номер, асабісты нумар", (), unlike, r"[1-6][0-9]{6}[A-Z][0-9]{3}[A-Z]{2}[0-9]"),
    Format(
        "iqama, saudi id, absher, رقم الإقامة, هوية مقيم, رقم الهوية, هويتي, الهوية الوطنية",
        (10,),
        world.saudi,
    ),
    Format("qid, qatar id, البطاقة الشخصية", (11,), world.qatari),
    Format("civil id, الرقم المدني, رقم مدني", (12,), world.kuwaiti),
    Format("الرقم الوطني, رقم وطني, رقم الهوية الوطنية, البطاقة الوطنية", (10, 12, 14, 18), unlike),
    Format("بطاقة التعريف, ~cin", (8,), unlike, r"[A-Z]{1,2}[0-9]{5,6}"),
    Format("teudat zehut, tz number, ~t.z., מס' זהות, מס זהות, ~זהות", (9,), national.israeli),
    Format("kod melli, code melli, کدملی, كد ملي, ~ملی", (10,), national.iranian),
    # Asia and Oceania
    Format("cnic, nicop, شناختی کارڈ", (13,), world.pakistani),
    Format("voter id, epic no, ~epic", (), unlike, r"[A-Z]{3}[0-9]{7}"),
    Format("mera pan, पैन नंबर, पैन कार्ड", (), unlike, r"[A-Z]{3}[ABCFGHJLPT][A-Z][0-9]{4}[A-Z]"),
    Format("आधार नंबर, आधार संख्या, adhar, aadhar card", (12,), check.aadhaar),
    Format("nic no, nic number, ~nic", (12,), unlike, r"[0-9]{9}[VX]"),
    Format("mykad, nric, no. kp, no kp, kad pengenalan, ~ic", (12,), world.malaysian),
    Format("philsys, psn, umid", (12, 16), unlike),
    Format("sss no, sss number", (10,), unlike),
    Format("no. kk, nomor kk, kartu keluarga", (16,), national.indonesian),
    Format("nomor induk kependudukan, no. ktp, no ktp", (16,), national.indonesian),
    Format("số cccd, số định danh, mã định danh", (12,), national.vietnamese),
    Format("เลขบัตร, เลขที่บัตร, เลขบัตรประจำตัว", (13,), check.thai_id),
    Format(
        "香港身份证, 身份證號碼, 身份证号码, hkid, hk id, ~hk",
        (),
        world.hong_kong,
        r"[A-Z]{1,2}[0-9]{6}[0-9A]",
    ),
    Format("外国人登録, 在留カード", (), unlike, r"[A-Z]{2}[0-9]{8}[A-Z]{2}"),
    Format("基礎年金番号, 年金番号", (10,), unlike),
    Format("健保, 健康保險卡", (12,), unlike),
    Format("居留證", (), unlike, r"[A-Z][A-D89][0-9]{8}"),
    Format("외국인등록", (13,), national.korean),
    Format("medicare card, medicare no, ~medicare", (10, 11), world.australian_medicare),
    Format("ird, ird number", (8, 9), world.new_zealand_tax),
    Format("nhi number, ~nhi", (), unlike, r"[A-HJ-NP-Z]{3}[0-9]{4}"),
    Format(
        "medicare id, ~mbi",
        (),
        unlike,
        r"[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y][0-9][AC-HJKMNP-RT-Y]"
        r"[0-9AC-HJKMNP-RT-Y][0-9][AC-HJKMNP-RT-Y]{2}[0-9]{2}",
    ),
    # Africa
    Format(
        "sa id, south african id, identity no, ~id:, ~id no., id-nommer, id-nummer",
        (13,),
        national.south_african,
    ),
    Format("nin, bvn, national identification number", (11,), unlike),
    Format("ghana card", (), unlike, r"GHA[0-9]{10}"),
    Format("kra pin", (), unlike, r"[AP][0-9]{9}[A-Z]"),
    Format("huduma, kenyan id, nambari ya kitambulisho", (8,), unlike),
    # Americas
    Format("social insurance number, sin number, ~numéro d'assurance", (9,), check.luhn),
    Format("rg:, rg n, registro geral", (8, 9), unlike, r"[0-9]{8}X"),
    Format("pis, nis, pasep, pis/pasep", (11,), world.brazilian_work),
    Format("cnh, carteira de motorista", (11,), world.brazilian_driver),
    Format("título de eleitor, titulo de eleitor", (12,), unlike),
    Format("nss, imss, número de seguro social", (11,), check.luhn),
    Format("clave de elector, ine", (18,), unlike, r"[A-Z]{6}[0-9]{8}[HM][0-9]{3}"),
    Format("rfc", (), lambda v: v[:4] not in ("XAXX", "XEXX"), r"[A-ZÑ&]{4}[0-9]{6}[0-9A-Z]{3}"),
    Format("rut, run", (), national.chilean, r"[0-9]{7,8}K"),
    Format("~rut, ~run", (8, 9), national.chilean),
    Format("cédula de ciudadanía, cedula de ciudadania, ~c.c., cédula de identidad", (6, 7, 8, 10), unlike),
    Format("cédula", (), unlike, r"[VE][0-9]{7,8}"),
    Format("cédula ecuatoriana, cédula de identidad, ~cédula", (10,), world.ecuadorian),
    Format("cédula", (8,), world.uruguayan),
    Format("cui, dpi", (13,), world.guatemalan),
    Format("d.n.i., documento nro, dni nro, documento n", (7, 8), unlike),
)
