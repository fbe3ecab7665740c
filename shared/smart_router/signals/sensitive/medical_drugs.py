"""Drugs by their international and brand names, tests and their results: beginnings, in small letters.

International names are nearly the same in all languages with Latin letters, but for a last vowel; those
of other alphabets follow.
"""

from __future__ import annotations

#: The heart, the lungs, metabolism, pain.
_BODY = (
    "ramipril, lisinopril, enalapril, perindopril, captopril, quinapril, trandolapril, bisoprolol, "
    "metoprolol, atenolol, carvedilol, nebivolol, propranolol, sotalol, amlodipin, lercanidip, "
    "felodipin, nifedipin, verapamil, diltiazem, losartan, valsartan, irbesartan, telmisartan, "
    "olmesartan, sacubitril, entresto, hydrochlorothiaz, hidroclorotiaz, indapamid, furosemid, "
    "spironolact, espironolact, spironolakt, eplerenon, doxazosin, tamsulosin, finasterid, dutasterid, "
    "atorvastat, simvastat, rosuvastat, pravastat, ezetimib, fenofibrat, clopidogrel, klopidogrel, "
    "ticagrelor, prasugrel, warfarin, warfarine, warfaryn, varfarin, acenocoumar, coumadin, rivaroxab, "
    "apixab, dabigatran, enoxaparin, heparin, clexane, lovenox, digoxin, digitoxin, amiodaron, "
    "flecainid, ivabradin, nitroglycer, nitroglicer, metformin, metformine, sitaglipt, linaglipt, "
    "pioglitaz, dulaglut, liraglut, trulicity, victoza, saxenda, insulin, insulina, insuline, levothyr, "
    "lévothyrox, l-thyrox, euthyrox, eltroxin, synthroid, carbimazol, thiamazol, methimazol, prednison, "
    "prednisolon, methylpred, dexameth, hydrocortis, fludrocort, salbutamol, albuterol, ventolin, "
    "salmeterol, formoterol, budesonid, fluticason, beclomet, tiotropium, ipratropium, montelukast, "
    "theophyll, teofilin, lansopraz, esomepraz, rabepraz, ranitidin, famotidin, metoclopram, "
    "ondansetron, loperamid, mesalazin, mesalamin, sulfasalaz, lactulos, laktulos, macrogol, "
    "allopurinol, alopurinol, colchic, colchiq, kolchicin, febuxostat, alendron, risedron, zoledron, "
    "denosumab, prolia, teriparat, methotrexat, metotrexat, méthotrexate, hydroxychloroq, plaquenil, "
    "leflunom, azathiopr, mycophenol, tocilizum, etanercept, adalimum, inflixim, ustekinum, secukinum, "
    "golimum, rituxim, ocrelizum, natalizum, fingolimod, interferon beta, glatiram, diclofenac, "
    "diklofenak, naproxen, naproxeno, celecoxib, etoricox, ketorolac, meloxicam, oxycodon, oxicodon, "
    "hydrocodon, tramadol, codein, tapentad, hydromorph, fentanil, methadon, buvidal, suboxon, "
    "gabapentin, pregabalin, lyrica, baclofen, tizanid, sumatriptan, rizatript, erenumab, sildenafil, "
    "tadalafil, oestradiol, estradiol, progester, clomifen, clomiph, letrozol, anastroz, exemest, "
    "tamoxifen, bicalutam, abirater, enzalut, leuprorel, goserel, cisplatin, carboplatin, oxaliplat, "
    "paclitax, docetax, doxorub, cyclophosph, ciclofosf, capecitab, fluorourac, gemcitab, vincrist, "
    "bevacizum, cetuxim, osimertin, erlotin, ibrutin, lenalidom, bortezom, erythropoiet, misoprost, "
    "mifeprist, isotretinoin, roaccutan, accutane, latanopr, timolol, mebeverin, oxybutyn, solifen, "
    "mirabegr, desmopress, tranexam, folfox, folfiri, r-chop"
)

