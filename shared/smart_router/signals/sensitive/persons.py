"""Ways in which a person is named: as a patient, with a title, as a relative, as oneself, with an age.

Scripts with capitals show names by them. For the others a name is what stands where one must stand,
or begins with a family name of the language.
"""

from __future__ import annotations

import re
from functools import cache

from .medical_words import CLEAR, VAGUE
from .name_context import EPONYMS, FAMOUS, NO_NAMES, OCCASION, PUBLIC
from .persons_uncased import names_uncased

#: Words that begin so are illnesses and no names; short ones would take names along.
CLEAR_START = tuple(word for word in CLEAR if len(word) >= 5)
VAGUE_START = tuple(word for word in VAGUE if len(word) >= 6)

#: A capitalised word of any alphabet that has capitals.
_CAPITAL = (
    "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽƠƯ"
    "ẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸȘȚ"
    "А-ЯЁІЇЄҐΆΈΉΊΌΎΏΑ-Ω"
)
_NAME = rf"[{_CAPITAL}][^\W\d_][\w'’-]{{0,22}}"
_SMALL = (
    r"(?:de la|de los|de|del|da|do|dos|das|di|van der|van den|van de|van|von|zu|den|der|ter|bin|bint|ibn"
    r"|al|el|af|y|e|o)"
)
_INITIALS = rf"(?:[{_CAPITAL}]\.\s?){{0,2}}"
_FIRST = rf"(?P<name>{_INITIALS}{_NAME})"
_BOTH = rf"(?P<name>{_INITIALS}{_NAME}(?:\s{_SMALL})?\s{_INITIALS}{_NAME})"

_TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Herrn?|Frau|Sra?|Srta|Señora?|Don|Doña|Senhora?|Dona|Monsieur|Madame|Mme|Mlle|Sig"
    r"|Sig\.ra|Signora?|Dhr|Mevr|Mw|Mevrouw|Meneer|Pan|Pani|Pana|Panią|Panu|Fru|Hr|Herra|Rouva|Bay|Bayan"
    r"|Bapak"
    r"|Pak|Ibu|Bu|Ông|Bà|Anh|Chị|Cô|Bác|Г-н|Г-жа|Господин|Госпожа|Гражданин|Гражданка|Пан|Пані|Пана|Κ|Κα"
    r"|Κυρία"
    r"|Κύριος|Κος)"
)
_PATIENT = (
    r"(?:patient(?:in|en|e|s)?|paciente|paziente|patiënte?|pacjent(?:ka|ki|kę|a|em|ce|owi)?"
    r"|pasient(?:en)?|potilas"
    r"|potilaan|hastamız|hasta|hastanın|pasien|bệnh nhân|пациент(?:ка|ки|ку|ке|а|у|ом)?|хворий|хвора"
    r"|пацієнт(?:ка|ки|ку|а|у|ом)?|ασθενής|ασθενούς|ασθενή|больной|больная)"
)
_ROLE = (
    r"(?:insured|claimant|policyholder|resident|employee|colleague|coworker|student|pupil|client|tenant"
    r"|defendant|plaintiff|veteran|inmate|versicherter?|versicherte[rn]?|mitarbeiter(?:in)?|schüler(?:in)?"
    r"|bewohner(?:in)?|klient(?:in)?|assurée?|salariée?|élève|résidente?|asegurad[oa]|emplead[oa]|alumn[oa]"
    r"|trabajador[a]?|segurad[oa]|funcionári[oa]|alun[oa]|assicurat[oa]|dipendente|alunn[oa]|studente(?:ssa)?"
    r"|verzekerde|werknemer|medewerk(?:er|ster)|leerling|ubezpieczon[ya]|pracowni(?:k|ca)|uczeń|uczennica"
    r"|anställd|eleven|medarbetaren|työntekijä|oppilas|medarbejder|elev|çalışanımız|öğrencimiz|öğrenci"
    r"|sigortalı"
    r"|karyawan|siswa|siswi|nasabah|nhân viên|học sinh|сотрудник(?:а|у|ца|цы)?|ученик|ученица|работник"
    r"|студент(?:ка)?"
    r"|працівник|учень|учениця|ο μαθητής|η μαθήτρια|υπάλληλος)"
)

