"""Illnesses that are a topic: of books, channels and talks, of boards and charities, "
"of teams named after them."""

from __future__ import annotations

import re

from ...lazily import lazily
from .anchored import Anchored
from .given_names import GIVEN
from .illness_links import FOR_BEFORE, OTHERS_BEFORE, PERSONAL
from .name_taught import is_taught

#: What is published, held or sent about a topic.
MEDIA = Anchored(
    r"(?<![^\W\d_])(?:pódcast\w*|rádio|radio|radiosendung\w*|entrevista\w*|intervista\w*|wywiad\w*"
    r"|rozhovor\w*|intervju\w*|haastattel\w*"
    r"|röportaj\w*"
    r"|wawancara|phỏng vấn|kịch bản|интервью|інтерв.ю|συνέντευξ\w*|class(?:es)?|flyer\w*|flugblatt"
    r"|kurs\w*|cours|curso\w*"
    r"|corso|book\w*|review\w*|novel|channel|podcast\w*|blog\w*|column\w*|newsletter|webinar\w*"
    r"|lecture\w*"
    r"|talks?|keynote|panel|seminar\w*|workshop\w*|course|brochure\w*|leaflet\w*|documentary|exhibition"
    r"|magazine"
    r"|article\w*|posts?|videos?|series|interview\w*|campaign\w*|conference|symposium|episode\w*|speech"
    r"|charity"
    r"|foundation|essay\w*|guide\w*|press release|bücher|buch\w*|rezension\w*|kanal\w*|kolumne\w*|vortrag\w*"
    r"|vorträge|ratgeber\w*|lesung\w*|kongress\w*|stiftung\w*|beitrag|beiträge|sachbuch\w*|artikel\w*"
    r"|livre\w*"
    r"|chaîne|chronique\w*|conférence\w*|exposé|colloque|revue|émission\w*|association|critique|libro\w*"
    r"|canal"
    r"|columna|charla\w*|ponencia\w*|conferencia\w*|reseña\w*|jornada\w*|congreso|fundación|revista"
    r"|artículo\w*"
    r"|livro\w*|palestra\w*|resenha\w*|coluna|congresso|fundação|artigo\w*|libri|canale|rubrica|conferenza"
    r"|recensione|convegno|fondazione|rivista|articolo|boek\w*|kanaal|lezing\w*|recensie|congres|stichting"
    r"|książ\w*|kanał\w*|wykład\w*|recenzj\w*|felieton\w*|konferencj\w*|fundacj\w*|artykuł\w*"
    r"|poradnik\w*|knih\w*"
    r"|kanál\w*|přednášk\w*|recenz\w*|nadac\w*|článe?k\w*|besed\w*|bok(?:en|a|ens)?|bog(?:en|ens)?"
    r"|bøger\w*|kanal\w*|kolumn\w*"
    r"|föredrag\w*"
    r"|foredrag\w*|recension\w*|omtale\w*|anmeldelse\w*|konferens\w*|konferanse\w*|konference\w*"
    r"|stiftelse\w*"
    r"|fond\w*|kirja\w*|kanava\w*|luento\w*|arvostelu\w*|säätiö\w*|artikkeli\w*|kitap\w*|kitab\w*|söyleşi\w*"
    r"|seminer\w*|konferans\w*|vakıf|vakf\w*|makale\w*|yazı dizi\w*|buku|ceramah|resensi|kanal|seminar"
    r"|yayasan|artikel"
    r"|sách|kênh|bài giảng|hội thảo|bài viết|quỹ|книг\w*|канал\w*|блог\w*|подкаст\w*|лекци\w*|доклад\w*"
    r"|колонк\w*"
    r"|рецензи\w*|стать\w*|фонд\w*|конференци\w*|семинар\w*|вебинар\w*|пост\w{0,3}|видео|передач\w*|лекці\w*"
    r"|доповід\w*|рецензі\w*|статт\w*|статей|відео|конференці\w*|семінар\w*|допис\w*|βιβλί\w*|κανάλι|διάλεξη"
    r"|ομιλία|στήλη|άρθρο|συνέδριο|ίδρυμα|εκπομπή|κριτική)(?![^\W\d_])",
    re.IGNORECASE,
    elsewhere=r"书|書|频道|頻道|专栏|講演|讲座|博客|播客|文章|公众号|基金会|论坛|本の|著書|チャンネル|コラム|講座"
    r"|セミナー|記事|連載|書評"
    r"|책|채널|칼럼|강연|세미나|블로그|기사|재단|저서|كتاب|قناة|محاضرة|مقال|ندوة|مؤتمر|مدونة|کتاب|کانال"
    r"|سخنرانی|مقاله|همایش"
    r"|ספר|ערוץ|הרצאה|מאמר|כנס|בלוג|טור|עמותה|किताब|पुस्तक|चैनल|व्याख्यान|लेख|ब्लॉग|সেমিনার|বই|চ্যানেল"
    r"|প্রবন্ধ"
    r"|หนังสือ|ช่อง|บทความ|สัมมนา|บรรยาย",
)

