"""Greetings and thanks around an ask, which say nothing about it."""

from __future__ import annotations

import re

from ..lazily import lazily

#: Greetings before an ask and thanks after it are manners, not the ask.
_OPENING = lazily(
    r"\s*(?:(?:hi|hello|hey|hiya|dear|good (?:morning|afternoon|evening|day)|excuse me|sorry|hallo|moin"
    r"|guten (?:tag|morgen|abend)"
    r"|bonjour|salut|bonsoir|hola|buen[oa]s (?:d[ií]as|tardes|noches)|ciao|salve|buongiorno|ol[áa]|oi"
    r"|bom dia|boa (?:tarde|noite)"
    r"|hoi|goedemorgen|hej|cześć|dzień dobry|привет|здравствуйте|добрый день|привіт|добрий день|merhaba"
    r"|selam|xin chào|halo|γεια)"
    r"(?: there| all| again| assistant| chatgpt| everyone| zusammen| à tous| a tutti"
    r"| a todos)?(?=[\s,.!…:-])[\s,.!…:-]{0,4}"
    r"|(?:你好|您好|こんにちは|すみません|안녕하세요|안녕|مرحبا|سلام|שלום|नमस्ते|হ্যালো|สวัสดีครับ|สวัสดีค่ะ"
    r"|สวัสดี)[\s,.!，。！、،]{0,3}"
    r"|i hope (?:this finds you well|you(?:'re| are) (?:well|doing well))[.!, ]{0,3}"
    r"|(?:could|can|would) you (?:please |possibly |kindly "
    r"|maybe )?help(?: me)?(?: out)?(?: with (?:this|something))?[?.!, ]{1,3}"
    r"|(?:quick|another|one more|silly|stupid) question[:,.! -]{1,3})",
    re.IGNORECASE,
)
#: Asked of one whom one greets. Not part of an opening: what follows it may be about it.
_HOW_ARE_YOU = (
    r"how(?:['’]?s| is| are| r)? (?:it going|you(?: doing| feeling| all)?|u|ya|things(?: going)?|life"
    r"|everything|your (?:day|morning|evening)(?: going)?)"
    r"(?: today| tonight| so far| this (?:morning|evening))?"
    r"|what['’]?s (?:up|new)|how do you do|(?:nice|good|pleased) to meet you"
    r"|wie (?:geht(?:['’]?s| es)?(?: dir| ihnen| euch| so)?|läuft(?:['’]?s| es)?)(?: heute)?"
    r"|alles (?:klar|gut)|was (?:geht|gibt(?:['’]?s| es) neues)"
    r"|(?:comment )?[çc]a va(?: bien| aujourd['’]hui)?|comment (?:vas-tu|allez-vous|tu vas|vous allez)"
    r"|quoi de neuf"
    r"|c[óo]mo (?:est[áa]s?|est[áa]n|te va|andas|va(?: todo)?|van las cosas)(?: usted| hoy)?"
    r"|qu[ée] (?:tal(?: est[áa]s| todo)?|hay(?: de nuevo)?)"
    r"|come (?:stai|sta|va|state|ti senti)(?: oggi)?|tutto bene"
    r"|como (?:vai|est[áa]s?|(?:voc[êe]|vc) (?:est[áa]|t[áa]|vai)|v[ãa]o as coisas)(?: hoje)?"
    r"|tudo (?:bem|bom|certo)(?: com voc[êe]| contigo)?"
    r"|hoe (?:gaat (?:het|['’]t|ie)|is het)(?: met (?:je|jou|u))?(?: vandaag)?|alles goed"
    r"|jak (?:się masz|leci|się czujesz)|co (?:słychać|u ciebie(?: słychać)?)"
    r"|как (?:(?:твои |ваши )?дела|ты|вы|жизнь|поживаешь|поживаете)(?: сегодня)?|что нового"
    r"|як (?:(?:твої |ваші )?справи|ти|ви|ся маєш|життя)(?: сьогодні)?|що нового"
    r"|hur (?:mår (?:du|ni)|är (?:det|läget)|går det|står det till)(?: i ?dag)?|läget|allt bra"
    r"|nas[ıi]ls[ıi]n(?:[ıi]z)?|naber|ne haber|nas[ıi]l gidiyor|iyi misin(?:iz)?"
    r"|τι κ[άα]ν(?:εις|ετε)|π[ώω]ς (?:ε[ίι]σαι|ε[ίι]στε|π[άα]ει)|[όο]λα καλ[άα]|τι ν[έε]α"
    r"|كيف (?:حالك|حالكم|الحال|أنت|انت)(?: اليوم)?|كيفك|شلونك|[اإ]زيك|عامل [اإ]يه"
    r"|حال(?:ت|تون| شما) (?:چطوره|چطور است|خوبه)|چطوری|چطورید|خوبی|خوبید|چه خبر"
    r"|מה (?:שלומך|שלומכם|נשמע|קורה|המצב)|איך (?:אתה|את|הולך)"
    r"|(?:आप |तुम )?(?:कैसे|कैसी) (?:हैं|हो)(?: आप)?|क्या हाल(?: चाल)?(?: है| हैं)?|(?:aap )?kais[ei] (?:ho|hain)"
    r"|(?:আপনি |তুমি )?কেমন (?:আছেন|আছো|আছ|আছিস)|ক[িী] খবর"
    r"|apa kabar(?:mu|nya)?(?: hari ini)?|(?:gimana|bagaimana) kabar(?:mu|nya)?"
    r"|(?:คุณ)?(?:สบายดีไหม|สบายดีมั้ย|เป็นยังไงบ้าง|เป็นอย่างไรบ้าง)(?:ครับ|คะ|ค่ะ)?"
    r"|(?:bạn )?(?:có )?kh[ỏo]e không|(?:bạn )?(?:dạo này )?thế nào"
    r"|[你您]好[吗嗎]|[你您]?(?:最近|今天)(?:怎么样|怎麼樣|好[吗嗎]|如何)"
    r"|お?元気(?:ですか|かな)?|調子はどう(?:ですか)?|ご(?:機嫌|きげん)いかがですか"
    r"|잘 ?지내(?:세요|니|요|셨어요)?|어떻게 지내(?:세요|니|요)?|기분(?:이)? 어때요?|안녕하(?:신가요|십니까)"
)
#: Greetings that are no opening of ours, because the network was not told so.
_FURTHER = (
    r"good night|gute nacht|god (?:morgon|kväll|natt)|goedenavond|buona sera|buonanotte|dobry wieczór"
    r"|доброе утро|добрый вечер|доброго (?:ранку|вечора)|добрий (?:ранок|вечір)|günaydın"
    r"|iyi (?:akşamlar|günler)"
    r"|selamat (?:pagi|siang|sore|malam)|καλημ[έε]ρα|καλησπ[έε]ρα|صباح الخير|مساء الخير|السلام عليكم"
    r"|בוקר טוב|ערב טוב|शुभ (?:प्रभात|संध्या)|শুভ সকাল|早上好|晚上好|早安|おはよう(?:ございます)?|こんばんは"
    r"|좋은 (?:아침|저녁)(?:이에요|입니다)?|chào buổi (?:sáng|tối)|chào bạn"
)
_ENDS = r"(?!\w)[\s,.!?¿¡…;，。！？、؟👋🙂😊😀]{0,6}"
_GREETING = f"(?:{_OPENING.pattern.rpartition('|i hope')[0]}))"
_ONLY_GREETING = lazily(
    rf"(?:[¿¡\s]{{0,3}}(?:{_GREETING}|(?:{_HOW_ARE_YOU}|{_FURTHER}){_ENDS}))+"
    r"[\s,.!?…👋🙂😊😀]*",
    re.IGNORECASE,
)
_CLOSING = lazily(
    r"(?<![:：\"'“«„\s])[\s,.!;—-]{1,3}(?:(?:many |kind )?(?:thanks|thank you|thx|cheers|ty|regards)"
    r"|(?:vielen |besten )?dank(?:e)?(?: schön)?|merci|(?:muchas |mil )?gracias"
    r"|grazie|obrigad[oa]|bedankt|dank je(?: wel)?|tack|dzięki|dziękuję|спасибо|дякую|teşekkürler"
    r"|cảm ơn|terima kasih|ευχαριστώ|谢谢|謝謝|ありがとう(?:ございます)?"
    r"|お願いします|감사합니다|고마워|شكرا|ممنون|תודה|धन्यवाद|ধন্যবাদ|ขอบคุณ(?:ครับ|ค่ะ)?)"
    r"(?: (?:so much|a lot|very much|in advance|mille|beaucoup|d'avance|im voraus|dir|de antemano"
    r"|in anticipo|desde já|заранее|all))?[\s.!:)🙏😊]{0,4}$",
    re.IGNORECASE,
)


def without_manners(text: str) -> str:
    """The ask without its greetings and thanks, as long as something of it remains."""
    start = 0
    for _ in range(3):
        found = _OPENING.match(text, start, start + 120)
        if found is None:
            break
        start = found.end()
    rest = text[start:] if start else text
    closing = _CLOSING.search(rest, max(0, len(rest) - 60))
    if closing is not None:
        rest = rest[: closing.start()]
    remains = rest.strip()
    enough = len(remains) >= 12 if remains.isascii() else len(remains) >= 6
    return remains if enough and len(remains) < len(text) else text


def only_greets(text: str) -> bool:
    """Whether greetings are all there is ("Hello!", "hi there, how are you?"). One word is little to learn
    from, and it is how most chats begin."""
    return len(text) <= 60 and _ONLY_GREETING.fullmatch(text.strip() + " ") is not None