_KIN_EN = (
    r"(?:mother|father|mom|mum|mama|dad|wife|husband|son|daughter|sister|brother|partner|boyfriend"
    r"|girlfriend|fianc[eé]e?"
    r"|friend|neighbou?r|colleague|coworker|co-worker|boss|manager|roommate|flatmate|aunt|uncle|nephew"
    r"|niece|grand(?:mother"
    r"|father|ma|pa|son|daughter|dad)|gran|nan|employee|client|student|child|kid|baby|toddler|twin"
    r"|stepson|stepdaughter"
    r"|cousin|mother-in-law|father-in-law|tenant|assistant)"
)
_KIN_LATIN = (
    r"(?:mutter|vater|frau|mann|ehefrau|ehemann|sohn|tochter|schwester|bruder|freund(?:in)?|kolleg(?:e"
    r"|en|in)|oma|opa|tante"
    r"|onkel|enkel(?:in)?|nachbar(?:in)?|lebensgefährt(?:e|in)|chef(?:in)?|neffe|nichte|madre|padre|mamá"
    r"|papá|mujer|esposa"
    r"|esposo|marido|hij[oa]|herman[oa]|abuel[oa]|novi[oa]|amig[oa]|compañer[oa]|vecin[oa]|suegr[oa]"
    r"|ti[oa]|tí[oa]|mère|père|femme"
    r"|mari|fils|fille|sœur|soeur|frère|grand-mère|grand-père|ami|amie|collègue|voisine?|compagne"
    r"|compagnon|conjointe?|neveu"
    r"|nièce|mãe|pai|mulher|filh[oa]|irmão|irmã|av[óô]|vovó|namorad[oa]|colega|vizinh[oa]|sogr[oa]"
    r"|sobrinh[oa]|mamma|papà|moglie"
    r"|figli[oa]|fratello|sorella|nonn[oa]|zi[oa]|compagn[oa]|collega|vicin[oa]|nipote|suocer[oa]|moeder"
    r"|vader|vrouw|man|zoon"
    r"|dochter|zus|broer|vriend(?:in)?|buurman|buurvrouw|żona|mąż|syn(?:a|em|owi)?|córk[aięą]|matk[aięą]"
    r"|mam[aąyę]|tata|taty|ojciec|ojca|brat"
    r"|brata|siostr[aęy]|babci[aę]|dziad(?:ek|ka)|koleg[aę]|koleżank[aię]|żon[yęie]|męż[a]|mamma|pappa"
    r"|mor|far|fru|make|son|dotter|syster"
    r"|bror|mormor|farmor|morfar|farfar|sambo|vän|väninna|søn|datter|søster|kone|mand|ven|veninde|venn"
    r"|sønn|mann|svigermor)"
)
_MY_LATIN = (
    r"(?:mein(?:e[rnsm]?)?|unser(?:e[rnsm]?)?|mi|nuestr[oa]|ma|mon|notre|minha|meu|nossa|nosso|mia|mio"
    r"|nostr[oa]|mijn|m'n|onze"
    r"|ons|moja|mój|mojej|mojego|moją|mojemu|nasz[aey]?|naszego|naszej|min|mitt|vår|vårt|vores|vår)"
)
_MY_SLAVIC = (
    r"(?:мо[йяиюе]|мій|моя|моей|моего|моему|мою|моїй|мого|моєму|моєї"
    r"|наш[аеу]?|нашего|нашей|нашему|нашого|нашої|у меня|в мене)"
)
_KIN_SLAVIC = (
    r"(?:мам[аыуе]|пап[аыуе]|мать|матер\w{1,3}|отец|отц[ауе]м?|жен[аыуе]|муж[ау]?|сын[ау]?|доч(?:ь|ери"
    r"|ка|ку|ке)|брат[ау]?"
    r"|сестр[аыуе]|бабушк[аиуе]|дедушк[аиуе]|дед[ау]?|тёт[яию]|тет[яию]|дяд[яию]|друг[ау]?|подруг[аиуе]"
    r"|коллег[аиуе]|сосед\w{0,3}"
    r"|внук[ау]?|внучк[аиуе]|тещ[ауи]|тёщ[ауи]|свекров\w{1,2}|племянни\w{1,3}|син[ау]?|дружин[аиуі]"
    r"|чоловік[ау]?|донь?к[аиуі]|дочк[аиуі]"
    r"|мат[иері]{1,3}|батьк[оау]|бабус[яію]|дідус[яьюе]{1,2})"
)
_KIN_SUFFIXED = (
    r"(?:annem(?:iz)?|babam(?:ız)?|oğlum(?:uz)?|kızım(?:ız)?|eşim|kocam|karım|kardeşim(?:iz)?|ablam|abim"
    r"|ağabeyim|dedem|ninem"
    r"|anneannem|babaannem|halam|teyzem|amcam|dayım|kuzenim|arkadaşım|komşum(?:uz)?|yeğenim|torunum"
    r"|äitini|isäni|poikani|poikamme|tyttäreni|tyttäremme|veljeni|siskoni|sisareni|vaimoni|mieheni"
    r"|puolisoni|ystäväni|mummoni"
    r"|isoisäni|isoäitini|kollegani|työkaverini|naapurini)"
)
_KIN_FOLLOWED = (
    r"(?:(?:ibu|ayah|bapak|mama|papa|anak|putra|putri|suami|istri|kakak|adik|nenek|kakek|paman|bibi"
    r"|teman|tante|om|sepupu|keponakan)"
    r"(?: (?:laki-laki|perempuan))? (?:saya|kami|aku)|(?:mẹ|bố|ba|má|cha|con trai|con gái|chồng|vợ"
    r"|anh trai|chị gái|em trai|em gái|ông|bà"
    r"|bác|cô|chú|bạn|cháu|con|bà ngoại|bà nội|ông ngoại|ông nội)(?: của)? (?:tôi|em|mình|anh|chị)"
    r"|(?:πατέρας|μητέρα|μαμά|μπαμπάς|γιος|γιου|κόρη|αδερφός|αδελφός|αδερφή|αδελφή|σύζυγός|σύζυγος"
    r"|γυναίκα|άντρας|άνδρας|γιαγιά"
    r"|παππούς|φίλος|φίλη|θείος|θεία|πατέρα|γιο|αδερφό|άντρα|συνάδελφος)\s(?:μου|μας))"
)
_SELF = (
    r"(?:my name is|my name's|i am|i'm|i’m|this is|mein name ist|ich bin|ich heiße|je m'appelle|je suis"
    r"|je soussignée?|me llamo|mi nombre es|soy"
    r"|yo,|meu nome é|chamo-me|me chamo|sou [ao]|eu,|mi chiamo|sono|io sottoscritt[oa]|ik ben|ik heet"
    r"|mijn naam is|nazywam się|jestem"
    r"|mam na imię|jag heter|mitt namn är|jag är|jeg heter|jeg hedder|mit navn er|nimeni on|olen"
    r"|benim adım|adım|ben|nama saya|saya"
    r"|tên tôi là|tôi là|tôi tên|tôi tên là|меня зовут|я|мене звати|мене звуть|με λένε|ονομάζομαι"
    r"|είμαι [οη]|λέγομαι)"
)
_YEARS = (
    r"(?:\)|,|;|:|\.\s|(?:\s|-)?(?:years?|yrs?|y/?o|yo|j\b|jahre|ans|años|anos|anni|jaar|lat\b|år|åring"
    r"|vuotias|v\.|yaş\w*|tahun|tuổi|лет"
    r"|год\w?|г\.|років|рок\w|ετών|χρονών)|\s?[mfMFwWvVkK]\b|\s(?:male|female|woman|man)\b)"
)
_FILE = (
    r"(?:results?|labs?|bloods?|scans?|mri|x-ray|report|chart|referral|discharge|file|notes?|record"
    r"|certificate|letter|diagnosis"
    r"|prescription|medication|history|treatment|surgery|claim|appointment|befund\w*|arztbrief|rezept"
    r"|attest|krankmeldung|bilan|ordonnance"
    r"|résultats?|dossier|certificat|informe|receta|resultados?|analítica|historia|laudo|exames?"
    r"|atestado|receita|referto|esami|certificato"
    r"|ricetta|uitslag(?:en)?|verwijsbrief|dossier|recept|wyniki|skierowanie|zwolnienie|provsvar|remiss"
    r"|intyg|journal|lausunto|lähete"
    r"|sonuç\w{0,5}|rapor\w{0,4}|hasil lab|surat|kết quả|hồ sơ|анализ\w*|результат\w*|выписк\w*"
    r"|справк\w*|рецепт\w*|направлени\w*|довідк\w*"
    r"|εξετάσεις|αποτελέσματα|βεβαίωση|γνωμάτευση)"
)
_OF = (
    r"(?:for|of|on|about|re|concerning|für|von|pour|de|del|para|di|do|da|per|voor|van|dla|för|till|untuk"
    r"|của|для|του|της|για)"
)

