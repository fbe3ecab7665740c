"""What makes an illness somebody's own: verbs, treatments and reasons right beside its word."""

from __future__ import annotations

import re

from ...lazily import lazily

#: Words that may not stand between the verb and the illness: then it is what is written or worked about.
_ABOUT = (
    r"about|on|for|against|into|of|and|or|people|patients|über|für|gegen|zu|zum|um|und|sur|pour|contre|et"
    r"|sobre|para|contra|por|su|sul|sulla|per|contro|over|voor|tegen|en|na|o|dla|przeciw|pro|proti|om|för"
    r"|mot|til|for|mod|kring|untuk|tentang|về|cho|о|об|про|для|против|проти|για|περί"
    r"|written|wrote|published|led|studied|spent|given|founded|worked|raised|presented|reported|opened"
    r"|organi[sz]ed|created|designed|developed|discussed|explained|treats?|treated|geschrieben|geleitet"
    r"|écrit|publié|fondé|dirigé|escrito|publicado|fundado|scritto|pubblicato|fondato|geschreven|napisał\w?"
    r"|skrivit|skrevet|forsket|forskat"
)
_FILLER = rf"(?:(?!(?:{_ABOUT})\b)[^\W\d_][\w'’-]{{0,15}}\s){{0,2}}"

#: Verbs and reasons right before an illness, in languages with capitals.
_BEFORE_TEXT = (
    # English
    r"has|have|had|having|got|gets|getting|i[s']s? on|'s on|’s on|was on|put on|went on|goes on|stays on"
    r"|starts?|started|starting|begins?|began|undergo\w*|underwent|recover\w* from|back from|after"
    r"|(?:out|off|down|ill|sick|home|away|in|hospital|admitted|hospitali[sz]ed|in bed|laid up) with"
    r"|diagnosed (?:with|as)|diagnosis of|suffer\w* (?:from|with)|died (?:of|from)|lives with|is living with"
    r"|treated for|surgery for|operated (?:on )?for|operation for|tested positive for|because of|due to"
    r"|owing to|his|her|takes|taking|needs|awaiting|waiting for|scheduled for|booked (?:in )?for|in for"
    r"|lost to|battl\w+|beaten|fighting|contracted|caught|became|survived|struggl\w+ with|cope with"
    r"|living with her|living with his|history of|since the|since her|since his|lost"
    # German, Dutch
    r"|hat|hatte|bekommt|bekam|leidet an|leidet unter|erkrankt an|wegen|aufgrund|infolge|nach|mit|beginnt"
    r"|macht|nimmt|braucht|ist an|starb an|seine[rnms]?|ihre[rnms]?|liegt mit"
    r"|heeft|had|kreeg|krijgt|lijdt aan|vanwege|wegens|door|na|met|begint|begon|slikt|zijn|haar"
    # French, Spanish, Portuguese, Italian, Catalan
    r"|a un|a une|a eu|a fait|a des|a la|a le"
    r"|souffre d[eu]|atteinte? d[eu']|à cause d[eu]|en raison d[eu]|suite à|après|commence"
    r"|commencé|débute|prend|son|sa|ses|sous|subi"
    r"|tiene|tuvo|padece|sufre|sufrió|le (?:han )?(?:diagnosticad\w|diagnosticaron|detectaron|encontraron)"
    r"|por culpa de|por|debido a|a causa de|tras|después de|empieza|empezó|comienza|con|toma|su|sus"
    r"|de baja por|tem|teve|sofre de|sofreu|por causa d[eao]|devido a|após|depois d[aeo]|começa|começou|com"
    r"|está com|foi diagnosticad\w com|ha|ha avuto|soffre di|affett[oa] da|malat[oa] di|per|a causa d\w+"
    r"|dopo|inizia|iniziato|sta facendo|prende|il suo|la sua"
    # Polish, Czech
    r"|ma|miał[a]?|choruje na|cierpi na|zachorował\w? na|z powodu|przez|po|zaczyna|zaczęła|zaczął|przechodzi"
    r"|bierze|jego|jej|leży z|zmarł\w? na|walczy z|przeszedł|przeszła|dostał\w?|wykryto|ze względu na"
    r"|má|měl\w?|trpí|kvůli|po|začíná|začala|začal|bere|jeho|její|onemocněl\w?|prodělal\w?"
    # Nordic, Finnish
    r"|har|har fått|har fået|fick|fik|fikk|lider av|lider af|på grund av|på grund af|efter|etter|med|börjar"
    r"|begynder|begynner|tar|tager|hans|hennes|hendes|sai|sairastaa|sairastui|hänellä on"
    r"|hänen|aloittaa|aloitti|käy|syö|sairastunut"
    # Turkish, Indonesian, Vietnamese
    r"|kena|terkena|mengidap|menderita|karena|akibat|setelah|usai|menjalani|mulai|sakit|sedang|didiagnosis"
    r"|bị|mắc|do|vì|sau|điều trị|phát hiện|được chẩn đoán|đang|vừa|mới|uống|chạy|mang"
    # Russian, Ukrainian, Greek
    r"|у не[ёе]|у него|болеет|заболел[аи]?|страдает|из-за|из за|по причине|после|с|начина\w+|начал[аи]?"
    r"|принимает|пь[её]т|перен[её]с\w*|диагностировали|обнаружили|нашли|его|е[ёе]|лежит с|умер(?:ла)? от|от"
    r"|через|хворіє на|захворі\w+ на|після|з|почина\w+|приймає|переніс\w*|має|у неї|у нього|виявили|його|її"
    r"|від|έχει|είχε|πάσχει από|λόγω|μετά από|μετά|με|ξεκίνησε|ξεκινά|κάνει|παίρνει|έπαθε|του|της|από"
)
BEFORE = lazily(
    rf"(?<![\w])(?i:{_BEFORE_TEXT})\s(?:{_FILLER}|(?:an?|the|l[ea]|un[ae]?|d['’]|l['’]) ?)$"
    r"|['’]s\s$|d['’]$|l['’]$"
)

