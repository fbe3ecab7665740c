"""Words for illnesses, findings, drugs and procedures: beginnings, in small letters.

`CLEAR` ones are about somebody's health on their own. `VAGUE` ones (treatment, suffer, tablets) have
other meanings, and count when a patient is named, or two of them stand together. A word of at most
four Latin letters must be whole.
"""

from __future__ import annotations

from .medical_conditions import CONDITIONS
from .medical_drugs import DRUGS
from .medical_everyday import EVERYDAY, EVERYDAY_VAGUE
from .medical_recovery import RECOVERY, RECOVERY_VAGUE
from .medical_scripts import OTHER_SCRIPTS
from .medical_told import TOLD


def _split(*lists: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(word.strip(" ").replace("_", " ") for part in lists for word in part.split(","))
    )


#: Greek and Latin roots, and names of drugs, that many languages write alike.
_SHARED = (
    "diabèt, hérnia, enxaquec, jaqueca, emicrani, anoress, emodialis, morbo di, marcapasos, marca-passo, "
    "encéphal, méningit, ostéopor, rhumat, néopl, céphal, cefalei, derrame céreb, derrame cereb, teve um "
    "derrame, tuvo un derrame, sufrió un derrame, dio un derrame, sofreu um derrame, derrame pleur, derrame "
    "peric, hypothyr, hyperthyr, ipotiroid, "
    "bone marrow, chest pain, slipped disc, seizure, delirium, palpitat, colonoscop, gastroscop, endoscop, "
    "koloskop, kolonosk, mammogra, ecocard, echocard, ekokard, catheter, bronchiolit, sleep apn, apnoe, "
    "deep vein, dvt, chf, ckd, esrd, a uti, utis, uti again, recurrent uti, her uti, his uti, uti symptom, "
    "ibs, gerd, sle, afib, bph, cabg, hashimoto, basedow, bechterew, "
    "edoxab, omepraz, pantopraz, levodopa, carbidopa, donepez, memantin, ketamin, naloxon, varenicl, "
    "tirzepat, dapaglif, empaglif, glimepir, gliclaz, hydrocort, cortison, kortison, azathiop, ciclospor, "
    "tacrolim, aciclov, acyclov, tenofov, truvada, biktarvy, amoxic, ciproflox, doxycyc, vancomyc, rifampic, "
    "isoniaz, zopiclon, zolpidem, melatonin, clonazep, topiram, phenobarb, sumatript, botulinum inj, "
    "hearing loss, blindness, low vision, kidney stones, liver cirr, lung cancer, breast cancer, "
    "post-traumatic, posttraum, eating disord, gender dysph, transgender surg, vitiligo, acne treat, "
    "diabet, leukemi, leukaemi, leukäm, leucem, leucém, lymphom, linfom, limfom, chłoniak, melanom, "
    "mélanome, carcinom, karzinom, karcinom, karsinom, sarcom, gliom, glioblastom, myelom, mielom, "
    "adenom, metasta, métasta, tumor, tumour, tumeur, tümör, neoplas, malignan, hiv, vih, hepatit, "
    "hépatit, epatit, hepatiit, epileps, épileps, epilept, epilessi, asthma, asthme, asma, astma, "
    "astım, copd, bpco, epoc, koah, bpoc, "
    "dpoc, mpoc, chopn, chochp, pochp, kols, хозл, іхс, ибс, oxigenoterap, "
    "oxygenoterap, tlenoterap, schizo, esquizof, skizof, şizof, bipolar, bipolaire, depressi, "
    "dépressi, depresi, depresj, depresyon, psicosi, psicót, psykos, psikoz, autis, autyz, otizm, "
    "adhd, adhs, tdah, ptsd, sspt, ocd, borderline person, anorex, anorek, bulimi, alzheimer, "
    "parkinson, huntington, multiple scl, multipler skl, multipl skl, sclérose en, sclerosi, "
    "esclerosis, esclerose, sklerosis, skleroz, stwardnieni, crohn, colitis, colite, morbus, celiac, "
    "celiak, coeliac, celiaq, zöliak, çölyak, pneumoni, neumon, pneumopat, tubercul, tuberkul, "
    "malaria, paludis, sepsis, meningit, encephal, arthrit, artrit, arthros, artros, osteopor, "
    "fibromyalg, fibromialg, lupus, psoria, eczem, eczém, ekzem, hypertens, hipertens, ipertens, "
    "hypertoni, arrhyth, arritm, arytmi, rytmusstör, fibrillat, fibrilat, flimmer, infarct, infarkt, "
    "infarto, ischem, ischäm, isquem, iskemi, isquém, thrombos, trombos, tromboz, aneurysm, aneurism, "
    "aneurys, angina pect, cardiomyo, kardiomyo, cardiopat, tachycard, bradycard, insuficiencia card, "
    "insuficiencia renal, insuficiencia hep, insuficiencia resp, insuficiencia ven, insuficiencia aór, "
    "insuficiencia mitr, insuficiencia pan, insuficiencia suprar, "
    "insuficiência card, insuficiência renal, insuficiência hep, insuficiência resp, insuficiência ven, "
    "insuficiência aór, insuficiência mitr, insufficienza card, insufficienza renale, insufficienza epat, "
    "insufficienza resp, insufficienza ven, insufficienza aort, insufficienza mitr, insuffisance card, "
    "insuffisance rénale, insuffisance hép, insuffisance resp, insuffisance vein, insuffisance aort, "
    "insuffisance mitr, insuffisance coron, insuffisance surr, niewydolno, insuffizienz, nephro, nefro, "
    "néphro, "
    "dialys, dialis, diálisis, diyaliz, hemodial, hémodial, cirrh, cirros, zirrhos, siroz, fibros, "
    "cystic, endometrio, pcos, preeclamp, präeklamp, gestation, miscarr, stillb, stillbirth, abortion, "
    "fausse couche, fehlgeburt, missfall, keskenmeno, aborto, poroni, düşük yap, keguguran, "
    "pancreatit, pankreatit, appendic, apendic, blinddarm, hernia, herniat, gallstone, gallenst, "
    "anemi, anaemi, anämi, anémi, sickle cell, thalass, talass, hemophil, haemophil, hämophil, "
    "hemofil, glaucom, glaukom, cataract, katarakt, macular, retinopat, neuropat, nevropat, neuralg, "
    "migrain, migrän, migren, migrañ, concussion, commotion céréb, gehirnersch, hernie, scolios, "
    "skolios, sarcoid, amyloid, chlamyd, klamyd, gonorr, syphilis, sifilis, syfilis, herpes, hpv, "
    "el sida, con sida, tiene sida, du sida, le sida, vih/sida, do sida, vih y sida, an std, stds, std "
    "test, std clinic, opioid, heroin addict, alcoholi, alkoholi, alcooli, alcohol use dis, overdose, "
    "überdosis, suicid, suizid, self-harm, chemo, chimio, quimio, chemioter, kemoter, kemoterapi, "
    "radiother, radioter, strahlenther, biops, mastect, hysterect, histerect, appendect, lumpect, "
    "colosto, tracheo, bypass surg, angioplast, pacemaker, herzschrittm, cesarean, caesarean, "
    "c-section, cesárea, kaiserschnitt, césarienne, cesareo, transplanta, hip replace, knee replace, "
    "knee surg, heart surg, surgery, nstemi, stemi, icd-10, dnr order, lvef, hba1c, egfr, ca-125, ldl, "
    "tsh, crp, troponin, creatinin, kreatinin, créatinin, bilirubin, insulin, insülin, insuline, "
    "insulina, metformin, sertralin, fluoxet, escitalopram, citalopram, paroxet, venlafax, duloxet, "
    "mirtazap, bupropion, lithium carb, quetiap, olanzap, risperid, aripipraz, haloperid, clozap, "
    "lamotrig, valpro, levetirac, carbamaz, gabapent, pregabal, methotrex, metotrex, hydroxychl, "
    "hydroxyurea, prednis, dexameth, methylpred, metylpred, budeson, salbutam, ventolin, warfarin, "
    "apixaban, rivaroxab, dabigat, ticagrel, clopidog, heparin, enoxap, atorvast, simvast, rosuvast, "
    "lisinop, ramipril, enalap, losart, valsart, amlodip, bisopro, metopro, propranol, furosem, "
    "spironol, digox, amiodar, levothyr, levotirox, thyroxin, tamoxif, trastuz, rituxim, pembroliz, "
    "nivolum, imatinib, adalim, inflixim, semaglut, ozempic, wegovy, methadon, metadon, buprenorp, "
    "naltrex, oxycod, oxycontin, tramad, morphin, morfin, fentanyl, antiretrovir, antidepress, "
    "antidépress, antidepres, antipsych, antibiotic cour, chemothera, epipen, ritalin, methylphen, "
    "adderall, xanax, alprazol, lorazep, diazep, valium, zoloft, prozac, lexapro, cymbalta, "
    "lithium level, tested positive, anaphyla, anafyla, covid positive, paraplegi, tetraplegi, "
    "quadripl, hemipleg, hemipar, emipar, cerebral palsy, down syndrom, down's syn, trisomy, polio, "
    "gangren, amputat, amputac, terminally ill, palliat, hospice care, incontinen, infertil, ivf, "
    "fivet, vasectom, menopaus, erectile, prolaps, haemorr, hemorr, hémorr, ulcer, gastrit, "
    "reflux dis, psychosis, psychose, psychoti, dementia, demenz, demenza, demencia, demência, "
    "demencj, demens, démenc, embolism, embolia, embolie, hiv/aids"
)

