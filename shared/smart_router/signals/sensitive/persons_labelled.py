"""Records whose name stands behind a label, in scripts where it cannot be told otherwise."""

from __future__ import annotations

import re

from ...lazily import lazily
from .anchored import Anchored

_HAN = r"\u4e00-\u9fff"
_FIELD = r"[^\S\n]{0,3}[:：][^\S\n]{0,3}"
_LABELLED = lazily(
    rf"(?:姓\s{{0,2}}名|患者姓名|病人姓名|患者|病人|名字|學生|学生){_FIELD}[{_HAN}·]{{2,8}}(?![{_HAN}])"
    rf"|(?:氏\s?名|名\s?前|お名前|患者名|患者氏名|利用者名|児童名){_FIELD}[{_HAN}々ヶぁ-ヿ]{{1,8}}"
    rf"(?:[ 　][{_HAN}々ぁ-ヿ]{{1,8}})?(?=[\s　（(/、,]|$)"
    rf"|(?:이\s?름|성\s?명|환자명|환자|학생명|수급자명|성함){_FIELD}[가-힣]{{2,5}}(?![가-힣])"
    rf"|(?:الاسم(?: الكامل)?|اسم المريضة?|المريضة?|نام(?: بیمار| و نام خانوادگی)?|بیمار){_FIELD}"
    r"[\u0621-\u06d3]{2,14}[^\S\n][\u0621-\u06d3]{2,14}"
    rf"|(?:שם(?: מלא| החולה| המטופלת?)?|מטופלת?){_FIELD}[א-ת'\"]{{2,12}}[^\S\n][א-ת'\"]{{2,14}}"
    rf"|(?:नाम|(?:रोगी|मरीज़?)(?: का नाम)?){_FIELD}[\u0900-\u097f]{{2,16}}[^\S\n]"
    r"[\u0900-\u097f]{2,16}"
    rf"|(?:নাম|রোগীর নাম|রোগী){_FIELD}[\u0980-\u09ff]{{2,16}}[^\S\n][\u0980-\u09ff]{{2,16}}"
    rf"|ชื่อ(?:-สกุล|ผู้ป่วย|คนไข้|-นามสกุล)?{_FIELD}[\u0e00-\u0e4e]{{2,16}}[^\S\n][\u0e00-\u0e4e]{{2,18}}"
)
#: A form to be filled in, and names that everybody takes for examples.
_BLANK = lazily(
    r"[:：]\s{0,3}(?:未填|待填|某|张三|張三|李四|王五|山田[　 ]?太郎|홍길동|김철수|患者姓名|填写|记入|記入"
    r"|性别|年龄|電話|电话|住所|地址|나이|성별|주소|فلان|ישראל ישראל|ฉลาด)"
)

_FAMILY = (
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주구민진"
    "지엄채원천방공현함변염여추"
)

#: `민서준이라고 우리 반 애가`: how one introduces somebody in talk.
_TOLD = lazily(
    rf"(?<![가-힣])[{_FAMILY}]"
    r"[가-힣]{2}(?:이라고|이라는|라고|라는)\s(?:하는\s)?"
    r"(?:우리|저희|제|같은|옆|환자|애|아이|학생|친구|직원|분|동료|후배|선배)"
    r"|(?<![가-힣])(?:우리 반|저희 반|옆 반|우리 팀|저희 팀|우리 부서|옆집|같은 반)"
    r"(?:의|에)?\s?(?:애|아이|학생|친구|직원|동료)?"
    rf"(?:인|중에)?\s?[{_FAMILY}]"
    r"[가-힣]{2}(?:이가|이는|가|는|이|씨|군|양|님)(?![가-힣])"
    rf"|(?:我们班|我班|班上|班里|我们组|我们公司|公司里|部门里|隔壁|我们部门)(?:有个|有一个|的)?"
    rf"(?:学生|孩子|同学|同事|员工|男生|女生|小孩)?"
    rf"(?:叫|名叫|，叫|,叫)[{_HAN}]{{2,3}}"
)