#: What stands before a topic.
_ABOUT = lazily(
    r"(?<![^\W\d_])(?:about|(?:books?|talks?|lectures?|webinars?|articles?|papers?|seminars?|courses?"
    r"|podcasts?|workshops?|posts?|leaflets?) on|of|for|against|living with|life with|über|zum|zur|zu"
    r"|für|gegen|leben mit"
    r"|sur|contre"
    r"|vivre avec|la vie avec|sobre|acerca|contra|vivir con|viver com|su|sul|sulla|sull'|contro"
    r"|convivere con|over|voor"
    r"|tegen|leven met|na temat|dla|przeciw|życi\w+ z|proti|život s|om|mod|mot|för|leva med|leve med"
    r"|kring|aiheesta"
    r"|elämä\w*|hakkında|üzerine|için|tentang|seputar|untuk|về|cho|с темой|о|об|про|для|против|жизн\w+ с"
    r"|жить с|проти"
    r"|життя з|για|περί|κατά)(?![^\W\d_])[^.!?\n]{0,34}$|关于|關於|عن |حول |درباره|על |ในเรื่อง|เกี่ยวกับ",
    re.IGNORECASE,
)
#: Polish and Czech "about", an article in Portuguese.
_ABOUT_SLAVIC = lazily(r"(?<![^\W\d_])o\s[^.!?\n]{0,24}$")
_PORTUGUESE = lazily(r"[ãõ]|\b(?:de|do|da|que|para|um|uma)\b")
#: The same behind it, where that is the language's way.
_ABOUT_BEHIND = lazily(
    r"[^\s]{0,12}(?:\s?(?:についての|について|に関する|の(?:本|記事|講演|講座|コラム|チャンネル)"
    r"|에 (?:대한|관한)|관련|के बारे|पर|নিয়ে|সম্পর্কে|hakkında|-aiheinen))"
    r"|[^\s]{0,6}(?:的?(?:讲座|书|频道|专栏|科普|文章|博客))",
)

