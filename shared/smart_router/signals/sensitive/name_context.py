"""Capitalised words that are no names, names of the public, and occasions to write about somebody."""

from __future__ import annotations

import re

from .anchored import Anchored

#: Words that stand capitalised where a name could, in headings, products and lists.
_NO_NAMES_TEXT = (
    "the this that these with who what and has is was are for not all any from when where why how if "
    "in on at data care education safety record records history name names portal rights information "
    "outcome outcomes journey summary zero advocacy engagement experience centered assistance "
    "program programs programme health healthcare center centre services service support handbook "
    "benefits wellness insurance affairs union loan success satisfaction management monitoring "
    "access first street avenue road university college hospital clinic department ministry "
    "institute foundation association society company group team inc ltd gmbh study trial phase "
    "world national international public private general new north south east west great united "
    "states kingdom america american british european city county state government president king "
    "queen prince princess pope saint sir lord lady doctor dr prof professor nurse chapter section "
    "page table figure part stage grade type level class room ward unit monday tuesday wednesday "
    "thursday friday saturday sunday january february march april may june july august september "
    "october november december summer winter spring autumn christmas easter english french german "
    "spanish italian chinese japanese please dear hello hi thanks regards evil side effects "
    "treatment symptoms diagnosis medication god jesus here there also just very they them she he it "
    "you we my our his her their to of or so as by an be can will must should probleme problem angst "
    "zeit hilfe geld schmerzen fieber tabletten medikamente arzt kinder leute menschen doktor sie "
    "ihr ihm ihn er es wir ich das die der den dem ein eine und oder mit für heute gestern gerade "
    "hoy ayer que está tiene hoje ontem oggi ieri aujourd hier il elle est a vandaag gisteren form "
    "number date time day week month year note notes file list report letter email mail universe "
    "scale assessment score questionnaire index act law award prize journal nature medicine science "
    "doe mustermann musterfrau "
    "meine mein unsere unser deine dein seine ihre mutter vater schwester bruder tochter sohn tante onkel "
    "oma opa "
    "nachbarin nachbar kollegin kollege freundin freund mon notre nuestra nuestro minha meu moja "
    "mój min "
    "моя мой наша наш "
    "market port harbour lake mount river san santa los las hong kong sierra leone costa rica puerto "
    "monte cabo isla playa costa garden park bakery dental café cafe bar restaurant hotel bank church museum "
    "bridge house court lane square hill valley island beach airport station library school high junior "
    "inventory questionnaire festival film award "
    "red cross blue black white green golden royal grand open "
    "windows linux apple google microsoft amazon excel word python java он она они это был была есть "
    "bengala minister menteri gubernur bupati ministro ministra ministre министр міністр walikota "
    "если когда что как сегодня вчера у на"
)
NO_NAMES = frozenset(_NO_NAMES_TEXT.split())

#: Illnesses carry these names.
_EPONYMS_TEXT = (
    "parkinson alzheimer crohn hodgkin huntington asperger tourette hashimoto addison cushing "
    "ménière meniere raynaud sjögren marfan kawasaki bell lyme barrett turner klinefelter guillain "
    "barré ewing paget kaposi burkitt down basedow bechterew chagas peyronie dupuytren morbus"
)
EPONYMS = frozenset(_EPONYMS_TEXT.split())

#: Animals have illnesses and names, too.
ANIMAL = Anchored(
    r"\b(?:dogs?|cats?(?! scan)|kittens?|pupp(?:y|ies)|horses?|pets?|pony|ponies|hamsters?|rabbits?|parrots?"
    r"|(?:the|a|our|my|his|her|at|to) vets?"
    r"|veterinar\w*|retrievers?|german shepherds?|labradors?|terriers?|poodles?|elephants?"
    r"|hund(?:e|in)?|katzen?|kater|pferde?|tierarzt\w*|elefant\w*|chiens?|chatte|mon chat|cheval"
    r"|vétérinaire|perr[oa]s?|gat[oa]s?|caballo|cachorr[oa]s?|cavalo|cane|gatt[oaie]|cavallo|hond|paard"
    r"|dierenarts|pies|kot|kota|koń|weteryn\w*|katt|häst|собак\w|пёс|кошк\w|кот|лошад\w|ветеринар\w*"
    r"|kissa(?:ni|mme|n|lla)?|koira(?:ni|mme|n|lla)?|hevose\w*|кішк\w|пес|katten|katt|katte|köpeğ\w*"
    r"|kedi\w*|anjing|kucing|con chó|con mèo|σκύλο\w|γάτα\w?)\b",
    re.IGNORECASE,
    elsewhere=r"狗|猫|貓|宠物|兽医|犬|ペット|獣医|강아지|고양이|반려",
)