#: Nerves and minds, infections, dependence.
_MIND = (
    "sertralin, fluoxet, paroxet, citalopram, escitalopr, venlafax, desvenlafax, duloxet, mirtazap, "
    "bupropion, wellbutrin, trazodon, amitript, nortript, clomipram, imipram, vortioxet, agomelat, "
    "effexor, seroquel, zyprexa, abilify, risperdal, quetiap, kwetiap, olanzap, risperid, aripipraz, "
    "clozap, klozap, haloperid, haldol, paliperid, ziprasid, lurasid, chlorpromaz, lithiumcarb, "
    "lithium carb, carbonate de lith, carbonato de lit, takes lithium, on lithium, lithiumspiegel, "
    "lamotrig, valproa, valproin, valproï, depakine, carbamaz, karbamaz, oxcarbaz, levetirac, keppra, "
    "lacosam, phenytoin, fenytoin, fenitoin, ethosuxim, clobazam, diazepam, oxazepam, temazepam, "
    "bromazep, buspiron, hydroxyz, nitrazep, eszopicl, donepezil, rivastig, galantam, ropinirol, "
    "pramipex, rotigotin, rasagil, selegil, madopar, sinemet, riluzol, edaravon, lisdexamf, dexamfet, "
    "dexamphet, atomox, guanfac, metilfenid, metylfenid, medikinet, naltrexon, acampros, akampros, "
    "amoxicil, amoksycyl, flucloxac, co-amoxicl, augmentin, cefalex, ceftriax, cefurox, azithrom, "
    "azitrom, clarithrom, claritrom, erythrom, doksycyk, nitrofurant, trimethopr, cotrimox, metronidaz, "
    "linezolid, meropenem, gentamic, rifampin, ethambut, pyrazin, fluconaz, itraconaz, terbinaf, "
    "valaciclov, valacyclov, oseltam, tamiflu, paxlovid, remdesiv, efaviren, raltegrav, bictegr, "
    "lamivud, zidovud, sofosbuv, ribavir, entecav, descovy, ivermectin, permethrin, hydroxychlor, "
    "artemeth, contraceptive pill, lévonorg, morning-after pill, methylphenidat, antidepr, neurolept, "
    "antipsyk, antidepp, antiepil, benzodiaz, opiat, opioïd, antykoag, antikoagul, anticoag, "
    "blood thinner, blutverdünn, beta block, betablock, bêtabloq, betabloq, immunosuppr, immunsuppr, "
    "inmunosup, imunossup, przeciwdepr, przeciwpad, masennuslää"
)

#: Tests, values and findings.
_RESULTS = (
    "hbsag, anti-hcv, anti-hbs, hiv-1, hiv-2, hba1c, hb a1c, a1c, tsh, ft4, nt-pro, troponin, d-dimer, "
    "creatinin, kreatynin, kreatinin, créatinin, kreatiniini, bilirubin, bilirrub, gamma-gt, gpt wert, "
    "gpt-wert, got/gpt, sgpt, "
    "ast/alt, alt/ast, psa level, my psa, his psa, psa came, psa of, had a tia, eine tia, un ait_, "
    "psa-wert, psa value, ca 125, ca-125, ca 19-9, ca19-9, brca1, brca2, brca, her2, hcg, amh level, "
    "fvc, fev1, lvef, ejection frac, ejektionsfr, bi-rads, birads, gleason, phq-9, gad-7, mmse, "
    "moca score, audit-c, tumour marker, tumor marker, tumormark, tsh-wert, langzeitzuck, blutbild, "
    "blutwerte, leberwert, nierenwert, lipase, amylase, white cell count, viremi, viraem, viral load, "
    "pcr positive, positive pcr, tested reactive, rpr reactive, vdrl, troponina, colesterol, kolesterol, "
    "cholesterin, biopsie, biopsia, biopsj, biopsi, histolog, histopath, zytolog, citolog, pap test, "
    "pap-abstr, frottis, papa-koe, cytologi, echocardio, écho card, ekokardi, spirometr, polysomn, "
    "lumbar punc, spinal tap, lumbalpunk, ponction lomb, punción lumb, amniocent, amniosynt, karyotyp, "
    "genetic test, gentest, kolonoskop, gastroskop, mammograf, mammograp, mamograf, densitom, tomograf, "
    "tomograph, icd-10, icd10, f32., f33., f41., f43., f60., f20., f90., e11., e10., i21., c50., g40., "
    "m54., g35"
)

#: Cyrillic and Greek.
_LETTERS = (
    "сертралин, флуоксет, пароксет, циталопр, эсциталопр, венлафакс, дулоксет, миртазап, амитрипт, "
    "кветиап, оланзап, рисперид, арипипр, клозап, галоперид, литий карб, карбонат лит, карбонат літ, "
    "ламотридж, вальпро, карбамаз, леветирац, диазепам, клоназеп, феназепам, лоразепам, антидепресс, "
    "антидепреса, нейролепт, метформ, инсулин, інсулін, глибенкл, гликлаз, левотирокс, эутирокс, "
    "л-тироксин, преднизон, дексамет, метотрекс, гидроксихл, лизиноп, эналап, рамипр, периндопр, бисопр, "
    "метопр, амлодип, лозарт, валсарт, фуросем, спиронол, аторваст, розуваст, клопидогр, ривароксаб, "
    "апиксаб, ксарелто, эликвис, гепарин, эноксап, сальбутам, беродуал, симбикорт, будесонид, омепраз, "
    "пантопраз, трамадол, морфин, габапент, прегабал, тамоксиф, цисплат, герцепт, амоксиц, цефтриакс, "
    "азитром, изониаз, рифампиц, ацикловир, метадон, бупренорф, налтрекс, антиретровир, тиреотроп, ттг, "
    "гликированн, креатинин, билируб, тропонин, онкомаркер, биопси, гистолог, колоноск, гастроск, "
    "маммогр, флюорогр, σερτραλ, φλουοξετ, μετφορμ, ινσουλ, θυροξ, βαρφαρ, κορτιζ, λίθιο γ, αντικαταθλ, "
    "αντιψυχ, αντιεπιλ, κολονοσκ, γαστροσκ, βιοψ, χοληστερ, κρεατιν, φερριτ, γλυκοζυλ, μεθοτρεξ, αντιπηκτ"
)