#: Collections, and those who hold them.
_BOARD = lazily(
    r"(?<![^\W\d_])(?:rais(?:es?|ing) (?:money|funds|cash)|sammel\w* (?:geld|spenden)|collecte"
    r"|récolte\w* des fonds"
    r"|samla in|samle ind|samle inn|indsamle\w*|vybrat|zebrać|zbierać|kerätä|recauda\w*|arrecada\w*"
    r"|angaria\w*|raccogli\w* fondi|zamelt|zbiera\w* (?:na|pieniądze)|vybír\w+ na"
    r"|samlar in"
    r"|samler (?:ind|inn)|kerää varoja|bağış topl\w*|menggalang dana|galang dana|gây quỹ"
    r"|собира\w+ (?:деньги|средства)"
    r"|збира\w+ (?:кошти|гроші)|συγκεντρών\w+ χρήματα|trustees|league of friends|friends of|fundrais\w+"
    r"|raffle|bake sale|charity"
    r"|förderverein\w*|spenden\w*|benefiz\w*|les amis d\w*|collecte de fonds|tombola|recaudación|rifa"
    r"|amigos del"
    r"|angariação|amigos do|raccolta fondi|amici dell\w*|inzameling\w*|vrienden van|zbiórk\w+"
    r"|kiermasz\w*|sbírk\w+"
    r"|insamling\w*|indsamling\w*|støtteforening\w*|innsamling\w*|venneforening\w*|keräys\w*|arpajais\w*"
    r"|bağış\w*"
    r"|kermes\w*|penggalangan|quyên góp|попечител\w*|сбор\w* средств|благотворительн\w*|благодійн\w*"
    r"|збір коштів"
    r"|έρανο\w*)(?![^\W\d_])|募捐|義賣|募金|バザー|모금|바자회|تبرعات|خیریه|גיוס תרומות|चंदा|บริจาค",
    re.IGNORECASE,
)
#: Minutes and plans, in which wards and machines are named after illnesses.
_MINUTES = lazily(
    r"(?<![^\W\d_])(?:board|committee|minutes|agenda|agm|budget|rota|protokoll\w*|vorstand\w*|sitzung\w*"
    r"|dienstplan\w*"
    r"|procès-verbal|compte[- ]rendu|ordre du jour|conseil|acta|junta|ata|reunião|verbale|riunione"
    r"|notulen|bestuur\w*"
    r"|vergadering\w*|zarząd\w*|protokół\w*|zebrani\w*|zápis\w*|schůz\w*|styrelse\w*|møte\w*|möte\w*"
    r"|bestyrelse\w*"
    r"|referat\w*|hallitu\w*|pöytäkirja\w*|kokou\w*|tutana\w*|toplantı\w*|rapat\w*|biên bản|họp"
    r"|протокол\w*|собрани\w*"
    r"|заседани\w*|збор\w*|засіданн\w*|πρακτικά|συνεδρίασ\w*)(?![^\W\d_])"
    r"|会议|會議|議事録|会合|회의|محضر|اجتماع|صورتجلسه|جلسه|פרוטוקול|ישיבת|बैठक|সভা|ประชุม",
    re.IGNORECASE,
)
_PLACE_BEHIND = lazily(
    r"[^\W\d_]{0,12}(?:station|abteilung|zentrum|stuhl|geräte?|klinik|ambulanz|tag|bett\w*|afdeling"
    r"|centrum|kliniek"
    r"|avdelning\w*|avdeling\w*|mottagning\w*|klinikk?\w*|osasto\w*|yksikkö\w*)"
    r"|[^\s]{0,8}\s(?:ward|unit|clinic|department|dept|chairs?|lounge|wing|machines?|scanners?|day|days"
    r"|suite|service"
    r"|centre|center|team|nurses?|appeal|research|servisi|ünitesi|bölümü|kliniği)(?![^\W\d_])"
    r"|(?:病房|科|中心|門診|门诊|センター|科|病棟|외래|센터|병동|과\b)",
    re.IGNORECASE,
)
_PLACE_BEFORE = lazily(
    r"(?<![^\W\d_])(?:service|unité|centre|journée|unidad|servicio|centro|planta|unidade|serviço|reparto"
    r"|centro|unità"
    r"|oddzia\w+|poradni\w*|oddělení|ambulanc\w+|отделени\w+|центр\w*|відділенн\w+|μονάδα|τμήμα|unit"
    r"|ruang|klinik|khoa"
    r"|phòng khám|bệnh viện|rumah sakit|hospital|szpital\w*|больниц\w*|лікарн\w*|hôpital|ospedale|ziekenhuis"
    r"|قسم|مركز|وحدة|بخش|مرکز|מחלקת|מרפאת|מכון)\s(?:d\w{0,2}['’ ]\s?|di |del "
    r"|de la )?(?:l['’])?$",
    re.IGNORECASE,
)

#: Somebody is ill after all.
_ILL = lazily(
    r"(?<![^\W\d_])(?:diagnos\w+|off sick|sick leave|signed off|recover\w+ (?:from|after)|(?:is|was|been"
    r"|fell|taken) ill"
    r"|in hospital (?:with|since|after)|underwent|(?:had|has|have|having) (?:a|an|his|her"
    r"|another) (?:\w+ )?(?:stroke|fall|heart|op|operation|surgery|seizure|baby|scan|relapse|breakdown)"
    r"|wheelchair since|since (?:his|her)|after (?:his|her)|can't come|cannot come|suffer\w*"
    r"|her own|his own"
    r"|my \w+|our (?:son|daughter|mother|father)|broke|patient (?:named|called)|dob|erkrankt\w*"
    r"|krankgeschrieben"
    r"|leidet|liegt|hat (?:einen|eine)|ist an|opérée?|née? le|nat[oa] il|affett[oa] d\w*|souffre"
    r"|atteinte?|en arrêt|padece|sufre"
    r"|ingresad[oa]|de baja"
    r"|operad[oa]|sofre|internad[oa]|soffre|ricoverat[oa]|malat[oa]|operat[oa]|ziek gemeld|lijdt"
    r"|opgenomen|choruje"
    r"|leży|zachorował\w*|onemocněl\w*|leží|sjukskriven|drabbad\w*|inlagd|sygemeldt|indlagt|sykmeldt"
    r"|innlagt|sairast\w*"
    r"|hastalan\w*|yatıyor|geçirdi|sakit|dirawat|bị|mắc|болеет|заболел\w*|лежит|перен[её]с\w*"
    r"|госпитализ\w*|хворіє"
    r"|захворі\w*|лежить|переніс\w*|πάσχει|νοσηλεύεται|нашла у|умер\w*|died|passed away)(?![^\W\d_])"
    r"|住院|生病|确诊|患有|入院|罹患|倒れ|診断され|입원|진단받|앓|مصاب|يعاني|أصيب|بستری|مبتلا|חולה|אושפז"
    r"|סובל|पीड़ित|भर्ती|আক্রান্ত|ป่วย",
    re.IGNORECASE,
)