#: English, German, Dutch and the Nordic languages.
_GERMANIC = (
    "cancer, krebs, brustkrebs, lungenkr, darmkrebs, kreft, brystkreft, kræft, brystkræft, "
    "bröstcancer, kanker, pregnan, schwanger, zwanger, gravid, raskaaksi, heart attack, had a stroke, "
    "a stroke, heart failure, blood pressure, kidney fail, kidney dis, liver fail, liver dis, "
    "kidney stone, blood clot, brain bleed, schlaganfall, herzinf, herzschw, bluthochd, blutdruck, "
    "zuckerkr, lungenentz, blinddarment, gürtelrose, nierenvers, niereninsuff, bandscheiben, "
    "depressiv, angststör, zwangsstör, essstör, magersucht, alkoholabh, entzugs, suchtkl, epileptisch, "
    "krampfanf, hirntumor, hirnblut, knochenbr, oberschenkelh, kreuzbandr, grauer star, grüner star, "
    "arztbrief, krankenakte, krankschreib, krankmeld, stents, beroerte, hartinfarct, hartfalen, "
    "hartaanv, longontst, suikerziek, borstkanker, longkanker, nierfalen, hoge bloeddruk, overspannen, "
    "burn-out, gebroken heup, hersen, gekneusd, miskraam, hjärtinf, hjärtsvikt, hjärtflim, förmaksfl, "
    "höftfrakt, lunginfl, högt blodtr, utmattning, bröstcanc, lungcancer, prostatac, blodpropp, "
    "sockersjuk, njursvikt, benbrott, gallsten, ätstör, ångest, hjerteinf, hjertesv, hjertefl, "
    "lungebet, slagtilf, hjernesl, blodprop, sukkersyge, lårhalsb, syöpä, syövä, rintasyö, diabetee, "
    "aivoinf, aivohalv, sydäninf, sydämen vaj, verenpain, verenohenn, keuhkokuu, keuhkosyö, masenn, "
    "lonkkamurt, munuaisv, kaksisuunt, skitsofr, eturauhas, leikkau, raskaus, anxiety disor, "
    "panic attac, panic disor, eating disor, personality disor, mental breakd, nervous breakd, "
    "psychiatric, broken hip, hip fract, fractured, ruptured, brain tum, spiculated, nodule, "
    "immunodef, dialysis, chronic kid, chronic pain, chronic fat, vaso-occl, blood test, biopsy, "
    "blood sugar, on a ventil, life support, psych ward, overdosed, relapse, cleft pal, spina bif, "
    "learning disab, rheumat, reumat, measles, whooping, scarlet fev, rheumatic fev, kidney trans, "
    "liver trans, deaf in, went blind, stage iii, stage iv, stage 2, stage 3, stage 4, type 1 diab, "
    "type 2 diab, peanut aller, nut allerg, penicillin"
)

