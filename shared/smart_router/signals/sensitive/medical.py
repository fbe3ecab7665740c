"""Medical details of a named person.

A diagnosis alone is a topic, a name alone is nobody's business but no secret; the two close to
each other are a patient's. Texts beyond `_LIMIT` characters are judged by head and tail, since
both lists of words are long.
"""

from __future__ import annotations

import re

from ..excerpt import head_and_tail
from .haystack import Haystack, WordList

_LIMIT = 60_000
_WINDOW = 220

#: At most so many places of one word, and so many windows in all, are looked at.
_PLACES = 200
_WINDOWS = 120

#: Beginnings of words for illnesses, treatment and findings, in the data's languages.
_MEDICAL = (
    "diagnos", "hiv", "cancer", "tumor", "tumour", "carcinoma", "leukemi", "leukaemi", "lymphoma",
    "melanoma", "chemo", "diabet", "depress", "bipolar", "schizo", "epilep",
    "asthma", "hepatit", "pregnan", "miscarr", "abortion", "prescri", "medicat", "insulin",
    "metformin", "sertralin", "lithium", "warfarin", "antidepress", "biopsy", "mri ", "ct scan",
    "blood test", "blood pressure",
    "hba1c", "symptom", "suffer", "allerg", "surgery", "psychiat", "dementia", "alzheimer",
    "parkinson", "multiple sclerosis", "tested positive", "overdose", "rehab", "hypertens", "stroke",
    "heart attack", "std ", "chlamydia", "syphilis", "icd-10", "discharge", "medical record",
    "medical history", "patholog", " mg ", "mg/d", "autis", "adhd", "ptsd", "anorex", "anxiety",
    "krebs", "blutdruck", "leidet", "erkrank", "krankheit", "schwanger", "befund", "medikament",
    "verschrieb", "bluthochdruck", "herzinfarkt", "schlaganfall", "depressi",
    "souffre", "maladie", "grossesse", "enceinte", "ordonnance", "traitement", "cáncer", "padece",
    "sufre", "embaraz", "enfermedad", "tratamiento", "receta", "câncer", "sofre", "grávida", "doença",
    "remédio",
    "cancro", "soffre", "malattia", "incinta", "terapia", "kanker", "ziekte", "zwanger", "lijdt",
    "medicijn", "rak ", "raka", "cukrzyc", "choroba", "choruje", "ciąż", "leczeni", "nowotw", "cancer",
    "sjukdom", "gravid", "läkemedel", "kanser", "hastalı", "şeker", "hamile", "ilaç", "tanısı",
    "teşhis", "penyakit", "hamil", "obat", "menderita", "bệnh", "ung thư", "mang thai", "thuốc",
    "tiểu đường",
    "диагноз", "рак ", "диабет", "болезн", "болеет", "беремен", "лекарств", "депресси", "вич",
    "онколог", "діагноз", "діабет", "хвороб", "вагітн", "ліки", "депресі",
    "诊断", "癌", "糖尿病", "抑郁", "怀孕", "病史", "艾滋", "处方",
    "高血压", "診断", "うつ病", "妊娠", "処方", "病歴", "진단", "당뇨",
    "우울증", "임신", "처방", "고혈압",
    "تشخيص", "سرطان", "السكري", "حامل", "مرض", "اكتئاب", "تشخیص", "دیابت", "باردار", "بیماری",
    "افسردگی", "אובחן", "אובחנה", "סרטן", "סוכרת", "בהיריון", "דיכאון", "निदान", "कैंसर", "मधुमेह",
    "गर्भवती", "बीमारी", "डायबिटीज", "ক্যান্সার", "ডায়াবেটিস", "রোগ", "গর্ভবতী",
    "διάγνωση", "διαγνώστηκε", "καρκίνο", "διαβήτη", "έγκυος", "κατάθλιψη", "มะเร็ง", "เบาหวาน",
    "วินิจฉัย", "ตั้งครรภ์", "ซึมเศร้า",
)  # fmt: skip

_NAME = r"[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁІЇЄҐΑ-Ω][\w'’-]{1,24}"
_STOP = (
    r"(?!(?:The|This|That|With|Who|What|And|Has|Is|Was|Data|Care|Education|Safety|Records?|History|Name"
    r"|Portal|Rights|Information|Outcomes?|Journey|Summary|Zero|Advocacy|Engagement|Experience|Centered"
    r"|Information)\b)"
)