#: Words of biographies, novels, films and the news, where an illness is public or invented.
PUBLIC = Anchored(
    r"\b(?:born in|died (?:in|of|from)|starb an|mourut|est morte? (?:de|d')|muri[óò]|morreu|morì|zmarł"
    r"|умер(?:ла)? от|stierf aan|dog av|biograph|novel|painter|painting|president|prime minister|actor"
    r"|actress|singer"
    r"|songwriter|composer"
    r"|symphon|poet\b|poem|author|philosopher|emperor|celebrit|album|film\b|movie|tv (?:show|series)"
    r"|season [0-9]|character\b|protagonist"
    r"|fiction|nobel|historian|documentary|famous|musician|footballer|athlete|senator|athletics|olympi"
    r"|championship|rock band"
    r"|fußballer(?:in)?\b|nationalspieler|nationalelf|bundesliga|futbolista|futebolista|calciator|"
    r"voetballer|piłkarz"
    r"|fotbollsspel|fodboldspil|fotballspil|jalkapalloil|futbolcu|pemain timnas|cầu thủ|футболист|футболіст|"
    r"теннисист"
    r"|maler(?:in)?\b|dichter|schriftsteller|roman\b|kanzler|schauspieler|sänger|écrivain|peintre"
    r"|roman\b|président|chanteu|acteur|actrice"
    r"|escritor|pintor|novela|cantante|presidente|romance\b|cantor|scrittor|pittor|romanzo|schrijver"
    r"|schilder|pisarz|malarz|författare"
    r""
    r"|persona\b|short story|role-?play|imagine|made[- ]up|example patient|sample patient|fictional"
    r"|fictitious|invented|dummy data|test data|beispiel\w*"
    r"|писатель|поэт|художник|президент|роман\b|актёр|актер|певец|певица|композитор|письменник|yazar|ressam)",
    re.IGNORECASE,
    # A year alone; one in a date may be a birthday.
    elsewhere=r"(?<![0-9./-])(?:1[0-8][0-9]{2}|19[0-4][0-9])\b(?![./-]?[0-9])|作家|画家|总统|小说|电影|主人公"
    r"|小説|映画|俳優|歌手|대통령|소설|영화|배우|가수",
)
FAMOUS = Anchored(
    r"\b(?:Hawking|Kahlo|van Gogh|Van Gogh|Mercury|Beethoven|Mozart|Chopin|Schumann|Churchill|Roosevelt"
    r"|Kennedy|Lincoln|Jobs"
    r"|Magic Johnson|Curie|Darwin|Einstein|Freud|Nietzsche|Kafka|Proust|Woolf|Plath|Hemingway|Dostoevsky"
    r"|Dostoyevsky|Keats|Byron"
    r"|Michael J\.? Fox|Muhammad Ali|Robin Williams|Selena Gomez|Angelina Jolie|Celine Dion|Steve Jobs"
    r"|Bruce Willis|Napoleon|Caesar"
    r"|Henry VIII|George III|Fridtjof|Renoir|Monet|Goya|Toulouse|Gershwin|Walter White|Holmes|Darcy"
    r"|Scrooge|Достоевск|Чехов|Трамп|Trump|Biden"
    r"|Newton-John|Michael Jackson|Elvis|Presley|Marilyn|Winehouse|Houston|Gaga|Bieber|Serena|Venus Williams"
    r"|Ronaldo|Messi|Pelé|Maradona|Stalin|Lenin|Hitler|Gandhi|Mandela|Queen Victoria|Galileo|Newton|Tesla"
    r"|Turing|Degas|Matisse|Rembrandt|Joyce|Orwell|Bach|Handel|Schubert|Tchaikovsky|Callas|Beckham|Woods"
    r"|Armstrong|Biles|Phelps|Kanye|Lovato|Britney|Spears|Zeta-Jones|Carrie Fisher|Reeve|Middleton"
    r"|King Charles|Henrietta Lacks|Boseman|Rickman|Swayze|Hepburn|Gehrig|Hudson|Ashe|Sheen|Nash"
    r"|Joan of Arc|Cobain|林黛玉|贾宝玉|賈寶玉|孙悟空|诸葛亮|曹操|鲁迅|魯迅"
    r"|Bolívar|Leopardi|Molière|Voltaire|Goethe|Schiller|Heine|Hölderlin|Lope de Vega|Cervantes|Borges"
    r"|Pessoa|Mickiewicz|Słowacki|Пушкин|Гоголь|Гоголя|Толст|Ленин|Сталин|Есенин|Шевченк|Obama|Putin"
    r"|Merkel|Reagan|Thatcher|Clinton|Musk|Swift|Bowie|Marley|Karenin\w*|Bovary|Hamlet"
    r"|Ophelia|Macbeth|Raskolnik\w*|Potter|Skywalker|Dumbledore|Frodo|Homer Simpson|Tony Soprano"
    r"|Jesse Pinkman"
    r"|Rocky Balboa|Werther"
    r"|Hans Castorp|Quijote|Quixote|Stephen Fry|Terry Pratchett|Glen Campbell|Ronstadt|Osbourne|Neil Diamond"
    r"|Applegate|Trebek|Halle Berry|Nick Jonas|Sin[eé]ad|Billie Eilish|Capaldi|Thunberg|Robert Downey"
    r"|Schumacher|Niki Lauda|Boris Johnson|Syd Barrett|Brian Wilson|Edvard Munch|Salk|Semmelweis|Pasteur"
    r"|Robert Koch|Nightingale|Seacole|Charcot|Alois|Hippocrates|Galen)"
    r"|\b(?:[Ii]n|of) (?:The|Der|Die|Das|Les?|La"
    r"|El|Il|Los) [A-Z]"
)