_ROMANCE = (
    "cáncer, câncer, cancro, cancer du, cancer de, enceinte, grossesse, embaraz, grávid, gravidez, "
    "incinta, gravidanz, însărcin, avc, ictus, infarctus, crise cardia, derrame céreb, acidente vasc, "
    "accident vasc, accidente cereb, hypertension art, tension artérielle, presión arterial, "
    "pressão alta, pressão arterial, pressione alta, glicemi, glycémi, insuficiência ren, "
    "insuficiencia ren, insufficienza ren, cálculo ren, piedras en, hémiplég, dépress, deprimid, "
    "depressão, depresión, ansiedad, ansiedade, anxiété, trouble bip, transtorno, disturbo bip, "
    "trouble anx, cirrose, cirrhose, fractur, frattur, fratur, hanche, fémur, fémoral, femore, "
    "rodilla oper, cirugía, cirurgia, opéré, leucemia, convulsion, convulsõ, crisis epil, "
    "crise d'épil, bronchi, bronqui, polmonit, neumonía, pneumonia, grippe a, varicel, rougeole, "
    "angine, otite, amígdal, apendicit, péritonit, vésicule, calcul rén, greffe du rein, greffe du foie, "
    "greffe du cœur, greffe du coeur, greffe de rein, greffe de moelle, greffe de foie, greffe de corn, "
    "greffe de peau, greffe card, greffe rén, greffe hép, greffé, trasplant, trapiant, "
    "transplante, chimiothér, hospitalis, hospitaliz, internad, ricoverat, está ingresad, sigue ingresad, "
    "fue ingresad, sido ingresad, lleva ingresad, estuvo ingresad, ingresado en el hosp, ingresada en el "
    "hosp, ingresado en la uci, ingresada en la uci, ingresado por, ingresada por, urgencias, "
    "affetto da, affetta da, padece, seropositiv, séroposit, soropositiv, sieropos, alcoolique, "
    "alcohólic, alcólatr, tossicodip, drogodep, toxicom, tentative de suic, intento de suic, "
    "arrêt maladie, baja médica, atestado méd, congedo per mal, certificat médical, certificado méd, "
    "certificato med, ménopaus, diarrh, gastro-ent, gastroent, ulcère, úlcera, hernie disc, "
    "hernia disc, ernia, sciati, ciátic, tiroid, thyroïd, tireoid, hipotiroid, próstata, prostat, "
    "operado de, operada de, operato d, operata d"
)