#: How a person is named beside their illness. Doctors are not patients.
_PERSON = re.compile(
    r"(?:"
    rf"\b(?:[Pp]atient(?:in|e|en)?|PATIENT|[Pp]aciente|[Pp]aziente|[Pp]atiënt|[Pp]acjent(?:ka|ki|a)?"
    rf"|[Hh]asta|[Pp]asien|[Bb]ệnh nhân|[Пп]ациент(?:ка|ки|а)?|[Пп]ацієнт(?:ка|ки|а)?|[Aa]σθενής"
    rf"|[Αα]σθενής)(?: name| Name| is| ist|named| named)?[\s:,#-]{{1,4}}(?:Mr\.?|Mrs\.?|Ms\.?|Herrn?"
    rf"|Frau|Sra?\.?|M\.|Mme)?\s?{_STOP}{_NAME}"
    rf"|\b(?:Mr|Mrs|Ms|Miss|Mx|Herr|Herrn|Frau|Sr|Sra|Srta|Señora?|Monsieur|Madame|Mme|Sig|Signora?|Dhr"
    rf"|Mevr|Mevrouw|Meneer|Pan|Pani|Bay|Bayan|Bapak|Ibu|Ông|Bà|г-н|г-жа|пан|пані|κ\.|κυρία"
    rf"|κύριος)\.?\s{_STOP}{_NAME}"
    rf"|\b(?:[Nn]ame|[Nn]ombre|[Nn]ome|[Nn]om|[Nn]aam|[Ii]mię|[Ii]mię i nazwisko|[Nn]amn|[Nn]ama|[Аа]дı"
    rf"|[Aa]d[ıi]|[Ии]мя|ФИО|[Іі]м'я|ПІБ|[Hh]ọ tên)\s?[:=]\s?{_STOP}{_NAME}"
    rf"|\b(?:my|My|our|meine?|unsere?|mi|ma|mon|minha|meu|mia|mio|mijn|moja|mój|min|моя|мой"
    rf"|мій)\s(?:mother|father|mom|mum|dad|wife|husband|son|daughter|sister|brother|partner|boyfriend"
    rf"|girlfriend|friend|neighbou?r|colleague|coworker|co-worker|boss|aunt|uncle|grandmother|grandma"
    rf"|grandfather|employee|client|student|child|cousin|Mutter|Vater|Frau|Mann|Sohn|Tochter|Schwester"
    rf"|Bruder|Freund(?:in)?|Kolleg(?:e|in)|madre|padre|esposa|marido|hij[oa]|herman[oa]|mère|père"
    rf"|femme|mari|fils|fille|sœur|frère|mãe|pai|filh[oa]|esposo|moglie|figli[oa]|fratello|sorella"
    rf"|moeder|vader|vrouw|zoon|dochter|żona|mąż|syn|córka|matka|жена|муж|сын|дочь|мама|папа|брат"
    rf"|сестра|син|дочка|дружина|чоловік),?\s{_NAME}"
    rf"|\b{_NAME} {_NAME}(?:,? (?:age|aged|born|DOB|d\.o\.b\.|geb\.|geboren|né|née|nacid[oa]|nascid[oa]"
    rf"|nat[oa]|ur\.|född|doğumlu|р\.)|,? \(?[0-9]{{1,2}}\b|,? \(?[0-9]{{1,2}}[./-][0-9]{{1,2}}[./-](?:"
    rf"19|20)?[0-9]{{2}}|(?:'s|’s) (?:diagnos|medical|biops|blood|lab|HIV|cancer|chemo|prescri|medicat"
    rf"|test results|condition|surgery|treatment|therap|discharge))"
    rf"|\b{_NAME} {_NAME},? (?:who )?(?:was|is|has|has been|had|hat|wurde|leidet|suffers|suffering"
    rf"|tested|takes|a été|souffre|fue|sufre|padece|tiene|foi|sofre|tem|soffre|è stat[oa]|choruje|ma"
    rf"|lider|heeft|болеет|страдает|хворіє)\b[^.\n]{{0,40}}?(?:diagnos|HIV|cancer|tumou?r|diabet"
    rf"|depress|bipolar|schizo|epilep|positive|prescri|pregnan|Krebs|Diabetes|cáncer|câncer|cancro"
    rf"|kanker|insulin|рак|диабет|діабет|[0-9]{{1,4}} ?mg)"
    r"|(?:患者|病人|病患)(?:姓名|名字)?[:：是为为叫]{0,2}\s?[\u4e00-\u9fff]{2,3}|姓名[:：]\s?[\u4e00-\u9fff]{2,4}"
    r"|[\u4e00-\u9fff]{1,3}(?:先生|女士|小姐)|(?:我(?:的)?(?:妈妈|爸爸|妻子|丈夫|儿子|女儿|朋友|同事))[\u4e00-\u9fff]{2,3}"
    r"|[\u4e00-\u9fff]{1,4}(?:さん|様|氏)|氏名[:：]\s?\S{2,6}"
    r"|(?:환자|성명|이름)[:은는]?\s?[가-힣]{2,4}|[가-힣]{2,4}\s?(?:씨|님|환자)"
    r"|(?:المريضة?|مريضتي|مريضي|السيدة?|اسم المريض|بیمار|آقای|خانم|نام بیمار"
    r"|نام)[: ]\s?[\u0600-\u06ff]{2,}\s?[\u0600-\u06ff]*"
    r"|(?:המטופלת?|החולה|מר|גב'|גברת|שם)[: ]\s?[\u0590-\u05ff]{2,}"
    r"|(?:मरीज|रोगी|श्री|श्रीमती|नाम)[: ]\s?[\u0900-\u097f]{2,}|(?:রোগী|জনাব|নাম)[: ]\s?[\u0980-\u09ff]{2,}"
    r"|(?:ผู้ป่วย|คนไข้|นางสาว|นาง|นาย|คุณ)\s?(?:ชื่อ)?\s?[\u0e00-\u0e7f]{2,}"
    r")"
)

#: Record numbers stand for a name.
_RECORD = re.compile(
    r"\b(?:mrn|medical record (?:no|number)|patient id|patient no|patienten-?nr|versichertennummer"
    r"|nhs (?:no|number))\b[^0-9\n]{0,12}[0-9]{4,}",
    re.IGNORECASE,
)


_LIST = WordList([w for w in dict.fromkeys(_MEDICAL) if len(w.strip()) > 2 or not w.isascii()])


def has_medical(hay: Haystack) -> bool:
    """A named person and a medical detail within reach of each other."""
    if len(hay.text) > 2 * _LIMIT:
        hay = Haystack(head_and_tail(hay.text, _LIMIT, _LIMIT))
    windows = 0
    for word in _LIST.possible(hay):
        reached = 0
        for position in hay.places(word, _PLACES):
            if position < reached:
                continue
            reached = position + _WINDOW // 2
            windows += 1
            if windows > _WINDOWS:
                return False
            window = hay.text[max(0, position - _WINDOW) : position + _WINDOW]
            if _PERSON.search(window) or _RECORD.search(window):
                return True
    return False