#: In the other scripts, before it or behind it.
BEFORE_GLUED = lazily(
    r"(?:查出|得了?|患了?|患有|确诊|確診|诊断(?:出|为)?|因为?|刚刚?|做了?|做完|正在|接受|需要|发现|检查出|长了"
    r"|有|是|怀|在|吃|住院|要|去|被|为|的|了|生|中|进行)[^。！？\n]{0,8}$"
    r"|(?:يعاني|تعاني|مصاب|أصيب|لديه|لديها|عنده|عندها|بسبب|يخضع|تخضع|خضع|أجر[ىت]|يتعالج|تتعالج|شخص|إصابت"
    r"|بعد|مريض|بدأ|يتناول|تتناول|دخل|توف|اكتشف|تلق|من|ب|لل|ل|في|أنها|أنه|وهي|وهو)[^.!؟\n]{0,22}$"
    r"|(?:دلیل|علت|خاطر|مبتلا|دچار|بابت|پس از|بعد از|تحت|تازه|هم|از|به|با|که|برای)[^.!؟\n]{0,22}$"
    r"|(?:חול|עבר|יש ל|סובל|אובח|בגלל|עקב|לאחר|אחרי|מתמודד|לקה|לקתה|מטופל|נוטל|לוקח|מאושפז|עם|בשל|חלתה|קיבל"
    r"|התחיל|היא|הוא|נמצא|ב)[^.!?\n]{0,16}$"
    r"|(?:เป็น|ป่วย|มี|ติด|เพิ่ง|ได้รับ|ต้อง|ผ่า|รักษา|กิน|เข้า|ทำ|ถูก|พบ|เคย|ที่|หลัง|เพราะ|กำลัง)[^\n]{0,14}$"
    r"|(?:को|की|का|के|ने|से|में)\s[^।\n]{0,18}$|(?:র|ের|য়|তে|কে)\s[^।\n]{0,18}$"
    r"|[がはもにの][^。\n]{0,12}$|(?:가|이|은|는|의|께서)\s[^.\n]{0,14}$"
)

