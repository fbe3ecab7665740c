"""Words of codes, of what they open, and of digits that are told one by one."""

from __future__ import annotations

#: A code's name; what it opens must stand near it.
CODE_WORDS = (
    "codes", "keycode", "portkod", "larmkod", "dörrkod", "grindkod",
    "passcode", "pass-code", "access number", "zugangscode", "zahlencode",
    "code-nummer", "codenummer", "zahlenkombination", "code d'accès", "chiffre", "código", "codigo", "cód.",
    "códigos", "codi", "codice", "cod.", "codul", "kod", "kodu", "kodem", "kodzie", "kody", "szyfr",
    "szyfru", "kód", "kódem", "kódu", "kódja", "kódot", "koden", "kode", "kodekset", "koodi", "koodin",
    "koodina",
    "kodunu", "şifre", "şifresi", "kodenya", "kode akses", "mã", "mật mã", "mã số", "код", "коды",
    "кода", "кодом", "коду", "шифр", "шифра", "шифром", "кодът", "κωδικός", "κωδικό", "κωδικου",
    "密码", "密碼", "代码", "暗号", "暗証", "番号", "ナンバー", "コード", "暗証番号", "코드", "번호",
    "비밀번호",
    "비번", "رمز", "الرمز", "كود", "الكود", "رقم سري", "کد", "קוד", "הקוד", "קודן", "कोड", "पासकोड", "কোড",
    "รหัส", "โค้ด", "haslo do", "hasło do", "opens with", "unlocks with", "open with", "öffnet mit",
    "geht auf mit", "s'ouvre avec",
    "abre con", "abre com", "si apre con", "gaat open met", "opent met", "otwiera się", "otevírá se",
    "otevře",
    "öppnas med", "åbnes med", "åpnes med", "aukeaa", "ile açıl", "dibuka dengan", "mở bằng", "открывается",
    "открыть", "відкривається", "ανοίγει με", "يفتح ب", "تفتح ب", "باز می", "נפתח", "נפתחת", "से खुलत",
    "เปิดด้วย", "开门",
    "で開", "로 열",
)  # fmt: skip

#: Those that compounds end with: `Alarmkoden`, `cijfercode`, `Telefonkennwort`.
ENDING_WORDS = (
    "code", "kode", "koden", "kodet", "koodi", "kennwort", "passwort", "kombination", "wachtwoord",
    "lösenord", "passord", "adgangskode", "salasana", "combinatie",
)  # fmt: skip

