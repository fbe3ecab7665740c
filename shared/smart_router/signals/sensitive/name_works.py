"""Frames in which an illness is a figure's or an author's: scenes to write, works that show it, trade."""

from __future__ import annotations

import re

from ...lazily import lazily
from .anchored import Anchored

_WRITE = (
    r"(?:write|draft|continue|outline|finish|sketch|give me|plan|rewrite|improve|schreib\w*|verfass\w*"
    r"|entwirf|écri[srtv]\w*|rédige\w*|imagine|escrib\w*|redacta|inventa|escrev\w*|redija|crie|scriv\w*"
    r"|inventa|schrijf|verzin|napisz|wymyśl|skriv|hitta på|kirjoita|yaz\w*|tulis\w*|viết|напиши\w*"
    r"|придумай\w*|вигадай|γράψε)"
)
_FICTION = (
    r"(?:scene|short story|story|novel(?:la)?|screenplay|sketch|monologue|dialogue|chapter|play|fan ?fic\w*"
    r"|radio play|sitcom|episode|vignette|szene|kurzgeschichte|geschichte|erzählung|roman\w*|drehbuch\w*"
    r"|hörspiel|dialog|monolog|kapitel|krimi|scène|nouvelle|scénario|conte|récit|escena|relato|cuento|novela"
    r"|guion|guión|diálogo|capítulo|monólogo|cena|conto|roteiro|romance|racconto|romanzo|sceneggiatura"
    r"|scena|scenę|dialogo|capitolo|verhaal|scène|hoofdstuk|opowiadani\w+|rozdział|scenariusz|novell\w*"
    r"|scen|berättelse|manus|fortelling|fortælling|kohtaus|tarina|novelli|sahne|hikaye|öykü|senaryo|cerita"
    r"|adegan|cerpen|truyện|сцен\w|рассказ\w?|повест\w|роман\w?|сценари\w|глав\w|диалог|оповідання|сцену"
    r"|ιστορία|σκηνή|διήγημα)"
)
_OWN = Anchored(
    r"\b(?:my|our|mein\w{0,2}|unser\w{0,2}|mon|ma(?!\s\w*[ąćęłńśźż])|mes|notre|mi|mis|nuestr\w+|meu|minha"
    r"|noss\w|mio|mia"
    r"|nostr\w|mijn|onze|moj\w+|mój|nasz\w*|min|mitt|vår\w*|мо[йяеёюи]\w*|наш\w*|true|real|herself"
    r"|himself)\b",
    re.IGNORECASE,
)
_FRAME = Anchored(rf"(?<!\w){_WRITE}\b[^.\n]{{0,50}}?(?<!\w){_FICTION}(?!\w)", re.IGNORECASE)
_FRAME_CJK = lazily(
    r"(?:写|寫|编|創作|创作)[^。\n]{0,14}(?:小说|故事|剧本|場景|场景|对白|短篇)"
    r"|(?:小説|物語|シーン|脚本|会話劇)を書"
)

#: His work, her poems: what an author's illness is asked for.
_WORKS = lazily(
    r"\b(?:in|on|into|for|shape|shaped|influenced?|affect(?:ed)?|inform(?:ed)?|colou?r(?:ed)?|behind)"
    r" (?:his|her|their)"
    r" (?:\w{2,10} )?(?:works?|poetry|poems?|writings?|novels?|stor(?:y|ies)|art|music|paintings?|letters"
    r"|plays|verse|prose|fiction|compositions?|films?|lyrics|diaries|philosophy|songs)\b"
    r"|\b(?:obra|poesia|escrita|ficção|música|pintura)s? d(?:ele|ela)\b|\bsua (?:obra|poesia|escrita)\b"
    r"|\ben (?:su|sus) (?:obras?|poesía|poemas|novelas?|escritura|pintura|música|arte)\b"
    r"|\bnell(?:a|e) su[ae] (?:oper[ae]|poesi[ae])|\bnei suoi (?:romanzi|versi|quadri|scritti)"
    r"|\b(?:dans|sur) (?:son|sa|ses) (?:œuvre|oeuvre|poésie|poèmes|romans?|écriture|peinture|musique|écrits)"
    r"|\b(?:seine[mnrs]?|ihre[mnrs]?) (?:\w+ )?(?:werke?s?n?|lyrik|gedichte?n?|romane?n?|musik|dichtung"
    r"|gemälde|malerei|prosa|texten|schaffen)\b"
    r"|\b(?:zijn|haar) (?:werk|poëzie|gedichten|romans|muziek|schilderijen)\b"
    r"|\bjego (?:twórczoś\w+|poezj\w+|wiersz\w+|powieś\w+|obraz\w+|muzy\w+)"
    r"|\b(?:jej) (?:twórczoś\w+|poezj\w+|wiersz\w+|powieś\w+)"
    r"|\b(?:hans|hennes|hendes) (?:verk|diktning|poesi|romaner|dikter|konst|kunst|musik|musikk)\b"
    r"|\b(?:її|його|ее|её|его) (?:поез\w+|поэз\w+|творч\w+|твор\w+|вірш\w+|стих\w+|роман\w*|проз\w+"
    r"|картин\w*|музик\w*|музык\w*|произвед\w+|живоп\w+)"
    r"|\bonun (?:eser\w*|şiir\w*|roman\w*)|στο έργο (?:του|της)"
    r"|(?:他|她)的(?:作品|诗|小说|创作|音乐|绘画)"
    r"|作品に(?:どう|どのように)|(?:그의|그녀의) (?:작품|시|소설|음악)",
    re.IGNORECASE,
)