#: Being ill, of a person named before it; the illness follows within the sentence.
_IS_ILL = (
    r"(?:was|is|has|has been|had|suffers|suffering|takes|taking|underwent|got|received|lives with"
    r"|died of|diagnosed|tested"
    r"|hat|ist|wurde|leidet|nimmt|bekam|a|est|a été|souffre|prend|atteinte?|fue|es|está|tiene|sufre"
    r"|padece|toma|foi|está|tem|sofre|é|ha|è stat[oa]"
    r"|soffre|affett[oa]|prende|assume|heeft|is|lijdt|kreeg|ma|choruje|cierpi|jest|har|lider|fick|on"
    r"|sairastaa|sai|geçirdi|hastası|mengidap"
    r"|menderita|bị|mắc|болеет|страдает|хворіє|страждає|має|έχει|πάσχει|нуждается)"
)

#: (strength, pattern). "sure" ones hold in a biography too; names are checked by `named`.
_CASED = (
    (
        "sure",
        rf"\b(?i:{_PATIENT})(?i: name| named| is| ist)?(?:\s|: ?|, ?|# ?| \()(?:{_TITLE}\.?\s)?{_FIRST}",
    ),
    ("sure", rf"\b(?i:{_ROLE})(?::|,)?\s(?:{_TITLE}\.?\s)?{_BOTH}"),
    (
        "sure",
        rf"\b(?:[Mm]y|[Oo]ur) (?:[\w-]{{1,16}} ){{0,2}}{_KIN_EN},?(?: \(?(?:named |called )?){_FIRST}",
    ),
    ("sure", rf"\b(?i:{_MY_LATIN})\s(?:[a-zß-ÿ-]{{3,14}}\s)?(?i:{_KIN_LATIN}),?\s\(?{_FIRST}"),
    ("sure", rf"\b(?i:{_MY_SLAVIC})\s(?:[а-яёіїє-]{{3,14}}\s)?(?i:{_KIN_SLAVIC}),?\s\(?{_FIRST}"),
    ("sure", rf"\b(?i:{_KIN_SUFFIXED}),?\s\(?{_FIRST}"),
    ("sure", rf"\b(?i:{_KIN_FOLLOWED}),?(?: là| bernama)?\s\(?{_FIRST}"),
    ("sure", rf"\b(?i:{_SELF}),?\s{_BOTH}"),
    ("fair", rf"\b(?:{_TITLE}|{_TITLE.lower()})\.?\s{_FIRST}"),
    ("fair", rf"\b{_FIRST}\s(?:Hanım|Bey|Hanımın|Beyin|Hanım'ın|Bey'in)\b"),
    ("fair", rf"\b(?i:{_FILE})(?: (?i:{_OF}))?(?:\s|: ?|, ?| - ?)(?:{_TITLE}\.?\s)?{_BOTH}"),
    ("fair", rf"\b{_BOTH},?\s\(?(?:aged? )?[0-9]{{1,3}}{_YEARS}"),
    (
        "fair",
        rf"\b{_BOTH}(?:'s|’s) (?i:{_FILE}|condition|illness|cancer|chemo\w*|therapy|blood|biops\w*"
        rf"|health)",
    ),
    ("told", rf"\b{_BOTH},? (?:who )?{_IS_ILL}\b"),
)