#: What is done with a code at a panel, and words for such panels.
TYPED = (
    r"\btype|punch|key in|\benter|press|tipp|\bgib\b|gibst|eingeb|tap(?:ez|er|e)\b|compose[zr]?\b|tecle|"
    r"marc[aá]|pulsa"
    r"|introdu|digit[aei]|apert[ea]|componi|prem[ie]|\btoets|\btyp\b|wpis|wciśn|wstuk|naťuk|zadej|zmáčk|"
    r"knappa|slå\b"
    r"|\btast|trykk|näppäil|tuşla|ketik|tekan|pencet|bấm|nhấn|nhập|набер|набра|набир|нажм|введ|натисн|"
    r"πατ[άή]|πληκτρολ"
    r"|slåe?s (?:fra|av|af|til|på) med|(?:kobles|koples|stänges|slukkes|slutes) (?:ut|av|af|fra) med"
    r"|(?:disarm|switch|turn|shut|deactivat)\w*(?: it)?(?: off)? with|désactiv\w+ avec|desactiva\w* con"
    r"|disattiva\w* con|deslig\w+ com|desativ\w+ com|(?:aus|abschalt|entschärf)\w* mit|uit(?:gezet"
    r"|schakelen)? met"
    r"|wyłącz\w+ (?:się )?(?:kodem|przez)?|rozbraj\w+|vypín\w+|vypne\w*|снима[ею]\w+|отключа\w+|вимика\w+"
    r"|kytke\w+|kapat\w+|按|输入|を押|入力|누르|입력|اضغط|اكتب|أدخل|بزن|وارد کن|הקש|תקיש|לחץ|दबा|টিপ|กด"
)
#: Digits, and behind them what is done with them: languages whose verbs come last.
TYPED_BEHIND = (
    r"[0-9]{4,8}[#*]?\s(?:\w{1,12}\s)?(?:aus(?:schalten|stellen|machen|zuschalten)|abschalt\w+|entschärf\w+"
    r"|deaktivier\w+|scharf|eintipp\w+|uit(?:zetten|schakelen|gezet)|intoets\w+|ile (?:kapa|aç|devre)\w*"
    r"|(?:gomb|kód)\w*|kikapcsol\w*|tuşla\w*|で(?:解除|切)|로 (?:해제|꺼)|से बंद)"
)
PANEL_WORDS = (
    "keypad", "key pad", "alarm", "intercom", "entry phone", "buzzer", "digicode", "interphone", "interfon",
    "telefonillo", "citofon", "domofon", "домофон", "сигнализац", "сигналізац", "tastenfeld", "ziffernblock",
    "tastierino", "allarm", "larmet", "larmpanel", "larmdosa", "hälyt", "tuş takımı", "συναγερμ",
    "θυροτηλ", "报警",
    "警报", "警報", "门禁", "門禁", "オートロック", "キーパッド", "도어락", "إنذار", "دزدگیر", "אזעקה",
    "אינטרקום", "अलार्म",
    "অ্যালার্ম", "สัญญาณกันขโมย",
)  # fmt: skip
PANELS = (
    r"alarm|allarm|\blarm|hälyt|key ?pad|intercom|entry ?phone|buzzer|digicode|interphone|interfon|"
    r"telefonillo"
    r"|videoportero|citofon|domofon|dzwonek cyfr|домофон|сигнализац|сигналізац|tastenfeld|ziffernblock|"
    r"tastierino"
    r"|tuş takımı|zile|συναγερμ|θυροτηλ|bel pintu|报警|警报|警報|门禁|門禁|オートロック|キーパッド|세콤|"
    r"경비|도어락|إنذار|انترکام"
    r"|دزدگیر|آیفون تصویری|אזעקה|אינטרקום|قفل إلكتروني|अलार्म|অ্যালার্ম|สัญญาณกันขโมย|ล็อกประตู"
)

#: Names of a code that only locks have.
COMBINATION_WORDS = (
    "combination", "combo", "kombination", "combinaison", "combinación", "combinacion", "combinação",
    "combinazione", "combinatie", "kombinacja", "kombinację", "kombinacji", "kombinace", "kombinaci",
    "kombinasjon", "kombinationen", "kombinasjonen", "kombinaatio", "yhdistelmä", "kombinasyon",
    "kombinasi", "tổ hợp", "комбинация", "комбинацию", "комбинации", "комбінація", "комбінацію",
    "συνδυασμός", "συνδυασμό", "转盘密码", "ダイヤル", "다이얼", "التركيبة", "ترکیب", "צירוף", "संयोजन",
)  # fmt: skip

#: What has a code of its own, which is told without calling it one: `the padlock is 8361`.
LOCKS = (
    "padlock", "key box", "keybox", "key safe", "lockbox", "lock box", "vorhängeschloss", "zahlenschloss",
    "fahrradschloss", "schlüsselbox", "schlüsseltresor", "cadenas", "boîte à clés", "candado", "cadeado",
    "lucchetto", "hangslot", "fietsslot", "sleutelkluis", "kłódk", "visací zám", "hänglås", "nyckelskåp",
    "hengelås", "hængelås", "nøgleboks", "nøkkelboks", "riippuluk", "asma kilit", "gembok", "ổ khóa",
    "навесной зам", "навісний зам", "λουκέτο", "挂锁", "密码锁", "南京錠", "キーボックス", "자물쇠",
    "도어락", "القفل",
    "قفل", "מנעול", "ताला", "তালা", "แม่กุญแจ",
)  # fmt: skip
#: Only digits told one by one are a code behind these.
GATES = (
    "keypad", "key pad", "tastenfeld", "tastierino", "digicode", "teclado numérico", "klawiatur",
    "alarm", "gate", "door", "safe", "tresor", "tor", "tür", "portail", "porte", "coffre", "alarme",
    "portón",
    "puerta", "caja fuerte", "alarma", "portão", "porta", "cofre", "cancello", "portone", "cassaforte",
    "allarme", "poort", "deur", "kluis", "bram", "drzwi", "sejf", "brank", "dveře", "trezor", "grind",
    "dörr",
    "kassaskåp", "larmet",  "dør", "safen", "ovi", "portti", "kapı", "kasa", "pintu", "gerbang",
    "brankas", "cổng", "cửa", "két sắt", "ворот", "дверь", "калитк", "сейф", "домофон", "двері", "хвіртк",
    "πόρτα", "χρηματοκιβώτιο", "συναγερμ", "大门", "门禁", "保险箱", "保险柜", "保險櫃", "金庫", "玄関",
    "현관", "금고",
    "대문", "الباب",
    "البوابة", "الخزنة", "گاوصندوق", "הדלת", "השער", "הכספת", "गेट", "तिजोरी", "ประตู", "ตู้เซฟ",
)  # fmt: skip

