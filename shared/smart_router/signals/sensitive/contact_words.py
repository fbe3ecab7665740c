"""Words beside phone numbers, and beside other numbers that are written alike."""

from __future__ import annotations

from ...lazily import lazily

PHONE_WORDS = lazily(
    r"(?<![^\W\d_])(?:tel|tel\.|tél|tlf|tfno|phone|telephone|call|calling|ring|text|sms|mobile|mob"
    r"|cell|landline"
    r"|fax|whatsapp|signal|viber|reach me|contact|my number|voicemail|telefon\w*|telefoon\w*|téléphon\w*"
    r"|teléfono\w*"
    r"|telefone\w*|telefón\w*|móvil\w*|movil|celular|cellulare|cell\.|handy\w*|mobil\w*|mobiel\w*"
    r"|puhelin\w*|puh|gsm"
    r"|rufen|anrufen|ruf|anruf|erreichbar|melden|appel\w*|joindre|portable|contacter|llam\w+|llámame"
    r"|dudas al|contact\w+"
    r"|ligar|ligue|liguem|contacto|contato|chiam\w+|telefon\w+|bel|bellen|bereikbaar|dzwoni\w*|zadzwo\w*"
    r"|komórk\w*|kom\."
    r"|volej\w*|zavolej\w*|mobilu|ring\w*|soit\w*|numero\w*|numer\w*|nummer\w*|número|numéro|číslo|čísle"
    r"|kontakt\w*|arayın"
    r"|ara|arayabil\w*|cep|hubungi|hp|wa|telp|telpon|gọi|sđt|đt|liên hệ|зв[оі]н\w+|позвон\w+|телефон\w*"
    r"|тел|моб\w*"
    r"|сотов\w+|дзвон\w+|зателефон\w+|ватсап|номер\w*|τηλ\w*|κινητό|καλέστε|πάρτε|επικοινων\w+)(?![^\W\d_])"
    r"|电话|電話|手机|手機|致电|联系|聯絡|微信|連絡|携帯|番まで|전화|연락|휴대폰|핸드폰|번호|هاتف|جوال"
    r"|موبايل|اتصل|واتس|للتواصل|تماس|تلفن|موبایل|همراه"
    r"|טלפון|נייד|להתקשר|התקשר|חייגו|וואטסאפ|फ़ोन|फोन|मोबाइल|कॉल|व्हाट्सएप|संपर्क|ফোন|মোবাইল|কল|যোগাযোগ|โทร"
    r"|เบอร์|มือถือ|ติดต่อ"
)

OTHER_NUMBER = lazily(
    r"(?:order|invoice|tracking|isbn|issn|ean|upc|gtin|imei|serial|parcel|ticket|booking|reference|ref"
    r"|sku|part"
    r"|model|item|article|artikel\w*|bestel\w*|rechnung\w*|sendung\w*|commande|facture|pedido|factura"
    r"|localizador"
    r"|ordine|fattura|zamówieni\w*|заказ\w*|timestamp|unix|epoch|build|commit|version|doi|arxiv|iban|bic"
    r"|account"
    r"|konto\w*|kontonr|card|kart\w*|visa|ssn|nhs|pesel|dni|cpf|bsn|id|nino|vat|ust-id|siret|siren|nip"
    r"|regon|krs|ico"
    r"|ičo|orgnr|tax|steuer\w*|policy|versicherung\w*|customer|kunden\w*|klant\w*|klient\w*|cliente"
    r"|patient|mrn|case"
    r"|sécu|lot|batch|charge|postcode|zip|plz|passport|matricul\w*|licen[cs]e|sécurité sociale"
    r"|security)(?![^\W\d_])[^0-9\n]{0,14}$"
    r"|(?:订单|快递|单号|身份证|注文|주문|송장|カード番号|卡号|카드|银联卡|追跡)[^0-9\n]{0,14}$"
    r"|[€$£¥₽₹₴₺฿]\s?$"
)