@cache
def _cased() -> tuple[tuple[str, re.Pattern[str]], ...]:
    # Only when a text needs them: they take longer than the rest of the import.
    return tuple((strength, re.compile(pattern)) for strength, pattern in _CASED)


#: A birthday or a number of an insurance beside a full name.
_DATED = re.compile(
    r"\b(?i:dob|d\.o\.b|date of birth|geb|geboren|né le|née le|nacid[oa] el|f\. nac|fecha de nac"
    r"|nascid[oa] em|data de nasc|nat[oa] il"
    r"|geb\.datum|ur|född|doğum|tgl lahir|sinh ngày|ngày sinh|дата рожд|г\.р|р\.н|ημ\. γέν|mrn"
    r"|hosp(?:ital)? no|member id|policy no|insurance no"
    r"|versicherungsnr|ssn|nhs (?:no|number)|patient id|c\.f|cf|dni|cpf|pesel|bsn|nir|hetu)\b[^\n]{0,25}[0-9]"
)
_ANY_NAME = re.compile(_NAME)
_FULL = re.compile(rf"\b{_BOTH}")

#: A field of a form or a record.
_FIELD = re.compile(
    r"\b(?:(?:full|first|last|patient|pt|client|member)[ _-]?)?(?:name|nombre|nome|nom|naam|imię"
    r"|imię i nazwisko|namn|navn|nimi|nama|adı|ad soyad|adı soyadı"
    r"|ad|имя|фио|ф\.и\.о\.|ім'я|піб|họ tên|họ và tên|όνομα|ονοματεπώνυμο|nachname|vorname|apellidos"
    r"|cognome|prénom|фамилия|прізвище)[\"']?\s?[:=]\s?[\"']?"
    rf"(?-i:{_FIRST})",
    re.IGNORECASE,
)