#: Numbers that somebody proves himself with.
PIN_WORDS = (
    "pin", "pins", "pin-code", "pincode", "pin code", "pinnummer", "puk", "pinkod", "pinkoden", "pin-koodi",
    "pinul", "pin kodu", "пин", "пин-код", "пінкод", "пін", "пин-кода", "暗証番号", "핀번호", "핀 번호",
    "الرقم السري", "پین", "פין", "קוד סודי", "पिन", "পিন", "พิน", "telephone password", "phone password",
    "phone pin", "password", "passwort", "kennwort", "mot de passe", "contraseña", "senha", "palavra-passe",
    "wachtwoord", "hasło", "heslo", "lösenord", "lösenordet", "passord", "passordet", "adgangskode",
    "adgangskoden", "kodeord", "salasana", "şifre", "kata sandi", "sandinya", "mật khẩu", "пароль",
    "парола", "κωδικός", "密码", "密碼", "口令", "パスワード", "비밀번호", "비번", "كلمة المرور",
    "كلمة السر", "رمز عبور", "סיסמה", "הסיסמה", "पासवर्ड", "পাসওয়ার্ড", "รหัสผ่าน", "passphrase", "parola",
    "clave", "código de seguridad", "codice segreto", "geheimzahl", "kundenkennwort", "code secret",
    "code confidentiel", "kod pin", "pinkode",
)  # fmt: skip