_AR = r"[\u0621-\u0652\u066e-\u06d3\u200c]{2,14}"
_AR_NO_NAME = r"(?!(?:التي|الذي|البالغة?|تبلغ|يبلغ|في|من|عن|على|مع)(?![\u0600-\u06ff]))"
#: `المريضة رقية سالم الحضرمي، 49 سنة`: a patient's name and age without a colon.
_AGED = lazily(
    rf"(?:المريضة?|للمريضة?|السيدة?|الطفلة?|الحاجة?|الشابة?)(?:[^\S\n]{_AR_NO_NAME}{_AR}){{2,5}}"
    r"[^\S\n]?[،,(]{0,2}[^\S\n]?\(?(?:(?:عمرها|عمره|البالغة?|العمر)[^\S\n]?:?[^\S\n]?)?"
    r"[0-9]{1,3}[^\S\n]?(?:سنة|سنوات|عام|ربيع)"
    rf"|(?:بیمار|آقای|خانم)(?:[^\S\n]{_AR}){{2,4}}[^\S\n]?[،,(]{{0,2}}[^\S\n]?\(?[0-9]{{1,3}}[^\S\n]?سال"
    r"|(?:המטופלת?|החולה|מטופלת?|חולה)(?:[^\S\n][א-ת'\"-]{2,14}){2,3}[,(]?[^\S\n]?\(?(?:בת|בן)[^\S\n][0-9]"
)
_PATIENT = lazily(r"مريض|سيد|الطفل|الحاج|الشاب|بیمار|آقای|خانم|מטופל|חולה")

_HAN_OR_HANGUL = lazily(f"[{_HAN}가-힣]")

_MINE = r"(?:mere|meri|mera|hamare|hamari|hamara|humare|humari|apne|apni|unke|unki)"
_HINDI_KIN = (
    r"(?:chacha|chachi|mama|mami|mausa|mausi|bua|phupha|tau|taiji|tayi|nana|nani|dada|dadi|papa|pitaji"
    r"|pita|mummy|mummi|maa|mata|mataji|bhai|bhaiya|behen|behan|didi|beta|bete|beti|pati|patni|biwi"
    r"|saas|sasur|jeth|jethani|devrani|nand|saala|bahu|damad|jija|jijaji|saali|devar|nanad|bhabhi|dost"
    r"|padosi|padosan|saheli|boss|sahkarmi|bhatija"
    r"|bhatiji|bhanja|bhanji|pota|poti|cousin|colleague|manager|teacher|sir|driver|student|naukar|maid)"
)
_HINDI_OTHER = (
    r"(?:ko|ki|ka|ke|ne|se|me|mein|par|aur|ji|bahut|bohot|kal|aaj|abhi|bhi|to|hi|nahi|nahin|hai|hain|tha"
    r"|thi|the|ek|do|teen|kuch|sab|bimar|beemar|kaafi|pichle|hamesha|wale|wali|doctor|jab|kya|kyun|kaise)"
)
_HINDI = Anchored(
    rf"\b{_MINE} (?:\w{{3,8}} )?{_HINDI_KIN}(?: ji| sahab)?,? (?!{_HINDI_OTHER}\b)[a-z]{{3,14}}"
    rf"(?: (?!{_HINDI_OTHER}\b)[a-z]{{3,14}})? (?:ji )?(?:ko|ki|ka|ke|ne|se|hai|hain|bimar|beemar)\b",
    re.IGNORECASE,
)


def names_labelled(window: str) -> bool:
    """Whether a record's label, or the way that somebody is introduced, names a person in `window`."""
    if not window.isascii():
        found = _LABELLED.search(window) if ":" in window or "：" in window else None
        if found is not None and _BLANK.search(found[0]) is None:
            return True
        if _PATIENT.search(window) is not None and _AGED.search(window) is not None:
            return True
        if _HAN_OR_HANGUL.search(window) is not None and _TOLD.search(window) is not None:
            return True
    return _HINDI.occurs(window)