_SLAVIC = (
    "rak piersi, ma raka, miał raka, miała raka, raka piersi, raka płuc, raka jelit, raka trzust, raka "
    "prost, raka jajn, raka skór, raka żołąd, raka mózg, raka krwi, raka szyj, raka tarcz, raka nerk, raka "
    "wątr, raka krtan, raka pęch, raka mac, raka kości, na raka, wykryto raka, z raka, rak płuc, o raku, po "
    "raku, w raku, przy raku, rakiem, nowotw, cukrzyc, nadciśn, udar, zawał, zapalenie, "
    "białacz, padaczk, ciąż, poronił, schizofren, astmat, gruźlic, zaburzen, choroba, chorob, choruje, "
    "chemioterap, złaman, niewydoln, miażdż, przepuklin, wylew krwi, wylew do, miał wylew, miała wylew, po "
    "wylewie, wylewem, rozrusznik, alergi na, uczulen, "
    "wirusowe zap, cukrovk, rakovin, mrtvic, zápal slep, zápal moč, zápal led, zápal kloub, zápal mozk, "
    "zápal střev, těhot, рак молоч, рак лёгк, рак легк, рак груди, "
    "рак печен, рак простат, рак желуд, раком, рака, онколог, опухол, диабет, инсульт, инфаркт, "
    "гипертон, гипертенз, стенокард, аритми, ишеми, тромбоз, эмболи, пневмони, воспаление лёг, "
    "воспаление лег, бронхит, астма, астмой, астмы, туберкул, гепатит, цирроз, язва, язвен, гастрит, "
    "панкреат, аппендиц, холецист, камни в поч, пиелонеф, почечн, диализ, эпилеп, шизофр, биполяр, "
    "депресси, психоз, деменц, альцгейм, паркинс, рассеянн, склероз, беремен, выкидыш, аборт, вич, "
    "сифилис, лейкоз, лимфом, меланом, метаста, химиотер, биопси, анеми, волчанк, артрит, артроз, "
    "остеопор, псориаз, перелом, грыж, сотрясение, алкоголизм, наркоман, инвалидн, преднизол, "
    "метипред, инсулин, метформин, варфарин, аутизм, дцп, анорекс, булими, мигрен, невралг, глауком, "
    "катаракт, онмк, хобл, ковид, ветрянк, ангин, гайморит, госпитал, диагноз, щитовид, климакс, "
    "бесплод, суицид, психиатр, цукров, діабет, інсульт, інфаркт, гіперто, пухлин, запалення, "
    "пневмоні, туберкульоз, вагітн, депресі, епілеп, шизофрен, астм, лейкемі, хіміотер, виразк, "
    "діагноз, хворіє, хворіл, хворий на, хвора на, інвалідн, ниркова, грижа, лікарн"
)

