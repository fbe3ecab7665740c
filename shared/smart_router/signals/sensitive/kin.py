"""Titles, patients, roles and relatives, as patterns: the words that a name follows."""

from __future__ import annotations

TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Herrn?|Frau|Sra?|Srta|Señora?|Don|Doña|Senhora?|Dona|Monsieur|Madame|Mme|Mlle|Sig"
    r"|Sig\.ra|Signora?|Dhr|Mevr|Mw|Mevrouw|Meneer|Pan|Pani|Pana|Panią|Panu|Fru|Hr|Herra|Rouva|Bay|Bayan"
    r"|Bapak"
    r"|Pak|Ibu|Bu|Ông|Bà|Anh|Chị|Cô|Bác|Г-н|Г-жа|Господин|Госпожа|Гражданин|Гражданка|Пан|Пані|Пана|Κ|Κα"
    r"|Κυρία"
    r"|Seu|Fr(?=\.)|Meester|Signor|M(?=\.)|Κύριος|Κος)"
)
PATIENT = (
    r"(?:patient(?:in|en|e|s)?|pt\.?|pat\.|paciente|paziente|patiënte?|pacjent(?:ka|ki|kę|a|em|ce|owi)?"
    r"|pasient(?:en)?|potilas"
    r"|potilaan|hastamız|hasta|hastanın|pasien|bệnh nhân|пациент(?:ка|ки|ку|ке|а|у|ом)?|хворий|хвора"
    r"|пацієнт(?:ка|ки|ку|а|у|ом)?|ασθενής|ασθενούς|ασθενή|больной|больная)"
)
ROLE = (
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

KIN_EN = (
    r"(?:mother|father|mom|mum|mama|dad|wife|husband|son|daughter|sister|brother|partner|boyfriend"
    r"|girlfriend|fianc[eé]e?"
    r"|friend|neighbou?r|colleague|coworker|co-worker|boss|manager|roommate|flatmate|aunt|uncle|nephew"
    r"|niece|grand(?:mother"
    r"|father|ma|pa|son|daughter|dad)|gran|nan|employee|client|student|child|kid|baby|toddler|twin"
    r"|stepson|stepdaughter"
    r"|cousin|(?:mother|father|sister|brother|son|daughter)[- ]in[- ]law|tenant|assistant|nanny|au pair"
    r"|mate|babysitter|carer|ex"
    r"|spouse"
    r"|godson|goddaughter|godmother|godfather|stepmother|stepfather|stepmom|stepdad|step-?(?:brother|sister)"
    r"|housemate|landlord|landlady|classmate|teammate|co-?founder|intern|supervisor|apprentice|auntie|foster"
    r" (?:son|daughter|child)|year[- ]old)"
)
KIN_LATIN = (
    r"(?:mutter|vater|mama|mami|papa|schwiegermutter|schwiegervater|schwager|schwägerin|cousine?"
    r"|mitbewohner(?:in)?|vermieter(?:in)?|azubi|zoontje|dochtertje|opa|oma|oom|nicht|schoonmoeder"
    r"|schoonvader|huisgenoot|prim[oa]|cuñad[oa]|niet[oa]|sobrin[oa]|yerno|nuera|jef[ea]|jefe|cousine?"
    r"|belle-mère|beau-père|beau-frère|belle-sœur|oncle|tante|mamie|papi|patron(?:ne)?|prim[oa]|cunhad[oa]"
    r"|net[oa]|chefe|tia|tio|marito|suocer[oa]|gener[oa]|nuora|cugin[oa]|cognat[oa]|capo|cioci[aęi]"
    r"|wuj(?:ek|ka)?|kuzyn(?:ka)?"
    r"|teściow[aęy]|teść|teścia|sąsiad(?:ka|a|ki)?|szef(?:owa)?|wnu(?:k|czka|czki)|córeczk[aięą]|syn(?:ek"
    r"|ka|kowi)|frau|mann|ehefrau|ehemann|sohn|tochter|schwester|bruder|freund(?:in)?|kolleg(?:e"
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
    r"|bror|moster|faster|kusin|syssling|granne|grannen|nabo|naboen|nabos|tante|onkel|kollega|kollegan"
    r"|svärmor|svärfar|svoger|kæreste|kjæreste|mormor|farmor|morfar|farfar|sambo|vän|väninna|søn|datter"
    r"|søster|kone|mand|ven|veninde|venn"
    r"|sønn|mann|svigermor)"
)
MY_LATIN = (
    r"(?:mein(?:e[rnsm]?)?|unser(?:e[rnsm]?)?|mi|nuestr[oa]|ma|mon|notre|minha|meu|nossa|nosso|mia|mio"
    r"|nostr[oa]|mijn|m'n|onze"
    r"|ons|moja|mój|mojej|mojego|moją|mojemu|nasz[aey]?|naszego|naszej|min|mitt|vår|vårt|vores|vår)"
)
MY_SLAVIC = (
    r"(?:мо[йяиюе]|мій|моя|моей|моего|моему|мою|моїй|мого|моєму|моєї"
    r"|наш[аеу]?|нашего|нашей|нашему|нашого|нашої|у меня|в мене)"
)
KIN_SLAVIC = (
    r"(?:мам[аыуе]|пап[аыуе]|мать|матер\w{1,3}|отец|отц[ауе]м?|жен[аыуе]|муж[ау]?|сын[ау]?|доч(?:ь|ери"
    r"|ка|ку|ке)|брат[ау]?"
    r"|сестр[аыуе]|бабушк[аиуе]|дедушк[аиуе]|дед[ау]?|тёт[яию]|тет[яию]|дяд[яию]|друг[ау]?|подруг[аиуе]"
    r"|коллег[аиуе]|сосед\w{0,3}"
    r"|внук[ау]?|внучк[аиуе]|тещ[ауи]|тёщ[ауи]|свекров\w{1,2}|племянни\w{1,3}|свёк(?:ор|ра)|тест[ья]"
    r"|зят[ьяю]|невестк\w|начальни\w{1,3}|тітк[аиуо]\w?|дядьк\w|сусід\w{0,2}|колег\w|син(?:ок|ка|ові)"
    r"|сыно(?:к|чек|чка)|дочк\w|бабул\w|мамочк\w|внучек|онук\w?|син[ау]?|дружин[аиуі]"
    r"|чоловік[ау]?|донь?к[аиуі]|дочк[аиуі]"
    r"|мат[иері]{1,3}|батьк[оау]|бабус[яію]|дідус[яьюе]{1,2})"
)
KIN_SUFFIXED = (
    r"(?:annem(?:iz)?|babam(?:ız)?|oğlum(?:uz)?|kızım(?:ız)?|eşim|kocam|karım|kardeşim(?:iz)?|ablam|abim"
    r"|ağabeyim|dedem|ninem"
    r"|anneannem|babaannem|halam|teyzem|amcam|dayım|kuzenim|arkadaşım|komşum(?:uz)?|yeğenim|torunum"
    r"|äitini|isäni|poikani|poikamme|tyttäreni|tyttäremme|veljeni|siskoni|sisareni|vaimoni|mieheni"
    r"|puolisoni|ystäväni|mummoni"
    r"|isoisäni|isoäitini|kollegani|työkaverini|naapurini)"
)
KIN_FOLLOWED = (
    r"(?:(?:ibu|ayah|bapak|mama|papa|anak|putra|putri|suami|istri|kakak|adik|nenek|kakek|paman|bibi"
    r"|tetangga|bos|mertua|rekan|ponakan|cucu"
    r"|teman|tante|om|sepupu|keponakan)"
    r"(?: (?:laki-laki|perempuan))? (?:saya|kami|aku)|(?:mẹ|bố|ba|má|cha|con trai|con gái|chồng|vợ"
    r"|anh trai|chị gái|em trai|em gái|ông|bà"
    r"|bác|dì|cậu|mợ|thím|dượng|sếp|đồng nghiệp|hàng xóm|vợ chồng|cô|chú|bạn|cháu|con|bà ngoại|bà nội"
    r"|ông ngoại|ông nội)(?: của)? (?:tôi|em|mình|anh|chị)"
    r"|(?:πατέρας|μητέρα|μαμά|μπαμπάς|γιος|γιου|κόρη|αδερφός|αδελφός|αδερφή|αδελφή|σύζυγός|σύζυγος"
    r"|γυναίκα|άντρας|άνδρας|γιαγιά"
    r"|παππούς|ξάδερφος|ξαδέρφη|γείτονας|γειτόνισσα|πεθερά|πεθερός|κολλητός|κολλητή|συμφοιτητής|φίλος|φίλη"
    r"|θείος|θεία|πατέρα|γιο|αδερφό|άντρα|συνάδελφος)\s(?:μου|μας))"
)

#: Relatives and neighbours as they are called with their name, without "my".
KIN_BARE = (
    r"(?:colleague|coworker|neighbou?r|uncle|auntie?|grand(?:ma|pa|dad|mother|father)|granny|nana|cousin"
    r"|kolleg(?:e|in)|nachbar(?:in)?|onkel|tante|oma|opa|cousine?|collègue|voisine?|oncle|mamie|papi|papy"
    r"|compañer[oa]|vecin[oa]|tí[oa]|prim[oa]|abuel[oa]|colega|vizinh[oa]|ti[oa]|avó|avô|vovó|vovô|collega"
    r"|vicin[oa]|zi[oa]|nonn[oa]|buurman|buurvrouw|oom|sąsiad(?:ka)?|koleg[aę]|koleżanka|cioci[aę]|wujek"
    r"|babcia|dziadek|granne|grannen|kollegan?|moster|faster|farbror|morbror|mormor|morfar|nabo(?:en)?"
    r"|bestemor|bestefar|setä|täti|naapuri|сосед(?:ка|ки|у|ке)?|коллег[аиуе]|тёт[яию]|тет[яию]|дяд[яию]"
    r"|бабушк[аиуе]|дедушк[аиуе]|сусід(?:ка|ки|у|ці)?|колег[аиу]|тітк[аиу]|дядьк[оау]|бабус[яіюь]"
    r"|дідус[ьяю]|συνάδελφος|θείος|θεία|γείτονας|γειτόνισσα|γιαγιά|παππούς|πεθερά|πεθερός)"
)