#: What somebody wrote, teaches or collects for; and invented people in what is being written.
WORK = Anchored(
    r"\b(?:article|study|paper|book|essay|novel|podcast|lecture|talk|theory|research|seminar|thesis"
    r"|blog ?post"
    r"|documentary|workshop|course) (?:by|from|with)\b"
    r"|\bfundrais\w+|\bcharity (?:run|walk|gala)|\b(?:novel|story|book|film|game|play) (?:in which"
    r"|where|about)\b"
    r"|\b(?:livro|libro|bok|bog|buch|boek|książk\w|kirja\w*|kitap\w*|roman|conto|racconto|cuento|книг\w"
    r"|рассказ\w?|оповідання|novell\w*|verhaal|geschichte|berättelse),? (?:em que|en el que|donde|där"
    r"|hvor|der"
    r"|in dem|in der|in cui|dove|waarin|w której|gdzie|où|где|де|jossa)\b",
    re.IGNORECASE,
    elsewhere=r"['’]s (?:study|article|paper|book|podcast|lecture|theory|research|novel|documentary|seminar"
    r"|course|diet)\b",
)

#: Who works with the ill, and what is drawn, learned or printed about illnesses: nobody's own.
SUBJECT = Anchored(
    r"\b(?:project|homework|posters?|diagram|presentation|leaflets?|brochures?|congress"
    r"|anatomy class) (?:about|on|of|by)\b"
    r"|\b(?:asthma|diabetes|flu|cancer|stroke|dementia|hiv|allergy) (?:posters?|leaflets?|congress"
    r"|prevention|patients)\b"
    r"|\b(?:est|is|es|ist|è|é|is een) (?:a |an |eine? |un[ae]? )?(?:infirmi[eè]re?|nurse"
    r"|physiotherapist|midwife|pharmacist"
    r"|enfermer[oa]|enfermeir[oa]|infermier[ea]|krankenschwester|krankenpfleger|verpleegkundige)\b"
    r"|\b(?:I'm|I am|ich bin) [^.\n]{3,30}, (?:an? )?(?:nurse|physiotherapist|midwife|pharmacist|doctor"
    r"|apotheker(?:in)?"
    r"|ärztin|arzt|krankenschwester)\b|\bas an? (?:nurse|physiotherapist|midwife|pharmacist|therapist)\b"
    r"|\b(?:awareness (?:day|week|month|talk|run)|slides|cookbook|job ad|epilepsy patients"
    r"|(?<=\w )patients, pitch)\b"
    r"|\b(?:dialysis|oncology|stroke|psychiatric|cancer) (?:nurses?|ward nurse|unit manager)\b"
    r"|\b(?:writing|writes|lectures?) about\b"
    r"|\bexplain(?:s|ed) \w+ (?:well|to)\b|\bis a myth\b|\bhält (?:einen|eine) (?:vortrag|rede|kurs)\b"
    r"|\bdes livres sur\b|\blibros sobre\b|\blibri su[li]?\b"
    r"|\bsummari[sz]e (?-i:[A-Z]\w+ [A-Z]\w+) on\b",
    re.IGNORECASE,
)

