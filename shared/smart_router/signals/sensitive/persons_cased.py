"""How names with capitals are told: behind a patient, a title, a relative, with an age, with an illness."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from .anchored import Anchored, Window, matches
from .kin import (
    KIN_BARE,
    KIN_EN,
    KIN_FOLLOWED,
    KIN_LATIN,
    KIN_SLAVIC,
    KIN_SUFFIXED,
    MY_LATIN,
    MY_SLAVIC,
    PATIENT,
    ROLE,
    TITLE,
)

#: A capitalised word of any alphabet that has capitals.
_CAPITAL = (
    "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽƠƯ"
    "ẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸȘȚ"
    "А-ЯЁІЇЄҐΆΈΉΊΌΎΏΑ-Ω"
)
NAME = rf"[{_CAPITAL}][^\W\d_][\w'’-]{{0,22}}"
_SMALL = (
    r"(?:de la|de los|de|del|da|do|dos|das|di|van der|van den|van de|van|von|zu|den|der|ter|bin|bint|ibn"
    r"|al|el|af|y|e|o)"
)
_INITIALS = rf"(?:[{_CAPITAL}]\.\s?){{0,2}}"
FIRST = rf"(?P<name>{_INITIALS}(?:{_SMALL}\s)?{NAME})"
BOTH = rf"(?P<name>{_INITIALS}{NAME}(?:\s{_SMALL})?\s{_INITIALS}{NAME})"

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
    r"|éves|é\."
    r"|let(?:á|ý|ého)?\b|rok(?:ov|y)?\b|roč\w+|(?:de )?ani\b|god(?:\.|in\w*)|vuotta|-letni\w*|-ročn\w+"
    r"|vuotias|v\.|yaş\w*|tahun|tuổi|лет"
    r"|год\w?|г\.|років|рок\w|ετών|χρονών)|\s?[mfMFwWvVkK]\b|\s(?:male|female|woman|man)\b)"
)
_FILE = (
    r"(?:results?|(?:vaccination|vaccine|insulin|allergy) card|chart|handover|dentist|nurse note|care plan"
    r"|labs?|bloods?|scans?|mri|x-ray|report|chart|referral|discharge|file|notes?|record"
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
    r"(?:was|is|has(?! (?:spent|studied|led|published|written|worked|founded|given|raised|treated))|has been"
    r"|presented|presents|had|suffers|suffering|takes|taking|underwent|got"
    r"|received|lives with"
    r"|died of|diagnosed|tested"
    r"|hat|ist|wurde|leidet|nimmt|bekam|a|est|a été|souffre|prend|atteinte?|fue|es|está|tiene|sufre"
    r"|padece|toma|foi|está|tem|sofre|é|ha|è stat[oa]"
    r"|soffre|affett[oa]|prende|assume|heeft|is|lijdt|kreeg|ma|choruje|cierpi|jest|har|lider|fick|on"
    r"|sairastaa|sai|geçirdi|hastası|mengidap"
    r"|menderita|bị|mắc|болеет|страдает|хворіє|страждає|має|έχει|πάσχει|нуждается)"
)

_BEFELL = (
    r"had|tore|broke|fainted|collapsed|lost|needs|came|fell|refused|overdosed|takes|showed|suffered|caught"
    r"|still has|already has|hatte|bekommt|braucht|verweigert|a eu|a fait|prend|tuvo|toma|teve|teve um"
    r"|ha avuto"
    r"|kreeg|miał|miała|fick|hade|fikk|fik|sai|geçirdi|kena|перен[её]с\w*|попал\w*|вернул\w*|повернувся"
    r"|состоит"
    r"|лежит|пьёт|пьет"
)
_OFFICE = (
    r"accounts?|accounting|sales|hr|it|marketing|finance|legal|logistics|support|reception|payroll"
    r"|purchasing"
    r"|engineering|production|work|school|church|class|next door|upstairs|downstairs|down the"
)

_DEPARTMENT = (
    r"(?:in|from|of|at) (?:the )?(?:warehouse|dispatch|front desk|canteen|lab|quality|\w+ (?:team"
    r"|department|office))"
    r"|(?:aus|von|vom|in|im) (?:der |dem |unserer |unserem )?(?:Buchhaltung|Vertrieb|Einkauf|Lager"
    r"|Empfang|Personal\w*"
    r"|Klasse|Team|Büro|Verwaltung|IT|HR|Produktion|Werkstatt|Küche|Nachbarschaft|Abteilung|Marketing"
    r"|Sekretariat)"
    r"|(?:de|du|à) (?:la |l'|notre )?(?:compta\w*|service|accueil|logistique|marketing|direction|équipe"
    r"|classe|bureau"
    r"|RH|ventes|cantine|secrétariat)|(?:de|del) (?:la )?(?:contabilidad|compras|ventas|recepción"
    r"|almacén|oficina|clase"
    r"|equipo|administración|marketing|recursos|secretaría|logística)|d[aoe] (?:contabilidade|financeiro"
    r"|vendas|RH|receção"
    r"|recepção|armazém|escritório|turma|equipe|equipa|marketing|compras|secretaria)|(?:della?|dell'"
    r"|dall'|dalla|del|in"
    r"|dal|di) ?(?:contabilità|amministrazione|ufficio|magazzino|vendite|reparto|classe|segreteria"
    r"|marketing|produzione)"
    r"|(?:van|uit|bij) (?:de |het |onze )?(?:boekhouding|administratie|verkoop|magazijn|receptie|klas"
    r"|team|kantoor"
    r"|afdeling|HR|personeelszaken|marketing)|z (?:naszego |naszej )?(?:księgowości|kadr|działu"
    r"|sekretariatu|recepcji"
    r"|biura|zespołu|magazynu|produkcji|marketingu|klasy|HR|IT|sąsiedztwa)|(?:z|ze) (?:naší "
    r"|našeho )?(?:účtárny|účetního"
    r"|skladu|recepce|obchodu|oddělení|kanceláře|týmu|třídy|výroby|marketingu|IT|HR|personálního)"
    r"|(?:på|från|i|fra) (?:vår |vores )?(?:ekonomi\w*|lager\w*|lön\w*|løn\w*|bogholderi\w*|regnskap\w*"
    r"|salg\w*|sälj\w*"
    r"|reception\w*|resepsjon\w*|klass\w*|kontor\w*|avdeling\w*|afdeling\w*|avdelning\w*|HR|IT|marked\w*)"
    r"|(?:kirjanpidosta|taloushallinnosta|myynnistä|varastosta|vastaanotosta|toimistosta|tiimistä"
    r"|luokalta|tuotannosta)"
    r"|(?:muhasebeden|satıştan|depodan|resepsiyondan|ekipten|ofisten|üretimden|pazarlamadan|İK'dan|sınıftan)"
    r"|(?:dari|di) (?:bagian |divisi |tim )?(?:akuntansi|keuangan|gudang|resepsionis|penjualan|produksi"
    r"|pemasaran|HRD|kelas)"
    r"|(?:ở|bên|phòng) (?:phòng )?(?:kế toán|kinh doanh|nhân sự|kho|lễ tân|sản xuất|marketing|hành chính)"
    r"|из (?:нашего |нашей )?(?:бухгалтерии|отдела|склада|приёмной|приемной|офиса|класса|производства"
    r"|кадров|маркетинга"
    r"|команды|продаж)|(?:з|із) (?:нашого |нашої )?(?:бухгалтерії|відділу|складу|приймальні|офісу|класу"
    r"|виробництва|кадрів"
    r"|команди)|από (?:το |τα |τη |την )?(?:λογιστήριο|αποθήκη|γραφείο|πωλήσεις|γραμματεία|τμήμα|ομάδα"
    r"|τάξη|παραγωγή)"
)
#: Being away or back, of a full name before it; what the matter is follows within the sentence.
_BACK = (
    r"(?:(?:is|was|be|comes?|came|gets?|just)? ?(?:back|home|off|out|away)|returns?|returned"
    r"|is recovering|recovering"
    r"|recovers|is still|will be|won't be|cannot|can't|kommt|kehrt|kam|fällt|fehlt|bleibt|erholt sich"
    r"|ist (?:zurück|wieder"
    r"|nach|seit|noch|im|in|auf)|liegt|revient|reprend|rentre|se remet|se repose|reste|est (?:de retour"
    r"|en|à|toujours|hospi\w*)"
    r"|vuelve|regresa|se recupera|sigue|está|volta|voltou|regressa|recupera|continua|torna|rientra"
    r"|è (?:tornat\w|in|a|ancora)"
    r"|si sta riprendendo|ligt|komt|is (?:terug|weer|thuis|nog)|herstelt|blijft|wraca|wrócił\w?"
    r"|jest (?:po|w|na)|leży"
    r"|dochodzi|przebywa|se vrací|vrací se|vrátil\w?|je (?:po|na|v|stále|doma)|leží|zotavuje"
    r"|är (?:tillbaka|hemma|sjuk\w*"
    r"|på|borta)|kommer|ligger|er (?:tilbage|tilbake|hjemme|på|borte|sy\w*)|vender|palaa|palasi"
    r"|on (?:toipu\w*|sairas\w*"
    r"|kotona|poissa|kuntout\w*)|toipuu|makaa|dönüyor|döndü|dönecek|yatıyor|iyileşiyor|kembali|sedang"
    r"|masih|baru|trở lại"
    r"|đang|vừa|mới|возвращается|вернул\w{2,3}|выходит|вышл?\w{1,2}|лежит|лежала?|восстанавливается"
    r"|находится|повертається"
    r"|повернул\w{2,3}|виходить|лежить|відновлюється|перебуває|επιστρέφει|γύρισε|επέστρεψε|είναι"
    r"|βρίσκεται|αναρρώνει"
    r"|νοσηλεύεται)"
)

#: Surname and initials, as in Russian, Polish and Indonesian files.
_NAME_INITIALS = rf"(?P<name>{NAME}\s[{_CAPITAL}]\.\s?(?:[{_CAPITAL}]\.)?)"

#: What may stand between a given name and what is said of it: an age, a class.
_ASIDE = r"(?:,? \([0-9]{1,2}[^)\n]{0,24}\)|,? in (?:year|grade|class) [0-9]+| aus der [0-9]\w{1,2})"

_BOTH_OR_INITIAL = rf"(?P<name>{_INITIALS}{NAME}(?:(?:\s{_SMALL})?\s{_INITIALS}{NAME}|\s[{_CAPITAL}]\.))"

#: (strength, pattern). "sure" ones hold in a biography too, "told" ones need an illness behind them, and
#: "given" ones a given name as well; names are checked by `is_name`.
_CASED = (
    (
        "sure",
        rf"\b(?i:{PATIENT})(?i: name| named| is| ist)?(?:\s|: ?|, ?|# ?| \()(?:{TITLE}\.?\s)?{FIRST}",
    ),
    ("sure", rf"\b(?i:{ROLE})(?::|,)?\s(?:\(?[0-9]\w{{0,2}}\)?,?\s)?(?:{TITLE}\.?\s)?{BOTH}"),
    (
        "sure",
        rf"\b(?:[Mm]y|[Oo]ur) (?:[\w-]{{1,16}} ){{0,2}}(?:[\w-]{{1,14}}-)?{KIN_EN}(?: [a-z]{{3,12}})?,?"
        rf"(?: \(?(?:named |called )?){FIRST}",
    ),
    (
        "sure",
        rf"\b(?i:{MY_LATIN})\s(?:[^\W\d_]{{3,16}}\s)?(?i:{KIN_LATIN})(?:\s(?:de|di|da|von|z|"
        rf"ze)\s[a-zà-ÿ]{{3,10}})?,?\s\(?{FIRST}",
    ),
    ("sure", rf"\b(?i:{MY_SLAVIC})\s(?:[а-яёіїє-]{{3,14}}\s)?(?i:{KIN_SLAVIC}),?\s\(?{FIRST}"),
    (
        "sure",
        rf"\b{FIRST}(?: \(|, )(?:(?:[Mm]y|[Oo]ur) (?:[\w-]{{1,16}} )?{KIN_EN}|"
        rf"(?i:{MY_LATIN})\s(?:[^\W\d_]{{3,16}}\s)?"
        rf"(?i:{KIN_LATIN})|(?i:{MY_SLAVIC})\s(?i:{KIN_SLAVIC}))(?=[,)]| \()",
    ),
    ("sure", rf"\b(?i:{KIN_SUFFIXED}),?\s\(?{FIRST}"),
    ("sure", rf"\b(?i:{KIN_FOLLOWED}),?(?: ο| η| τον| την| là| tên là| tên| bernama|, bé| bé)?\s\(?{FIRST}"),
    ("sure", rf"\b(?i:{_SELF}),?\s{BOTH}"),
    ("fair", rf"\b(?:{TITLE}|{TITLE.lower()})\.?\s{FIRST}"),
    ("fair", rf"\b(?i:{KIN_BARE}),?\s{FIRST}"),
    ("fair", rf"\b{FIRST} (?:in|from) (?:my|our|{_OFFICE})\b"),
    ("fair", rf"\b{FIRST},?\s{FIRST.replace('name', 'more')},\s\(?[0-9]{{1,3}}(?:,|\s?[a-zA-Z]\b|\s?;|\.)"),
    ("fair", rf"\b(?i:{KIN_EN}|{KIN_LATIN}|{KIN_SLAVIC})(?: \([0-9]{{1,2}}\))?[,:]?\s{BOTH}"),
    (
        "fair",
        rf"\b{BOTH},?\s\(?(?:lat|l\.|wiek|w wieku|ve věku|vo veku|în vârstă de|i alderen|i åldern"
        rf"|i en alder af|âgée? de|im Alter von"
        rf"|de edad de|aged?|alter|età|edad|idade|âge|ålder|alder|leeftijd|yaş|usia|umur"
        rf"|возраст|вік)[ :]{{0,2}}[0-9]{{1,3}}\b",
    ),
    ("fair", rf"\b{BOTH}(?:\s{NAME})?,?\s\(?(?:19|20)[0-9]{{2}}\s?(?:г\.|р\.|г\b|р\b)"),
    ("fair", rf"\b{_NAME_INITIALS},?\s\(?(?:[0-9]{{1,3}}{_YEARS}|(?:19|20)[0-9]{{2}}\b)"),
    ("fair", rf"\b{FIRST},?\s{NAME}\s?[-–,(]{{1,2}}\s?[MFmfwW] ?/ ?[0-9]{{1,3}}\b"),
    ("fair", rf"\b{FIRST}\s(?:Hanım|Bey|Hanımın|Beyin|Hanım'ın|Bey'in)\b"),
    (
        "fair",
        rf"\b(?i:{_FILE})(?: (?i:{_OF})|\s[0-9:]{{1,5}})?(?:\s|: ?|, ?| - ?)(?:{TITLE}\.?\s)?"
        rf"{_BOTH_OR_INITIAL}",
    ),
    ("fair", rf"\b{BOTH},?\s\(?(?:aged? )?[0-9]{{1,3}}{_YEARS}"),
    (
        "fair",
        rf"\b{BOTH}(?:'s|’s) (?i:{_FILE}|condition|illness|cancer|chemo\w*|therapy|blood|biops\w*"
        rf"|health)",
    ),
    ("told", rf"\b{BOTH},? (?:who )?{_IS_ILL}\b"),
    ("told", rf"\b{BOTH}(?:'s|’s) "),
    ("given", rf"\b{FIRST}{_ASIDE}?,? (?:who )?(?:{_IS_ILL}|{_BEFELL})\b"),
    ("given", rf"\b{FIRST} \([0-9]{{1,2}}\b"),
    ("fair", rf"\b{BOTH},? \(?(?:{_DEPARTMENT})(?![^\W\d_])"),
    (
        "fair",
        rf"(?i:(?:i̇k|ik|insan kaynakların|muhasebe|satış|satın alma|depo|resepsiyon|üretim|pazarlama"
        rf"|lojistik"
        rf"|finans|ekibimiz|ofis|könyvelés|raktár)['’]?(?:dan|den|tan|ten|ról|ből)),? {BOTH}",
    ),
    ("told", rf"\b{BOTH},? (?:[^\W\d_]{{2,12}} ){{0,2}}?{_BACK}(?![^\W\d_])"),
    ("given", rf"\b{FIRST},? {_BACK}(?![^\W\d_])"),
)


#: Where first names begin: with a capital, or with a small word before one.
_FIRST_BEGINS = re.compile(rf"\b(?=(?:{_SMALL}\s)?[{_CAPITAL}])")


class Begins(NamedTuple):
    """Where first names and full ones may begin in a window."""

    first: list[int]
    full: list[int]


def begins_in(window: Window) -> Begins:
    """Where names may begin in `window`."""
    return Begins([found.start() for found in _FIRST_BEGINS.finditer(window)], window.capitals)


class Way(NamedTuple):
    """How a name is told: how surely, whether full names alone are, and what finds them in a window."""

    strength: str
    full: bool
    find: Callable[[Window, Begins], Iterator[re.Match[str]]]


@cache
def cased() -> tuple[Way, ...]:
    """The ways in which names with capitals are told."""
    # Only when a text needs them: they take longer than the rest of the import.
    return tuple(
        Way(strength, pattern.startswith(rf"\b{BOTH}"), _finder(pattern)) for strength, pattern in _CASED
    )


def _finder(source: str) -> Callable[[Window, Begins], Iterator[re.Match[str]]]:
    before = source.partition("(?P<name>")[0]
    pattern = re.compile(source)
    if before == r"\b":
        full = source.startswith(rf"\b{BOTH}")
        return lambda window, begins: matches(pattern, window, begins.full if full else begins.first)
    if "(?i:" not in before:
        words = Anchored(source)
        return lambda window, _: words.finditer(window)
    # Hundreds of words are compared several times as quickly when their case does not have to be ignored.
    small = Anchored(f"(?={before.replace('(?i:', '(?:')})")
    return lambda window, _: filter(
        None, (pattern.match(window, place.start()) for place in small.finditer_small(window))
    )