#: Verbs and reasons behind it: languages whose verbs come last, and others' participles.
BEHIND = lazily(
    r"[^\W\d_]{0,14}\s(?:(?:oldu|geçirdi|var\b|girdi|giri[yl]|çıktı|aldı|başla|için|yüzünden|nedeniyle|sebebiyle"
    r"|atlattı|görüyor|geçiriyor|teşhis|tanı|konuldu|takia|vuoksi|jälkeen|diagnoosi|erkrankt|operiert|gebrochen"
    r"|diagnostiziert|verloren|gestorben|in (?:treatment|hospital|recovery|remission)|since|again|relapse"
    r"|came back|is back|got worse|flared))"
    r"|[^\W\d_]{0,3}['’]?\s?(?:ko h|hai\b|hua\b|hui\b|ho gay)"
)
BEHIND_GLUED = lazily(
    r"[\u0980-\u09ff]{0,8}\s?(?:ওষুধ|খায়|খান|হয়ে|ভুগ|আক্রান্ত|ধরা|নষ্ট|রোগী|আছে|চলছে|করা|করিয়ে|চিকিৎসা)"
    r"|[\u0900-\u097f]{0,8}\s?(?:है|हुआ|हुई|हो ग|की वजह|के कारण|का इलाज|से पीड़ित|से जूझ|था|थी|की दवा"
    r"|का ऑपरेशन|ले रह)"
    r"|[\u0621-\u06d3\u200c]{0,8}\s?(?:[\u0621-\u06d3]{2,8} )?(?:گرفت|دارد|داره|شد|کرد|است|مصرف"
    r"|می‌خورد|بستری|بود)"
    r"|(?:で|と診断|に|を|の手術|の治療|が見つか|のため|から復帰|だ|になっ|して|した)"
    r"|(?:으로|로|을|를|이|가|에)?\s?(?:진단|입원|수술|치료|걸|앓|휴직|판정|있|때문|받|했|중이|쉬)"
    r"|(?:住院|去世|手术|复发|了|晚期|在家|请假|休假|发作|治疗|后|，|,)"
    r"|(?:อยู่|แล้ว|มา|ต้อง|เมื่อ|ระยะ|ครับ|ค่ะ| )"
)


#: What follows an illness that is worked on, written about or collected for, in languages with capitals.
SUBJECT_BEHIND = lazily(
    r"[^\W\d_]{0,14}[ -](?:slides|presentation|homework|essays?|blog|articles?|class|diet|recipes?"
    r"|apps?|thesis|exam|quiz|cookbook|care|research\w*|clinics?|talks?|books?|stud(?:y|ies)|wards?|units?|work\b|teams?"
    r"|charit\w+|campaigns?|patients?|papers?|projects?|courses?|workshops?|lectures?|nurses?|centres?"
    r"|centers?|helplines?|awareness|prevention|guidelines?|trials?|drugs?|vaccines?|funds?|appeals?|society"
    r"|association|foundation|policy|policies|screening|posters?|leaflets?|statistics|rates|leave policy"
    r"|in (?:children|adolescents|women|men|schools|the|young|older|mice|dogs|cats)|forschung|stiftung"
    r"|hilfe|klinik|zentrum|patienten|servisi|merkezi|hastaları|derneği)(?![^\W\d_])"
    r"|(?:forschung|hilfe|stiftung|klinik|zentrum|beratung|station|patienten|vorsorge|onderzoek|kliniek"
    r"|fonds|fonden|forskning|föreningen|foreningen|stichting|järjestö|yhdistys|tutkimu)",
)
#: What stands before the illness of others, nameless ones, or before what a book is about.
OTHERS_BEFORE = lazily(
    r"(?<![^\W\d_])(?:people|patients|children|kids|those|families|women|men|adolescents|persons|sufferers|users"
    r"|menschen|kinder\w?|patient\w*|betroffene\w?|personnes|enfants|malades|niñ[oa]s|personas|pacientes|enferm[oa]s"
    r"|pessoas|crianças|doentes|persone|bambini|pazienti|malati|mensen|patiënten|kinderen|dzieci|chorych"
    r"|osób|osobom|pacjent(?:ów|om|ami)|pacientů|pacienty|pacientům|lidi|lidí|dětí|děti|barn|personer"
    r"|patienter|potila\w+|lasten|hastalar\w*|çocuklar\w*|penderita|pasien|orang|anak-anak|người"
    r"|bệnh nhân|больн\w+|детей"
    r"|детям|людей|людям|пациент\w+|хворих|хворим|дітей|дітям|пацієнт\w+|ασθεν(?:ών|είς)|παιδιά)"
    r"\s(?:(?-i:(?![A-ZÀ-ÞА-ЯЁІЇЄΆ-Ω]))[^\W\d_]{1,14}\s){0,3}$"
    r"|(?<![^\W\d_])(?:leben|living|life|vivre|vie|vivere|vita|vivir|vida|viver|leven|życie|żyć|leva|leve|liv"
    r"|жизнь|жить|життя|жити|ζωή|hidup|sống)\s(?:mit|with|avec|con|com|met|z|med|с|з|με|dengan|cùng|chung)\s"
    r"(?:[^\W\d_]{1,4}\s)?$",
    re.IGNORECASE,
)
#: `A cookbook for diabetics`.
FOR_BEFORE = lazily(
    r"(?<![^\W\d_])(?:for|für|pour|para|per|voor|dla|pro|för|til|till|untuk|cho|для|για)"
    r"\s(?:[^\W\d_]{1,14}\s){0,2}$",
    re.IGNORECASE,
)
ABOUT_BEFORE = lazily(
    r"(?<![^\W\d_])(?:about|on|über|zu|zum|sur|sobre|sulla?|sui|su|over|om|o|na temat|aiheesta|hakkında"
    r"|tentang"
    r"|seputar|về|о|об|про|για|περί)\s(?:[^\W\d_][\w'’-]{0,14}\s){0,2}$",
    re.IGNORECASE,
)