_TEAM = lazily(
    r"(?<![^\W\d_])(?:team|squad|band|club|crew|mannschaft|verein|équipe|equipo|equipa|time|squadra"
    r"|ploeg|elftal"
    r"|drużyn\w+|zespó?ł\w*|tým\w*|lag(?:et)?|hold(?:et)?|joukkue\w*|takım\w*|tim|đội|команд\w+|ομάδα"
    r"|boat|yacht|song"
    r"|cocktail|server|project|projekt|codename|named|called|namens|nennt sich|nommée?|llamad[oa]|chamad[oa]"
    r"|chiamat[oa])[,:]?\s(?:the |die |les |los |las |le |la |el |i |gli |de |os |as )?[\"'“„«‚‘]?$"
    r"|(?:队|チーム|バンド|팀|밴드|فريق|تیم|קבוצת|टीम|দল|ทีม)\s?[\"'“「『《«]?$",
    re.IGNORECASE,
)
_PLAY = lazily(
    r"skipper\w*|\bcoach\w*|softball|football|fußball|hockey|volley\w*|\bchant|\bcrew\w*|regat\w+"
    r"|\bsail\w*|segel\w*|voilier|velero|captain\w*|fixture|league|match\w*"
    r"|tournament|scores?\b|quiz|standings|climb\w*|veterans|squad"
    r"|gig\b|turnier"
    r"|spielplan|liga|kapitän|tournoi|capitaine|torneo|capitán|capitão|torneio|capitano|toernooi"
    r"|aanvoerder|turniej"
    r"|kapitan|turnaj|turnering|kaptein|kaptajn|kapten|turnaus|kapteeni|turnuva|kaptan|kapten|giải đấu"
    r"|турнир|капитан"
    r"|турнір|капітан|τουρνουά|αρχηγός|比赛|队长|大会|キャプテン|대회|주장|بطولة|دوري|مسابقه|טורניר|ליגה"
    r"|टूर्नामेंट|টুর্নামেন্ট|แข่ง"
    r"|setlist|rehearsal|lyrics|cover version",
    re.IGNORECASE,
)