#: What a code opens. Beginnings; those in scripts that glue words are found inside of words, too.
THINGS = (
    "\\w{0,12}(?:tür|tores|deur|dør\\w*|dörr\\w*|oven|ovi|ovessa|portin|kluis|tresors?|schloss\\w*"
    "|skab\\w*|skåp\\w*"
    "|skap\\w*|boks\\w*|lås\\w*|lukko\\w*|kapısı\\w*|poort)|front door|back door|side door|door|gate"
    "|garage|shed|lobby|entrance|entry|foyer|staircase|stairwell"
    "|barrier|safe|vault|lockers?|padlock|lock|lockbox|key ?box|key ?safe|alarm|house|flat|apartment"
    "|building"
    "|intercom|buzzer|key ?pad|storage|cabinet|suitcase|briefcase|strong ?box|cash ?box|bike lock|gym|pool"
    "|car park|tablet|ipad|handset|voicemail|cellar|attic|holiday (?:home|let)|cottage|airbnb"
    "|haustür\\w*|hintertür\\w*|tür\\w*|tor|toren|garagen\\w*|schranke\\w*|keller\\w*|tresor\\w*|safe\\w*"
    "|schließfach\\w*|spind\\w*|alarm\\w*|schlüssel\\w*|fahrradschloss|zahlenschloss|schloss|eingang\\w*|hof"
    "|büro|ferienwohnung|koffer\\w*|handy\\w*"
    "|portail|porte|portillon|immeuble|entrée|hall|coffre\\w*|alarme|boîte à clés|cadenas|casier|résidence"
    "|parking|bâtiment|digicode|interphone|local|cave|gîte|valise"
    "|puerta|verja|portal|portón|garaje|cochera|caja fuerte|caja|cajafuerte|alarma|candado|taquilla|casillero"
    "|cancela|cerradura|edificio|trastero|oficina|piso|maleta|telefonillo|barrera"
    "|porta|portão|garagem|prédio|cofre|alarme|cadeado|armário|condomínio|fechadura|cancela|escritório|mala"
    "|interfone|apartamento|cancello|portone|allarme|cassaforte|lucchetto|serratura|armadietto|citofono"
    "|cantina|ufficio|garage|ingresso|valigia"
    "|voordeur|achterdeur|deur|poort|hek|kluis\\w*|slagboom|sleutelkast\\w*|sleutelkluis\\w*|fietsslot"
    "|hangslot|slot|kelder|berging|inbraakalarm|gebouw|vakantiehuis|kantoor|koffer"
    "|furt\\w+|bram\\w+|klatk\\w+|drzwi\\w*|garaż\\w*|sejf\\w*|alarm\\w*|domofon\\w*|kłódk\\w+|szafk\\w+"
    "|szlaban\\w*|wejści\\w+|piwnic\\w+|biur\\w+|skrytk\\w+|zamk\\w+|mieszkani\\w+"
    "|dveř\\w*|brán\\w*|vrat\\w*|trezor\\w*|garáž\\w*|zámk\\w*|zámek|vchod\\w*|domu|skřín\\w+|závor\\w+"
    "|schránk\\w+|sklep\\w*|kancelář\\w*|chat\\w*|recepc\\w+|dvere|dverí|bránk\\w+|brank\\w+|branc\\w+"
    "|vrátk\\w+"
    "|port(?:en|kod\\w*)?|dörr\\w*|ytterdörr\\w*|grind\\w*|garage\\w*|kassaskåp\\w*|hänglås\\w*|lås\\w*"
    "|larm\\w*|nyckelskåp\\w*|förråd\\w*|entré\\w*|stuga\\w*|kontor\\w*|källar\\w*"
    "|dør\\w*|hoveddør\\w*|inngang\\w*|indgang\\w*|safen|pengeskab\\w*|nøgleboks\\w*|nøkkelboks\\w*"
    "|hængelås\\w*|hengelås\\w*|opgang\\w*|oppgang\\w*|kælder\\w*|kjeller\\w*|hytt\\w*|bom(?:men)?|alarmen"
    "|sommerhus\\w*|skab\\w*|skap\\w*"
    "|oven|ove\\w+|ulko-?ove\\w*|portin|portti\\w*|kassakaap\\w*|autotalli\\w*|hälyt\\w*|riippuluk\\w*"
    "|luko\\w+"
    "|lukko\\w*|avainkaap\\w*|mök\\w+|rap\\w{2,3}oven|taloyhtiö\\w*|kellari\\w*|porras\\w*|porttikoodi"
    "|kapı\\w*|bahçe|garaj\\w*|kasa\\w*|alarm\\w*|kilit\\w*|kilid\\w*|dolap|dolab\\w*|apartman\\w*|bina\\w*"
    "|site giriş\\w*|asma kilit"
    "|pintu\\w*|gerbang\\w*|garasi\\w*|brankas\\w*|pagar\\w*|gembok\\w*|loker\\w*|rumah|gudang\\w*|koper\\w*"
    "|cửa\\w*|cổng\\w*|két sắt|nhà xe|gara|khóa|tủ|báo động|tòa nhà|căn hộ|vali|thang máy"
    "|подъезд\\w*|домофон\\w*|ворот\\w*|калитк\\w+|гараж\\w*|двер\\w+|шлагбаум\\w*|сейф\\w*|сигнализац\\w+"
    "|замк\\w+|замок|ячейк\\w+|шкафчик\\w*|чемодан\\w*|офис\\w*|квартир\\w*|дач\\w+|ключниц\\w+|подвал\\w*"
    "|під'їзд\\w*|під’їзд\\w*|воріт|ворота|хвіртк\\w+|дверей|двері|дверцят|сигналізац\\w+|замка|скриньк\\w+"
    "|комірк\\w+|будинк\\w+|шафк\\w+|валіз\\w+|врат\\w+|вход\\w*"
    "|πόρτα\\w*|πόρτας|εισόδ\\w+|είσοδ\\w+|γκαράζ|χρηματοκιβώτι\\w+|συναγερμ\\w+|λουκέτ\\w+|πολυκατοικ\\w+"
    "|θυρίδ\\w+|ντουλάπ\\w+|luggage|deposit box|parcel box|consigne|consigna|cacifo\\w*|bagage\\w*|paketbox"
    "|packstation|paczkomat\\w*|почтомат\\w*|поштомат\\w*|постамат\\w*|bank card|debit card|credit card"
    "|kartım\\w*|kartın\\w*|kart şifre\\w*|karty|bankkarte|ec-karte|girocard|tarjeta"
    "|carte bancaire|bankomat\\w*|kortet|bankkort\\w*|карт[аыеу]|карты|κάρτας|αυλόπορτ\\w+|κλειδαρι\\w+"
    "|γραφεί\\w+|βαλίτσα\\w*"
)
THINGS_GLUED = (
    "门|門|大门|保险|保險|锁|鎖|车库|車庫|报警|警报|储物柜|单元|楼|小区|门禁|行李箱|玄関|門|金庫|ロッカー"
    "|オートロック|エントランス|ガレージ|南京錠|倉庫|宅配|裏口|通用口|キーボックス|物置|ゲート|警備"
    "|スーツケース|快递柜|丰巢|택배함"
    "|현관|출입|금고|대문|사물함|자물쇠|도어락|창고|차고|공동|경비|캐리어|건물|باب|بوابة|البوابة|خزنة"
    "|الخزنة|خزينة|قفل"
    "|كراج|إنذار|الإنذار|المدخل|العمارة|المستودع|حقيبة|در |درب|دروازه|گاوصندوق|پارکینگ|دزدگیر|ورودی|ساختمان"
    "|انباری|چمدان|דלת|הדלת|שער|השער|כספת|הכספת|אזעקה|חניון|הכניסה|כניסה|בניין|לוקר|מנעול|מחסן|אינטרקום"
    "|दरवाज़|दरवाज|गेट|तिजोरी|लॉकर|ताला|ताले|अलार्म|गैराज|सेफ|ब्रीफकेस|লিফট|দরজা|গেট|সিন্দুক|তালা|লকার"
    "|অ্যালার্ম|গ্যারেজ"
    "|ประตู|ตู้เซฟ|เซฟ|รั้ว|โรงรถ|ล็อกเกอร์|กุญแจ|สัญญาณกันขโมย|คอนโด|ห้อง|อาคาร|กระเป๋าเดินทาง"
)