#: So far behind a name its illness may follow.
_SENTENCE = 60


def names_person(window: str, terms: list[tuple[int, int]], clear: list[tuple[int, int]]) -> bool:
    """Whether `window` names a person, other than a public one, whom its medical words may be about.

    `terms` are the places (start, end) of those words in the window, `clear` those of the clear ones.
    """
    public = PUBLIC.search(window) is not None or FAMOUS.search(window) is not None
    for strength, pattern in _cased() if _ANY_NAME.search(window) else ():
        if public and strength != "sure":
            continue
        for found in pattern.finditer(window):
            if not is_name(found["name"]):
                continue
            if strength != "told" or _told(window, found.end(), terms):
                return True
    if not public and any(is_name(found["name"]) for found in _FIELD.finditer(window)):
        return True
    if names_uncased(window):
        return True
    if not public and _is_at_hand(window, clear):
        return True
    return _DATED.search(window) is not None and has_full_name(window)


def _is_at_hand(window: str, terms: list[tuple[int, int]]) -> bool:
    """A full name close to a medical word, in what reads like a letter or a file about somebody."""
    if _FULL.search(window) is None or OCCASION.search(window) is None:
        return False
    for found in _FULL.finditer(window):
        near = any(-120 < start - found.end() < 120 for start, _ in terms)
        doctor = re.search(
            r"\b(?:Dr|Prof|Doctor|Dra?|Dott|Лікар|Врач|Доктор)\.?(?:ssa|in)?\s$", window[: found.start()]
        )
        if near and doctor is None and is_name(found["name"]) and not found["name"].isupper():
            return True
    return False


def has_full_name(window: str) -> bool:
    """Two capitalised words that may be somebody's first and last name."""
    return any(is_name(found["name"]) for found in _FULL.finditer(window))


def is_name(name: str) -> bool:
    """No heading, no illness that is named after somebody."""
    # Short capitals in an ordinary line are abbreviations.
    if not name.isupper() and any(word.isupper() and 1 < len(word) <= 4 for word in name.split()):
        return False
    words = [word.strip(".'’-").removesuffix("'s").removesuffix("’s").lower() for word in name.split()]
    return not any(
        word in NO_NAMES or word in EPONYMS or word.startswith(CLEAR_START) or word.startswith(VAGUE_START)
        for word in words
        if len(word) > 1
    )


def _told(window: str, end: int, terms: list[tuple[int, int]]) -> bool:
    """Whether a medical word follows within the sentence."""
    return any(0 <= start - end <= _SENTENCE and "." not in window[end:start] for start, _ in terms)