_SPECIALIST = (
    r"(?:minist(?:er|re|ro|ra|ern)|ministr\w{0,4}|министр\w*|міністр\w*)(?:\s(?:zdrav\w+|zdrowia"
    r"|здрав\w+|охорони здоров\w+|of health|de la santé|de sanidad|da saúde|della salute))?|statsråd\w*"
    r"|menteri(?:\skesehatan)?|gubernur|bupati|bộ trưởng|bakanı"
    r"|υπουργός|mayor|maire|alcalde(?:sa)?|bürgermeister(?:in)?|sindaco|prefeit[oa]|burgemeester"
    r"|burmistrz\w*|borgmester\w*|ordfører\w*|governor|senator|concejala?|directora?|dyrektor\w*"
    r"|direktor\w*"
    r"|\w*epid[eé]miolog\w*|\w*épidémiolog\w*|epidemiólog[oa]|эпидемиолог\w*|епідеміолог\w*|επιδημιολόγος"
    r"|(?:viro|immuno|inmuno|microbio|mikrobio|bio|histor|genetic|pharmac|farmac|toxic|bakterio|bacterio)"
    r"(?:log(?:ist|ue|e|in|[oa]|i|en)?|ólog[oa]|iker(?:in)?|ian|ist|iadora?|ista|euta?|êutic[oa])"
    r"|вирусолог\w*|вірусолог\w*|историк\w*|історик\w*|nutritionist|nutricionista|ernährungsberater(?:in)?"
    r"|cardiologist|oncologist|neurologist|psychiatrist|psychologist|dermatologist|endocrinologist"
    r"|p(?:a)?ediatrician"
    r"|gyn(?:a)?ecologist|urologist|surgeon|radiologist|physician|consultant|professor|researcher|author"
    r"|journalist"
    r"|speaker|lecturer|presenter|moderator|host|founder|chair(?:man|woman)?|\w*arzt|\w*ärztin|oberarzt"
    r"|kardiologe|kardiologin"
    r"|onkolog(?:e|in)|neurolog(?:e|in)|psychiater(?:in)?|psycholog(?:e|in)|\w*professor(?:in)?|autor(?:in)?"
    r"|referent(?:in)?|journalist(?:in)?|forscher(?:in)?|moderator(?:in)?|docteure?|cardiologue"
    r"|oncologue|neurologue"
    r"|psychiatre|psychologue|dermatologue|endocrinologue|pédiatre|chirurgien(?:ne)?|professeure?"
    r"|auteure?|autrice"
    r"|conférencière?|chercheu(?:r|se)|doctora?|cardiólog[oa]|oncólog[oa]|neurólog[oa]|psiquiatra"
    r"|psicólog[oa]"
    r"|endocrin[oa]|endocrinólog[oa]|pediatra|cirujan[oa]|autora?|ponente|profesora?|investigadora?"
    r"|periodista"
    r"|médic[oa]|cardiologista|oncologista|neurologista|endocrinologista|cirurgi(?:ão|ã)|palestrante"
    r"|professora?"
    r"|pesquisadora?|cardiolog[oa]|oncolog[oa]|neurolog[oa]|psicolog[oa]|endocrinolog[oa]|chirurg[oa]"
    r"|autrice|autore"
    r"|relat(?:ore|rice)|professor(?:e|essa)|ricercat(?:ore|rice)|giornalista|cardioloog|oncoloog"
    r"|neuroloog|psychiater"
    r"|psycholoog|kinderarts|huisarts|chirurg|auteur|schrijver|schrijfster|spreker|hoogleraar"
    r"|onderzoeker|lekarz\w*"
    r"|lekark\w+|kardiolog\w*|onkolog\w*|neurolog\w*|psychiatr\w*|psycholog\w*|diabetolog\w*|endokrynolog\w*"
    r"|chirurg\w*|autork?\w*|profesor\w*|prelegent\w*|dziennikar\w*|lékař\w*|lekár\w*|kardiolo[gž]\w*"
    r"|profesork\w+"
    r"|autork\w+|přednášej\w+|överläkare\w*|läkaren?|kardiologen?|onkologen?|författaren?|föreläsaren?"
    r"|professorn?"
    r"|forskaren?|journalisten?|överläkaren|overlæge\w*|lægen?|forfatteren?|foredragsholderen?"
    r"|forskeren?|overlege\w*"
    r"|legen|speciallæge\w*|ylilääkäri\w*|lääkäri\w*|kardiologi\w*|professori\w*|kirjailija\w*"
    r"|tutkija\w*|luennoitsija"
    r"|uzman\w*|profesör\w*|yazar\w*|konuşmacı\w*|dokter|profesor|penulis|pembicara|bác sĩ|giáo sư"
    r"|tác giả|diễn giả"
    r"|врач\w*|(?:врач-)?(?:кардиолог|онколог|невролог|эндокринолог|психиатр|психолог|терапевт|педиатр"
    r"|хирург)\w*"
    r"|профессор\w*|автор\w*|лектор\w*|докладчик\w*|спикер\w*|журналист\w*|лікар\w*"
    r"|(?:лікар-)?(?:кардіолог|ендокринолог"
    r"|психіатр|хірург)\w*|професор\w*|доповідач\w*|спікер\w*|γιατρός|καρδιολόγος|ογκολόγος|ψυχίατρος"
    r"|καθηγητ\w+"
    r"|συγγραφέας|ομιλητ\w+|δημοσιογράφος"
)
_CAPITAL = r"[^\W\d_a-zà-öø-ÿа-яёіїєґα-ωάέήίόύώ]"
#: Those who treat an illness, speak or write about it, with their names, unless they are ill themselves.
_EXPERT = lazily(
    rf"(?<![^\W\d_])(?i:(?:{_SPECIALIST}))(?:-\w+)?,?\s(?:(?:Dr|Prof|Dra|Dott|med|д-р"
    rf"|проф)\.?(?:ssa)?\s){{0,3}}"
    rf"{_CAPITAL}[\w'’.-]{{1,24}}+(?:\s{_CAPITAL}[\w'’.-]{{1,24}}+){{1,2}}+"
    r"(?![,]?\s(?:has|had|is (?:ill|off|recover|in )|was diagnosed|suffers|underwent|hat\b|ist an"
    r"|ist (?:krank|nach)|leidet"
    r"|liegt|wurde (?:operiert|mit)|souffre|est (?:atteint|malade|hospi|en arrêt)|a été|padece|sufre"
    r"|tiene|está|sofre|tem\b"
    r"|está|soffre|ha\b|è (?:malat|stat|ricover)|lijdt|heeft|ligt|choruje|ma\b|leży|jest (?:chor|po)"
    r"|je (?:po|nemocn)|har\b"
    r"|är|er (?:syg|syk|indlagt|innlagt)|sairasta|on (?:saira|saikulla)|geçirdi|hasta|sakit|menderita|bị"
    r"|mắc|болеет"
    r"|заболел|перен[её]с|хворіє|захворі|πάσχει|έχει|died|fell ill))"
)