#: 0 to 9 as they are told one by one.
DIGITS_TOLD = (
    "zero|oh|one|two|three|four|five|six|seven|eight|nine|null|eins|zwei|zwo|drei|vier|fünf|sechs|sieben"
    "|acht|neun|zéro|un|deux|trois|quatre|cinq|sept|huit|neuf|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho"
    "|nueve|um|dois|duas|três|quatro|sete|oito|nove|due|tre|quattro|cinque|sei|sette|otto|nul|een|één|twee"
    "|drie|vijf|zes|zeven|negen|jeden|dwa|trzy|cztery|pięć|sześć|siedem|osiem|dziewięć|nula|jedna|dva|tři"
    "|čtyři|pět|šest|sedm|osm|devět|noll|ett|två|fyra|fem|sex|sju|åtta|nio|en|to|fire|seks|syv|otte|åtte"
    "|ni|nolla|yksi|kaksi|kolme|neljä|viisi|kuusi|seitsemän|kahdeksan|yhdeksän|sıfır|bir|iki|üç|dört|beş"
    "|altı|yedi|sekiz|dokuz|nol|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|không|một|hai|ba|bốn"
    "|năm|sáu|bảy|tám|chín|ноль|нуль|один|два|три|четыре|пять|шесть|семь|восемь|девять|чотири|п'ять|шість"
    "|сім|вісім|дев'ять|μηδέν|ένα|δύο|τρία|τέσσερα|πέντε|έξι|επτά|εφτά|οκτώ|οχτώ|εννέα|εννιά|صفر|واحد|اثنان"
    "|اثنين|ثلاثة|أربعة|خمسة|ستة|سبعة|ثمانية|تسعة|یک|دو|سه|چهار|پنج|شش|هفت|هشت|نه|אפס|אחת|שתיים|שלוש"
    "|ארבע|חמש"
    "|שש|שבע|שמונה|תשע|शून्य|एक|दो|तीन|चार|पाँच|पांच|छह|छः|सात|आठ|नौ|শূন্য|এক|দুই|তিন|চার|পাঁচ|ছয়|সাত|আট|নয়"
)