#: Turkish, Indonesian, Vietnamese, Greek.
_OTHERS = (
    "kanser, lösemi, lenfom, şeker hasta, hipertansiyon, tansiyon, kalp krizi, kalp yet, felç, "
    "inme geçir, hamile, gebel, zatürre, sara hast, epilepsi, şizofren, böbrek yet, teşhisi, tanısı, "
    "tanı kon, ameliyat, kemoterap, bel fıtığı, guatr, kansız, bunama, felçli, alerjisi, tbc, "
    "kencing manis, darah tinggi, serangan jantung, gagal ginjal, gagal jantung, cuci darah, "
    "tuberkulos, kista, demam berdarah, tifus, stroke ringan, terkena stroke, mengidap, menderita, "
    "didiagnos, skizofren, lumpuh, patah tulang, usus buntu, radang paru, ung thư, tiểu đường, "
    "đái tháo đường, cao huyết áp, tăng huyết áp, huyết áp cao, đột quỵ, tai biến, nhồi máu, suy thận, "
    "suy tim, chạy thận, viêm gan, viêm phổi, lao phổi, hen suyễn, động kinh, trầm cảm, tâm thần, "
    "mang thai, sảy thai, chẩn đoán, xơ gan, bạch cầu, phẫu thuật, hóa trị, xạ trị, gãy xương, "
    "ruột thừa, sốt xuất, καρκίν, διαβήτ, υπέρτασ, έμφραγμ, εγκεφαλικ, επιληψ, κατάθλιψ, σχιζοφρ, "
    "διπολικ, άσθμα, πνευμον, ηπατίτ, κίρρωσ, λευχαιμ, λέμφωμ, σκλήρυνσ, αρθρίτ, οστεοπόρ, άνοια, "
    "αλτσχάιμ, πάρκινσον, έγκυο, εγκυμοσύν, διάγνωσ, διαγνώστ, χημειοθ, αιμοκάθαρ, νεφρικ, κάταγμ, "
    "εγχείρησ, καρδιακ, κοιλιοκάκ, αποβολ, όγκο, αναιμ, hamil_"
)

CLEAR = _split(
    _SHARED, _GERMANIC, _ROMANCE, _SLAVIC, _OTHERS,
    EVERYDAY, CONDITIONS, OTHER_SCRIPTS, DRUGS, RECOVERY, TOLD,
)  # fmt: skip

#: Parts of German, Dutch and Nordic compounds.
INSIDE = (
    "zirrhos",
    "infarkt",
    "insuffizienz",
    "karzinom",
    "thrombos",
    "metasta",
    "fraktur",
    "sklerose",
    "psychose",
    "demenz",
    "embolie",
    "dialys",
    "tumor",
    "leukämie",
    "krebs",
    "krankheit",
    "entzündung",
    "kanker",
    "sjukdom",
    "cancer",
    "ontsteking",
    "tulehdu",
    "betennelse",
    "betændelse",
    "sykdom",
    "sygdom",
    "diabetes",
    "depression",
    "lähmung",
    "geschwür",
    "blutung",
    "insufficiëntie",
    "infarct",
    "anämie",
    "migräne",
    "syöpä",
    "syövä",
    "leukemi",
    "sclerose",
    "allergie",
)

