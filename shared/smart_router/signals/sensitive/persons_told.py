"""Whether a short text is somebody's private talk: of me, of him, of her; and of no book or study."""

from __future__ import annotations

import re

from .anchored import Anchored

#: Words for the writer and for the one who is talked of. "Me" alone stands in every request.
_WE = Anchored(
    r"\b(?:I|i'm|I'm|i’ve|I’m|i|my|he|she|his|her|him|he's|she's|he’s|she’s|our|we|us|ich|mir|mich|sie"
    r"|er|ihm|ihn|ihr"
    r"|ihre[mnrs]?|seine[mnrs]?|wir|uns|unsere?[mnrs]?|je|il|elle|lui|nous|notre|nos|ma|mon|mes|yo|él"
    r"|ella|nuestr[oa]s?"
    r"|nos|su|sus|mi|mis|eu|ele|ela|dele|dela|meu|minha|nosso|nossa|lhe|io|lui|lei|gli|suo|sua|mio|mia"
    r"|nostr[oa]"
    r"|ik|hij|zij|ze|hem|haar|ons|onze|mijn|zijn|mnie|mój|moja|mojego|mojej|jego|jej|jemu|mu|nam"
    r"|nasz\w{0,4}|ona"
    r"|jag|mig|han|hon|hans|hennes|henne|honom|vår|vårt|våra|jeg|meg|hun|hende|hendes|ham|vores|vår"
    r"|hän|hänen|hänelle|hänellä|minä|minun|meidän|benim|bizim|onun|ona|kendisi|saya|dia|ia|beliau|kami|kita"
    r"|tôi|mình|anh ấy|cô ấy|chị ấy|bà ấy|ông ấy|em ấy|chúng tôi|я|меня|мне|мой|моя|моей|моего|он|она"
    r"|его|её|ему|ей"
    r"|мы|нас|нам|наш\w{0,3}|мене|мені|мій|моєї|мого|він|вона|його|її|йому|їй|ми|μου|μας|αυτός|αυτή"
    r"|εκείνη|jsem"
    r"|mého|moje|jeho|její|můj|naše|náš)\b"
)

#: Words of studies, books, lessons and campaigns; who is named there is their author or their subject.
_OTHER_TALK = Anchored(
    r"\b(?:stud(?:y|ies)|trials?|research\w*|theor\w+|books?|articles?|authors?|wrote|paper|lectures?"
    r"|podcast\w*"
    r"|youtube|series|episode|essay|thesis|history|according to|interview\w*|scene|dialogue|chapter"
    r"|plot|lyrics"
    r"|myth\w*|games?|sketch|screenplay|script|stor(?:y|ies)|invent\w*|tale|webinar|conference|newsletter"
    r"|leaflet|fundrais\w*|charity|campaign|foundation|institute|universit\w+|guidelines?|textbook|quiz"
    r"|celebrit\w*|influencer|politician|minister|mayor|director|scientist|researcher|inventor|discover\w*"
    r"|class ?room unit|course|seminar|workshop|keynote|speech|talk|poster|grant|stock|shares|ceo"
    r"|startup|company"
    r"|studien?|forsch\w+|theorie\w*|buch\w*|bücher\w*|artikel\w*|autor\w*|vorles\w*|geschichte|kapitel"
    r"|szene|märchen"
    r"|kurs|stiftung|tagung|universität|dissertation|hausarbeit|vortrag\w*|études?|recherche|théorie"
    r"|livres?|auteure?"
    r"|histoire|chapitre|scène|conte|fondation|colloque|université|exposé|mémoire|estudios?"
    r"|investigaci\w+|teoría"
    r"|libros?|artículos?|autora?|historia|capítulo|escena|cuento|fundación|congreso|universidad|charla"
    r"|estudo\w*"
    r"|pesquisa\w*|teoria|livros?|artigos?|história|cena|conto|fundação|palestra|studi[oe]?|ricerc\w+"
    r"|libr[oi]|articol[oi]"
    r"|storia|capitolo|scena|racconto|fondazione|convegno|università|onderzoek\w*|boek\w*|verhaal|hoofdstuk"
    r"|stichting|lezing|badani[ae]\w*|książk\w*|artykuł\w*|opowiada\w*|rozdział\w*|fundacj\w*|wykład\w*"
    r"|forskning\w*"
    r"|bok|boken|bøker|böcker|berättelse|kapitel|stiftelse|föredrag|foredrag|tutkimu\w*|kirja\w*"
    r"|tarina\w*|kitap\w*"
    r"|araştırma\w*|hikâye\w*|hikaye\w*|buku|penelitian|cerita|yayasan|sách|nghiên cứu|truyện"
    r"|исследован\w*|книг\w*"
    r"|стать[яиюе]|автор\w*|рассказ\w*|глав[аеуы]|фонд\w*|лекци\w*|дослідж\w*|оповідан\w*|лекці\w*"
    r"|έρευνα|βιβλίο\w*"
    r"|άρθρο\w*|ιστορία|διήγημα|sims|dnd|d&d|campaign setting|lore|anime|manga)\b",
    re.IGNORECASE,
)


def is_private_talk(text: str) -> bool:
    """Whether `text` speaks of its writer or of somebody, and not of books, studies or courses."""
    return _WE.occurs(text) and not _OTHER_TALK.occurs(text)