#: Wares and programs for the ill.
_ILLS = (
    r"(?:adhd|hiv|diabetes|diabetics?|asthma|cancer|dementia|alzheimer'?s|autism|epilepsy|stroke|depression"
    r"|parkinson'?s|anxiety|covid|migraine|insulin|glucose|malaria|psoriasis|copd|tdah|vih|adhs|krebs"
    r"|demenz|autismus|epilepsie|depressionen|cáncer|câncer|cancro|diabète|autisme|démence|demência"
    r"|demencia|kanker|cukrzyc\w+|nowotwor\w*|диабет\w*|рак\w?|деменц\w*|аутизм\w*|астм\w*)"
)
_MADE = (
    r"(?:podcasts?|webinars?|apps?|blog|newsletter|documentary|talks?|keynote|research|papers?|thesis|grants?"
    r"|posters?|workshops?|test ?kits?|kits?|test strips|devices?"
    r"|wearables?|drugs?|vaccines?|software|product|campaign|screening|clinical trial|startup|dissertation"
    r"|vortrag|studie|forschung|testkits?|schnelltests?|messgeräte?|projekt|étude|recherche|appli\w*"
    r"|dispositivos?|estudio|investigación|charla|projeto|pesquisa|aplicativo|ricerca|progetto|dispositivi"
    r"|onderzoek|badani\w+|aplikacj\w+|forskning|исследовани\w+|приложени\w+|дослідженн\w+|подкаст\w*)"
)
_TRADE = Anchored(
    rf"\b{_MADE}\b(?: \w{{2,12}}){{0,3}} (?:on|about|for|of|to (?:manage|track|detect|treat)"
    rf"|zu|zum|über|gegen"
    rf"|für|sur|contre|pour|sobre|de|para|contra|su|per|over|voor|tegen|o|na|om|for|про|о|об|для|от)"
    rf" (?:\w{{2,12}} )?{_ILLS}\b"
    rf"|\b{_ILLS}[ -](?:\w{{2,12}}[ -])?{_MADE}\b",
    re.IGNORECASE,
)
#: Beside such wares, this says that somebody is ill after all.
_ILL_AFTER_ALL = Anchored(
    r"\b(?:diagnosed|suffers?|her own|his own|admitted|relapsed?|has been (?:off|ill|sick)|sick leave"
    r"|diagnostiziert|krankgeschrieben|diagnostiqué\w*|diagnosticad\w|patient|dob|prescribed|surgery"
    r"|tested positive|hospitali[sz]ed|chemo\w*|died|since (?:her|his))\b",
    re.IGNORECASE,
)


#: What comes with a drug, and lists of customers.
_LEAFLET = Anchored(
    r"\b(?:packungsbeilage\w*|beipackzettel\w*|gebrauchsinformation\w*|fachinformation\w*|package leaflets?"
    r"|patient (?:information )?leaflets?|package inserts?|prescribing information|smpc|prospecto\w*"
    r"|ficha técnica|notice d[eu]|bula d\w|bula\b|folheto informativo|foglietto|bugiardino|bijsluiter\w*"
    r"|ulotk\w+"
    r"|příbalov\w+|betegtájékoztató\w*|bipacksedel\w*|indlægsseddel\w*|pakningsvedlegg\w*|pakkausselost\w*"
    r"|kullanma talimat\w*|prospektüs\w*|prospectul\w*|brosur obat|hướng dẫn sử dụng|инструкци\w+ (?:по|к"
    r"|до|із)"
    r"|листок-вкладыш\w*|φύλλο οδηγιών)\b",
    re.IGNORECASE,
    elsewhere=r"说明书|添付文書|첨부문서|نشرة الدواء|بروشور|עלון לצרכן|दवा का पर्चा",
)
_LEADS = Anchored(
    r"\b(?:lead list|sales leads?|cold leads?|warm leads?|prospects?|prospect list|sales pipeline"
    r"|pipeline|crm"
    r"|quote sent|quotes? (?:out|pending)|sales reps?|leadliste\w*|interessenten(?:liste)?|angebot\w* (?:raus"
    r"|verschickt|gesendet)|vertriebsliste|clients potentiels|devis envoyés?|clientes potenciales"
    r"|presupuesto enviado|orçamento enviado|clientes potenciais|preventivo inviato|clienti potenziali"
    r"|offerte verstuurd|klantenlijst|oferta wysłana|oferty wysłane|nabídka odeslána|offert skickad"
    r"|tilbud sendt|tarjous lähetetty|teklif gönderildi|лиды|лидов|кп отправлено|прайс отправлен)\b",
    re.IGNORECASE,
)


def is_of_work(window: str) -> bool:
    """Whether a story is to be written, an author's work explained, or wares are talked of."""
    if (_FRAME.occurs(window) or _FRAME_CJK.search(window)) and not _OWN.occurs(window):
        return True
    if _WORKS.search(window) is not None and not _OWN.occurs(window):
        return True
    if _LEAFLET.occurs(window) and not _OWN.occurs(window):
        return True
    return (_TRADE.occurs(window) or _LEADS.occurs(window)) and not _ILL_AFTER_ALL.occurs(window)