#: Letters, certificates, wards and days: where illnesses of people at hand are talked about.
OCCASION = Anchored(
    r"\b(?:admission|admit|detox|coach\b|camp\b|parents?\b|elternbrief|widerspruch|antrag|reply to|benefit"
    r"|respond to|referral|callback|nurse|to whom it may concern|dear (?:sir|madam|mr|mrs|ms|dr|all|team"
    r"|colleague)|sehr geehrte|mutuelle"
    r"|krankenkasse|cannot attend|unable to|excused?|excuse note|letter|e-?mail|message|memo|claim|hr\b"
    r"|employer|insur|school|teacher|\bgp\b|ward\b"
    r"|appointment|admitted|discharg|referr"
    r"|sick (?:leave|note)|absence|tomorrow|yesterday|last (?:week|night|month)|next (?:week|month)"
    r"|since (?:monday|january|march|april|may"
    r"|june|july|august|september|october|november|december)|mg\b|daily|chart|handover|card for|get well"
    r"|condolence|reference|certificat"
    r"|brief\b|mail\b|attest|schule|versicher|arbeitgeber|gestern|station\b|überweis|kranken|lettre"
    r"|courriel|école|employeur|assur|hier\b"
    r"|arrêt|carta\b|correo|escuela|colegio|empresa|seguro|ayer\b|baja\b|escola|empregador|ontem|lettera"
    r"|scuola|datore|assicura|ieri\b"
    r"|certificato|werkgever|verzeker|gisteren|szkoł|pracodaw|wczoraj|zwolnien|brev\b|skola|arbetsgiv"
    r"|igår|försäkring|okul|işveren|dün\b"
    r"|surat|sekolah|kemarin|thư\b|trường|hôm qua|письм|школ|работодател|вчера|больничн|справк|лист\b"
    r"|роботодав|вчора|γράμμα|σχολείο|χθες|kartk|życzeni|mejl|wiadomoś|kaartje|beterschap|bericht"
    r"|carte\b|rétabliss"
    r"|message|tarjeta|felicitaci|mensaje|cartão|mensagem|biglietto|auguri|messaggio|kort\b|kortet"
    r"|krya på|god bedring"
    r"|besked|melding|meddel|kortti|viesti|gute besserung|genesung|grußkarte|karte\b|nachricht|открытк"
    r"|сообщени|листівк"
    r"|повідомл|přání|zpráv|e-post|sähköposti|e-posta|kartı|mesaj|geçmiş olsun|kartu|pesan|tin nhắn"
    r"|thiệp|schůzk|κάρτα"
    r"|μήνυμα)",
    re.IGNORECASE,
)