#: Endings of illnesses, operations and drugs; and words with such an ending that are none.
ENDINGS = (
    "itis", "aemia", "ämie", "émie", "pathie", "pathy", "ectomy", "ektomie", "ectomie", "ectomía", "ectomia",
    "plegia", "plégie", "plegie", "algia", "algie", "cillin", "cilina", "cilline", "mycin", "floxacin",
    "floxacino", "azepam", "zepine", "gliptin", "gliflozin", "tinib", "oxetine", "sartan", "statin",
    "xaban", "grelor", "prazole", "prazol", "olol", "dipine", "lukast", "triptan", "semide", "thiazide",
    "umab", "imab", "zumab", "ximab", "cycline", "conazole",
)  # fmt: skip
NOT_ILL = frozenset(
    ("sympathy", "empathy", "apathy", "telepathy", "antipathy", "homeopathy", "sympathie", "empathie",
     "telepathie", "antipathie", "nostalgia", "nostalgie", "apathie", "homöopathie", "osteopathy",
     "homéopathie", "académie", "osteopathie", "naturopathy", "psychopathy", "boemia", "premie")
)  # fmt: skip

VAGUE = _split(
    "diagnos, symptom, suffer, treatment, treated for, treated with, prescri, medicat, allerg, stroke, "
    "discharge, hospital, patholog, admitted, mg, mcg, mg/d, ng/ml, mmol, therap, clinic, injur, "
    "infect, anxiety, surgeon, psychiat, counsel, sick leave, signed off, medical, condition, mri, "
    "ct scan, x-ray, ultrasound, scan, ecg, ekg, pain, fever, dose, tablets, pills, inhaler, "
    "wheelchair, disab, icu, syndrom, disorder, behandl, befund, medikament, verschrieb, leidet, "
    "erkrank, krankh, klinik, operation, schmerz, fieber, tablette, symptome, reha, allergi, "
    "traitement, maladie, souffre, ordonnance, hôpital, soigné, suivi pour, suivie pour, médicament, "
    "douleur, tratamiento, enfermedad, sufre, medicament, alergi, doença, tratamento, sofre, remédio, "
    "malattia, terapia, soffre, farmac, ricetta med, ospedal, cura con, dolor, receta méd, dor no, "
    "ziekte, lijdt, medicij, behandel, opgenomen, ziekenh, leczen, szpital, lek na, objaw, recept, "
    "sjukdom, läkemed, vårdas, sjukhus, insatt på, opereras, sykehus, sygehus, lääki, lääke, sairaal, "
    "sairaus, kotiut, hoidossa, diagnoos, tedavi, hastalı, hastane, ilaç, rahatsız, reçete, penyakit, "
    "obat, rumah sakit, rawat, gejala, bệnh, thuốc, điều trị, nhập viện, bệnh viện, болезн, болеет, "
    "болеть, лекарств, лечен, лечит, больниц, симптом, назначен, обострен, терапи, таблет, выписк, "
    "аллерги, травм, хвороб, лікуван, ліки, лікар, алергі, θεραπεί, φάρμακ, νοσοκομ, ασθένει, αλλεργί, "
    "νοσηλ, πάσχ, 治疗, 治療, 症状, 病情, 用药, 服药, 発症, 症例, 投薬, 通院, 薬を, 치료, 증상, 복용, "
    "병원, مرض, علاج, دواء, "
    "المستشفى, أعراض, بیماری, درمان, دارو, بیمارستان, מחלה, טיפול, תרופה, בית חולים, इलाज, दवा, "
    "अस्पताल, चिकित्सा, लक्षण, চিকিৎসা, ওষুধ, হাসপাতাল, রোগ, โรค, รักษา, ยาที่, โรงพยาบาล, อาการ, "
    "angst, operacj, operasi, операци, операці, sectioned, lesion, trastorno, rehab, psa, detox, paranoid, "
    "shingles, chirurg, syndrome de, серцев, 诊断, 診断, 진단, تشخيص, تشخیص, ניתוח, निदान, ऑपरेशन, बीमारी, "
    "วินิจฉัย",
    EVERYDAY_VAGUE,
    RECOVERY_VAGUE,
)