#: The same in scripts without capitals.
_EXPERT_UNCASED = lazily(
    r"(?:看護師|医師|講師|保健師|栄養士|薬剤師|理学療法士|作業療法士|介護士|研究者|著者|作家|記者"
    r"|司会)(?:の|[:：])"
    r"[\u4e00-\u9fff々]{1,4}[ぁ-ん]{0,3}?(?:さん|先生|氏|様)(?!が(?:入院|倒|休|亡)|は(?:入院|うつ|癌"
    r"|がん|先月|先週))"
    r"|(?:약사|의사|간호사|교수|강사|영양사|전문의|박사|작가|기자|저자|물리치료사)\s?[가-힣]{3}\s?(?:씨"
    r"|님|선생님)?(?=의|이|가|는|은|\s)"
    r"(?!\s?(?:가|이|은|는)?\s?(?:입원|암|아프|병가|수술))"
)


#: Whom a collection is for.
_FOR = lazily(
    rf"(?<![^\W\d_])(?:for|für|pour|para|per|voor|dla|pro|för|til|till|için|untuk|cho|для|на|για)\s"
    rf"(?:little |our |den |die |la |el |le |petit |petite |pequeñ[oa] "
    rf"|małe\w+ )?(?P<name>{_CAPITAL}[\w'’-]{{2,20}})"
)


def _is_for_somebody(window: str) -> bool:
    return any(found["name"].lower() in GIVEN for found in _FOR.finditer(window))


def without_experts(window: str) -> str:
    """The window with signs in place of those who treat an illness, or speak or write about it."""
    hidden = _EXPERT.sub(_hide, window)
    return hidden if hidden.isascii() else _EXPERT_UNCASED.sub(_hide, hidden)


def _hide(found: re.Match[str]) -> str:
    return "·" * len(found[0])


def is_place(window: str, start: int, end: int) -> bool:
    """Whether the medical word belongs to the name of a ward or of a machine."""
    return bool(
        _PLACE_BEHIND.match(window, end, min(len(window), end + 34))
        or _PLACE_BEFORE.search(window, max(0, start - 30), start)
    )


def _is_of_others(window: str, start: int, end: int) -> bool:
    """Whether they are nameless: for the ill, for diabetics."""
    before = max(0, start - 40)
    if OTHERS_BEFORE.search(window, before, start) is not None:
        return True
    personal = window[start:end].lower().startswith((*PERSONAL, "diabet"))
    return personal and FOR_BEFORE.search(window, before, start) is not None


def is_topic(window: str, terms: list[tuple[int, int]]) -> bool:
    """Whether the medical words are what a book or a talk is about, a hospital's matters, "
    "or a team's name."""
    if _ILL.search(window) is not None:
        return False
    if _BOARD.search(window) is not None and not _is_for_somebody(window):
        return True
    minutes = _MINUTES.search(window) is not None
    if all(
        (minutes and is_place(window, *term)) or _is_of_others(window, *term) or is_taught(window, *term)
        for term in terms
    ):
        return True
    slavic = _PORTUGUESE.search(window) is None
    if MEDIA.occurs(window) and all(
        _ABOUT.search(window, max(0, start - 70), start)
        or (slavic and _ABOUT_SLAVIC.search(window, max(0, start - 40), start))
        or _ABOUT_BEHIND.match(window, end, min(len(window), end + 30))
        for start, end in terms
    ):
        return True
    return _PLAY.search(window) is not None and any(
        _TEAM.search(window, max(0, start - 20), start) for start, _ in terms
    )
