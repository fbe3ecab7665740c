"""Ids of further countries, and numbers of health insurance, pensions and residence."""

from __future__ import annotations

from . import national_checks as national
from .national_format import Format, unlike

FORMATS_MORE: tuple[Format, ...] = (
    # Europe and the Caucasus
    Format("chi number, chi no, ~chi", (10,), lambda d: national.short_date(d, "dmy")),
    Format("h&c number, health and care number", (10,), national.uk_nhs),
    Format(
        "driving licence, driving license, driver number, dvla",
        (),
        unlike,
        r"[A-Z9]{5}[0-9]{6}[A-Z9]{2}[0-9A-Z]{3}",
    ),
    Format("biometric residence, brp", (), unlike, r"[A-Z]{2}[0-9X][0-9]{6}"),
    Format(
        "passnummer, pass-nr, reisepass, reisepassnummer, personalausweis, ausweisnummer, ausweis-nr, "
        "perso-nr",
        (),
        lambda v: sum(map(str.isdigit, v)) > 2,
        r"[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}[0-9]?",
    ),
    Format("idnp, idnp-ul", (13,), unlike),
    Format("პირადი ნომერი", (11,), unlike),
    Format("հծհ, սոցիալական քարտ, ծառայությունների համարանիշ", (10,), unlike),
    Format("fin kod", (), lambda v: any(map(str.isdigit, v)), r"[0-9A-HJ-NP-Z]{7}"),
    Format("ембг, матичен број, jmb", (13,), national.jmbg),
    Format("numri personal, numri i identifikimit, nid albania", (10,), unlike, r"[A-Z][0-9]{8}[A-Z]"),
    Format("karta tal-identità, maltese id, malta id card", (), unlike, r"[0-9]{3,7}[A-Z]"),
    Format("nuss, número de la seguridad social, número de afiliación", (11, 12), unlike),
    Format("tessera sanitaria", (20,), unlike),
    Format("číslo pojištěnce, čísla pojištěnce", (9, 10), national.czech),
    Format("полис омс, полиса омс, ~омс", (16,), unlike),
    # Asia
    Format("uan, epf uan", (12,), unlike),
    Format("abha, abha number, abha id, health id", (14,), unlike),
    Format("no bpjs, no. bpjs, nomor bpjs, kartu bpjs", (13,), unlike),
    Format("philhealth, pag-ibig", (12,), unlike),
    Format("mã số thuế", (10,), unlike),
    Format("被保険者番号, 保険者番号", (6, 8, 10), unlike),
    # Africa
    Format("fayda", (12, 16), unlike),
    Format("ugandan nin, ~nin", (), unlike, r"C[MF][0-9]{8,12}[A-Z]{1,4}[0-9A-Z]{0,2}"),
    Format("nida", (20,), unlike),
    Format("nrc", (9,), unlike),
    Format("zimbabwe id, zimbabwean id, ~national id", (), unlike, r"[0-9]{8,9}[A-Z][0-9]{2}"),
    Format("indangamuntu, rwandan id", (16,), unlike),
    Format("maisha namba, maisha card", (8, 9, 14), unlike),
    Format("رقم التعريف الوطني, numéro d'identification national", (18,), unlike),
    # Americas and Oceania
    Format("cédula, cedula", (9,), unlike, r"[0-9]{13}[A-Z]"),
    Format("carné de extranjería, carnet de extranjería, carné de identidad", (9, 11), unlike),
    Format("carnet de identidad", (7, 8), unlike),
    Format("mi dui, número de dui, dui n", (9,), unlike),
    Format("tarjeta de identidad", (10, 13), unlike),
    Format("cartão do sus, cartão sus, cartão nacional de saúde", (15,), unlike),
    Format("a-number, alien registration, uscis number", (9,), unlike, r"A[0-9]{8,9}"),
    Format("health card, ohip", (10,), unlike, r"[0-9]{10}[A-Z]{2}"),
    Format("ramq, carte d'assurance maladie, carte soleil", (), unlike, r"[A-Z]{4}[0-9]{8}"),
    Format("personal health number, phn", (9, 10), unlike),
    Format("ihi number, individual healthcare identifier", (16,), unlike),
    Format("centrelink, crn", (), unlike, r"[0-9]{9}[A-Z]"),
)