#: The same in the other scripts, in the whole sentence.
SUBJECT_GLUED = lazily(
    r"原文|红楼|人物|讲座|科普|书|新闻|研究|疗法|研讨|捐款箱|専門|研究|講演|セミナー|本を|著|記事|연구|강연|강의|책|기사|후원|센터"
    r"|كتاب|محاضر|مركز|بحث|ندوة|افتتح|يعالج|كتاب|سخنرانی|پژوهش|تحقیق|افتتاح|همایش|ספר|הרצא|תרצה|ירצה|מחקר|מרכז"
    r"|किताब|पुस्तक|व्याख्यान|शोध|उद्घाटन|লেখা বই|বই|গবেষণা|সেমিনার|উদ্বোধন|หนังสือ|บรรยาย|วิจัย|เปิดศูนย์|สัมมนา"
)

#: Words that say of themselves that somebody has or had it.
PERSONAL = (
    "broke h", "broke m", "tore h", "tore m", "cut her", "cut his", "cuts h", "harms h", "lost her b",
    "lost the b", "lost his l", "lost her l", "pregnant", "miscarr", "diabetic", "epileptic", "asthmatic",
    "schwanger", "krankgeschr", "krankgemeld", "fehlgeburt", "enceinte", "embaraz", "grávid", "incinta",
    "zwanger", "w ciąży", "ciąż", "poroni", "těhotn", "gravid", "raskaan", "hamile", "hamil", "keguguran",
    "sảy thai", "mang thai", "có thai", "беремен", "вагітн", "έγκυο", "abgestürzt", "in rehab", "sober",
    "is sober", "suicide", "took h", "taken h", "hanged", "sykmeld", "sygemeld", "sjukskr", "sairauslo",
    "celíac", "celiac", "diabétic", "diabetik", "diabetyk", "asmátic", "asmatic", "epilépt", "epiletti",
    "wheelchair", "rollstuhl", "blind", "deaf", "taub", "cieg", "sord", "sourd", "aveugle", "в гипсе",
    "сломал", "зламав", "зламала", "złamał", "zlomil", "brækket", "brukket", "brutit", "bröt", "mursi",
    "gebroken", "gebrochen", "s'est cassé", "se rompió", "se ha roto", "si è rott", "fratur", "quebrou",
    "gãy", "patah", "kırıl", "kırdı", "σπασ", "έσπασ", "закодир", "кодув", "кодир", "sorvat", "uitgevallen",
    "ziek gem", "ziekgem", "в запо", "запой", "на больнич", "на лікарн", "arrêt mal", "de baja por",
    "burnout", "burn-out", "la operaron", "lo operaron", "operaron d", "operad", "opereret", "operert",
    "opererad", "geopereerd", "wurde oper", "frisch oper", "прооперир", "прооперов", "ameliyat ol",
)  # fmt: skip