#: Scripts that are searched directly.
_GLUED = (
    "舍曲林, 氟西汀, 帕罗西汀, 艾司西酞, 文拉法辛, 度洛西汀, 喹硫平, 奥氮平, 利培酮, 碳酸锂, 丙戊酸, "
    "拉莫三嗪, 阿立哌唑, 地西泮, 氯硝西泮, 劳拉西泮, 抗抑郁, 抗精神病药, 抗凝, 华法林, 利伐沙班, "
    "阿司匹林肠溶, 氯吡格雷, 阿托伐他汀, 氨氯地平, 缬沙坦, 美托洛尔, 格列美脲, 格列齐特, 优甲乐, "
    "左甲状腺, 泼尼松, 激素治疗, 甲氨蝶呤, 奥美拉唑, 阿莫西林, 他莫昔芬, 赫赛汀, 靶向药, 恩替卡韦, "
    "替诺福韦, 奥司他韦, 利他林, 专注达, 糖化血红蛋白, 肌酐, 转氨酶, 甲胎蛋白, 病理报告, 活检, 肠镜, "
    "胃镜, 表面抗原阳, 大三阳, 小三阳, 阳性结果, セルトラリン, パキシル, レクサプロ, サインバルタ, "
    "ジプレキサ, エビリファイ, リスパダール, デパケン, デパス, リボトリール, 抗うつ, 抗不安薬, 睡眠薬, "
    "睡眠導入剤, ワーファリン, ワルファリン, アムロジピン, メトホルミン, ステロイド, プレドニン, "
    "メトトレキサート, 抗凝固, コンサータ, ストラテラ, タミフル, 腫瘍マーカー, 生検, 内視鏡, "
    "マンモグラフィ, 血糖値, ヘモグロビンa1c, クレアチニン, 항우울제, 항정신병, 졸로프트, 프로작, "
    "렉사프로, 리튬, 쿠에티아핀, 자낙스, 와파린, 아스피린 복용, 메트포르민, 스테로이드, 씬지로이드, "
    "타목시펜, 허셉틴, 콘서타, 조직검사, 대장내시경, 위내시경, 당화혈색소, 크레아티닌, 양성 판정, "
    "سيرترالين, فلوكستين, مضادات الاكتئاب, مضاد للاكتئاب, مضاد اكتئاب, الليثيوم, ميتفورمين, وارفارين, "
    "كورتيزون, الكورتيزون, بريدنيزولون, ثيروكسين, ميثوتريكسات, خزعة, منظار القولون, السكر التراكمي, "
    "الكرياتينين, سرترالین, فلوکستین, لیتیوم, متفورمین, وارفارین, لووتیروکسین, کورتون, متادون, ریتالین, "
    "ضد افسردگی, نمونه‌برداری, کولونوسکوپی, آندوسکوپی, کراتینین, סרטרלין, ציפרלקס, פרוזק, ליתיום, "
    "מטפורמין, קומדין, אלטרוקסין, סטרואיד, ריטלין, קונצרטה, נוגדי דיכאון, נוגד דיכאון, ביופסי, "
    "קולונוסקופ, גסטרוסקופ, ממוגרפי, קריאטינין, סוכר בדם, मेटफॉर्मिन, सर्ट्रालिन, लिथियम, थायरोक्सिन, "
    "वारफरिन, स्टेरॉयड, बायोप्सी, एंडोस्कोपी, क्रिएटिनिन, एंटीडिप्रेसेंट, মেটফরমিন, সারট্রালিন, "
    "লিথিয়াম, স্টেরয়েড, বায়োপসি, এন্ডোস্কপি, ক্রিয়েটিনিন, เมทฟอร์มิน, เซอร์ทราลีน, ลิเธียม, "
    "วาร์ฟาริน, สเตียรอยด์, ยาต้านเศร้า, ยาต้านไวรัส, ตัดชิ้นเนื้อ, ส่องกล้อง, ค่าไต, น้ำตาลสะสม"
)

DRUGS = ", ".join((_BODY, _MIND, _RESULTS, _LETTERS, _GLUED))
