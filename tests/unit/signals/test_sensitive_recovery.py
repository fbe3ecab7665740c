"""Persons who are back from or off with an illness, and illnesses that are a topic, in many languages."""

from __future__ import annotations

from .judged import assert_each, at_most, has

# The people are invented.
ILL = [
    "Mein Opa Gerhard Lühr hat Parkinson und stürzt oft, Antrag auf Pflegegrad formulieren",
    "Écris à l'école : Noé Vasselin a une crise d'asthme depuis hier et reste à la maison",
    "Wish card for our caretaker Mr Bogdan Ilic, he's in rehab after his stroke, keep it light",
    "Prosím kartičku pro Lenku Horákovou, je na rizikovém těhotenství a nesmí do práce",
    "Kollegan Marit Sundqvist på löner kommer tillbaka efter utmattning, skriv ett välkomstmejl",
    "友人の佐々木さんが乳がんの手術を受けたので、お見舞いメッセージを考えて",
    "прабабуся Ганна Левчук зламала стегно, допоможи написати заяву на соцпослуги",
    ("Prepara el parte: alumno Unai Larrea, 9 años, reacción alérgica a los cacahuetes en el comedor"),
    ("Ma grand-mère Paulette Roussin est tombée et s'est fracturé le bassin, lettre à la mutuelle svp"),
    ("Bestemor Solveig Haugland ligger på sykehuset med lungebetennelse, skriv en hilsen fra hele familien"),
    "Notify parents: coach Ramona Diaz tore her Achilles tendon, practice moves to Thursday",
    "张伟的化疗还剩两次，部门想凑钱给他买礼物，写个群通知",
    "部長の木村さんがうつ病で休職することになりました。チームへの説明文を考えて",
    "हमारे सहकर्मी राजेश वर्मा जी का बायपास ऑपरेशन हुआ है, टीम के लिए शुभकामना संदेश लिखो",
    "خواهرم مریم احمدی بعد از شیمی‌درمانی مو از دست داده، متنی دلگرم‌کننده برایش بنویس",
    "Tulis pesan untuk Bu Ratna Widuri dari bagian keuangan, beliau baru operasi usus buntu",
    ("Vår vaktmästare Roland Ek är på avgiftning i sex veckor, hur formulerar jag det till hyresgästerna?"),
    (
        "Agnieszka z recepcji, Agnieszka Pilch, ma depresję i prosi o zmianę grafiku. Pomóż napisać do "
        "szefowej."
    ),
    (
        "Hallo, ich bin Annegret Stolz und komme nach meiner Brust-OP erst im Mai wieder in den Chor, "
        "Mail an alle bitte"
    ),
    "Lehrerin Frau Petra Nimz fehlt wegen Burnout bis zu den Ferien; Elternbrief, ohne Details",
    (
        "Omar's cleft palate surgery is on the 9th, write to his teacher Mrs Blunt that Omar Haddad "
        "will miss two weeks"
    ),
    (
        "Schreib eine Karte für Heike Ostermann aus dem Einkauf, sie ist nach der Knie-OP erst ab Juni "
        "wieder da."
    ),
    "Rédige un mot pour Solène Garric de la compta, elle reprend lundi après sa chimio.",
    (
        "Escribe un mensaje al equipo: Iker Zabaleta de almacén está en rehabilitación tras romperse la "
        "cadera."
    ),
    "Scrivi due righe per Nives Tomasin dell'ufficio acquisti, torna dopo l'intervento al cuore.",
    (
        "Napiš krátký vzkaz: Hana Vaňková z účtárny leží v nemocnici se zápalem plic, faktury posílejte "
        "Petrovi."
    ),
    (
        "Skriv ett mejl till gruppen: Tuva Hedlund på lagret är sjukskriven efter bröstcanceroperationen "
        "till i höst."
    ),
    "Kirjoita kortti Raili Mäntyselle, hän kaatui ja on nyt kuntoutuksessa lonkkamurtuman takia.",
    "Составь письмо клиенту: Лариса Подгорная лежит на сохранении до конца апреля, её замещает Олег.",
    "Напиши листівку для Оксани Гнатюк з бухгалтерії, вона повернулась після операції на нирках.",
    "Γράψε μια κάρτα για την Ευτυχία Μαρκέλου από το λογιστήριο, γύρισε μετά τη χημειοθεραπεία.",
    "İK'dan Nurcan Aydoğan riskli gebelik nedeniyle mayısa kadar yok, ekibe bilgi maili yaz.",
    "総務の三宅さんが切迫早産で入院したので、部署への連絡文を短く書いて",
    "경리팀 박소연 대리가 항암 치료 마치고 다음 주 복귀합니다. 환영 카드 문구 써 줘",
    "اكتب رسالة للفريق: زميلتنا هدى المنصوري أجرت عملية قلب مفتوح وستغيب حتى يونيو",
    "כתוב הודעה: יעל ברקוביץ מהשיווק עברה ניתוח בגב ותחזור רק אחרי החג",
    "soạn thiệp cho chị Hạnh phòng kế toán, chị vừa mổ ruột thừa và đang dưỡng bệnh",
    (
        "Uncle Desmond is back home after his bypass, help me write a short prayer for Desmond Achterberg "
        "to read at church"
    ),
    "Moje sąsiadka Genowefa Ryś złamała biodro i jest na rehabilitacji, napisz jej coś ciepłego",
    (
        "Can you word a note to staff: Priyanka Sethi in payroll is off until August with pregnancy "
        "complications"
    ),
    (
        "Meine Chefin Ulrike Tamm liegt nach einem Schlaganfall auf der Intensivstation. Entwurf für die "
        "Rundmail bitte."
    ),
    "Un petit mot pour Mme Odile Ferrand, opérée de la hanche mardi, elle est au centre de rééducation.",
    (
        "Minha colega Teresinha Brandão voltou da quimioterapia e quero fazer uma surpresa no escritório, "
        "ideias?"
    ),
    "dì al gruppo che Ettore Bassi si è rotto il femore e salta la trasferta, tono leggero",
    "Meddela laget att Elin Stålhammar har opererat korsbandet och missar säsongen.",
    "Ilmoita joukkueelle, että Veikko Rautio toipuu sydänleikkauksesta eikä pelaa keväällä.",
    "同事陈雨桐刚做完甲状腺手术在家休养，帮我写一条慰问微信",
    "เขียนการ์ดให้คุณวราภรณ์ ศรีสุข ฝ่ายบัญชี เพิ่งผ่าตัดเข่ากลับมา",
]

TOPIC = [
    "Dr. Olga Brandt's book 'Sleepless' on insomnia needs a cover blurb",
    "Kardiolog Tomasz Wilk prowadzi kanał o nadciśnieniu, wymyśl pięć tematów filmów",
    "Einladung: Prof. Anke Dorn spricht über Demenz im Gemeindehaus, Eintritt frei",
    "Mme Lavigne organise une collecte pour la recherche contre la mucoviscidose : affiche",
    "L'associazione di Ivo Zanetti raccoglie fondi per il reparto dialisi, scrivi un post",
    "Our softball team, the Broken Hips, needs a chant; coach is Dana Ruiz",
    "Радиоведущая Анна Котова записывает выпуск о деменции, напиши анонс",
    "精神科医の小林先生のうつ病についての本の書評を書いて",
    "Explain gestational diabetes to a nursing student in five bullets",
    "Vad betyder det att vara sjukskriven på halvtid?",
    "Dr. Amelie Quandt erklärt im Podcast, was bei Migräne hilft. Schreib die Shownotes.",
    "Summarise the talk by neurologist Haru Tanaka on Parkinson's gait for our newsletter.",
    ("Le comité de lecture a aimé le roman de Jeanne Vial sur l'alzheimer ; écris un mail d'acceptation."),
    "La fundación Lucía Ferrer dona 3.000 euros contra la leucemia infantil: nota de prensa.",
    "Rockband 'Scharlach' sucht Schlagzeuger, Sänger ist Timo Lenz. Anzeige bitte.",
    ("Write a eulogy-free toast for surgeon Ivo Marek who retires after 30 years of hip replacements."),
    "Physiotherapist Lena Ortiz offers knee rehab classes on Mondays, write a flyer.",
    "Il reparto di pediatria ringrazia Aldo Neri per i giocattoli donati, scrivi il biglietto.",
    "Пост для аптеки: фармацевт Ирина Белова рассказывает, как хранить инсулин летом.",
    "看護師の田村さん向けに、糖尿病教室のスライド構成を考えて",
    "약사 김도현 씨의 당뇨 강좌 안내문을 써 줘",
    "الدكتور سامي العلي يوقع كتابه عن السكري يوم السبت، اكتب دعوة",
    "Ahmet Hoca'nın diyabet seminerine davet metni yaz",
    "Người dẫn chương trình Minh Anh phỏng vấn bác sĩ về ung thư vú, viết kịch bản mở đầu.",
    "Professori Aino Kaski sai palkinnon syöpätutkimuksesta, kirjoita uutinen.",
    (
        "Prof. Dr. Henrike Sallmann hält am Freitag einen Vortrag über Depressionen im Alter. Schreib eine "
        "Ankündigung, 60 Wörter."
    ),
    "Le docteur Bastien Lorgnet tient une chronique sur le diabète à la radio, propose cinq titres.",
    ("La cardióloga Nuria Belmonte publica un libro sobre el infarto en mujeres. Redacta la contraportada."),
    (
        "A médica Dulce Sarmento tem um podcast sobre cancro da mama, sugere três perguntas para o próximo "
        "episódio."
    ),
    ("L'oncologa Fiorenza Galli presenta il suo libro sul tumore al polmone in biblioteca: scrivi l'invito."),
    "Schrijf een recensie van 80 woorden over het boek 'Leven met MS' van neuroloog Pieter Hoekzema.",
    "Dr hab. Wiesława Kmita prowadzi wykład o cukrzycy typu 2, przygotuj zaproszenie dla seniorów.",
    "Lékařka Alena Součková píše blog o roztroušené skleróze, vymysli název nového článku.",
    "Överläkare Måns Fridell föreläser om stroke på biblioteket, gör en affischtext.",
    "Kardiologi Esko Lahtela kirjoittaa kolumnin sydänsairauksista, keksi otsikko.",
    "Prof. Dr. Şebnem Erkut'un kanser üzerine yeni kitabı çıktı, kısa bir tanıtım yaz.",
    "Онколог Вадим Рыжов пишет книгу о раке кожи для школьников, предложи обложку.",
    "Лікарка Соломія Бойчук веде подкаст про мігрень, придумай назву випуску.",
    "Η ψυχίατρος Δανάη Ρήγα μιλά για την κατάθλιψη στο συνέδριο, γράψε δελτίο τύπου.",
    "심장내과 전문의 최원석 교수의 고혈압 강연 포스터 문구를 써 줘",
    "循環器内科医の坂口先生の高血圧についての講演会のチラシを作って",
    "طبيبة الأعصاب ريم الخطيب تقدم محاضرة عن الصداع النصفي، اكتب إعلانا",
    'ד"ר נועם ארזי מרצה על סוכרת בספרייה העירונית, כתוב הזמנה',
    (
        "Förderverein Klinikum Lindau, Protokoll: Anwesend Frau Reuter, Herr Pohl, Frau Immler. Der "
        "Flohmarkt brachte 840 €, davon ein neuer Dialysestuhl. Frau Reuter besorgt Blumen. Bitte als "
        "Protokoll formatieren."
    ),
    (
        "Les amis de l'hôpital Saint-Roch : tombola le 4 mai. Mme Pruvost tient la caisse, M. Delcourt les "
        "crêpes ; les fonds vont au service de dialyse. Fais-en une affiche."
    ),
    (
        "Charity walk for the stroke unit: Dana Pell carries the banner, Oskar Lind does the tea. Draft a "
        "schedule."
    ),
    (
        "Raccolta fondi per il reparto di oncologia: Bruno Salis porta il vino, Carla Neri i dolci. Fai la "
        "lista dei turni."
    ),
    (
        "Our pub quiz team is called Chronic Migraine, Ruth Abel captains it; write a trash-talk post "
        "against Team Scurvy."
    ),
    "The band Measles (singer Joel Pratt) plays Friday, the opener is Rubella. Write a gig listing.",
    (
        "Equipo Gastritis contra Equipo Lumbago, capitanes Saúl Prieto y Jon Aldaz: haz el calendario del "
        "torneo."
    ),
    ("Das Boot heißt 'Gicht', der Kapitän ist Lars Wendel. Mach einen lustigen Crewaushang für die Regatta."),
    "Explain chemo brain to me in plain words, what helps and how long does it last on average?",
    "Was ist der Unterschied zwischen Reha und Kur, und wer bezahlt nach einer Hüftoperation?",
    "股関節骨折のあとのリハビリは普通どれくらいかかりますか?",
    "Ile trwa rehabilitacja po złamaniu biodra u osób po siedemdziesiątce?",
    "Docteure Maëlle Kervella publie un guide sur l'endométriose : écris la quatrième de couverture.",
    (
        "Chefarzt Dr. Ruben Stahl spricht am 3. Mai über Herzinsuffizienz, bitte Einladungstext für die "
        "Zeitung."
    ),
    "Write a blurb for 'Salt and Sugar', a memoir-free cookbook for diabetics by dietitian Ines Talbot.",
    "Journalist Bea Korhonen haastattelee tutkijoita masennuksesta, ehdota viisi kysymystä.",
    "De stichting van Joris Veldman zamelt geld in voor alzheimeronderzoek, schrijf een persbericht.",
    "Сценарист Павел Гусев снимает сериал про хирургов, придумай три названия.",
    (
        "Board of Marlow Hospice: chair Edith Crane, treasurer Sam Ojo. Agenda: roof, parking, palliative "
        "wing budget. Make minutes template."
    ),
    "Fundacja Anny Dymarskiej zbiera na sprzęt dla oddziału onkologii, napisz apel na fejsbuka.",
    "講師:山本恵子先生。テーマ:認知症の予防。案内文を作って",
    "主讲人：李建国教授，题目：高血压的饮食管理。写一段讲座预告",
    "El Club Asma juega el domingo contra Los Lumbagos; Pedro Arce arbitra. Haz el cartel.",
    "our sailing boat is called Vertigo, skipper Hanne Lowe, write a funny crew notice",
    "What does back after chemo etiquette look like at work, should colleagues mention it?",
    "Comment annoncer à une équipe qu'un collègue part en congé maladie, sans donner de détails ?",
    "ما هي مدة التعافي بعد عملية القلب المفتوح عادة؟",
    "Jak dlouho trvá rekonvalescence po operaci slepého střeva u dospělých?",
    "תסביר מה ההבדל בין ניתוח פתוח לניתוח לפרוסקופי",
    "Nurse rota: Anna Voss early, Karim Haddad late, Lise Moen night, dialysis ward. Make a table.",
]

#: An expert, a board or a team whose people are ill after all.
ILL_AFTER_ALL = [
    "We are raising money for Leo Brandt, 6, who has leukemia; write the appeal",
    "Cardiologist Ruth Pell has breast cancer herself, help me write her a card",
    ("Friends of the hospital: Dana Pell, our treasurer, was diagnosed with leukemia in May. Draft a note."),
    "Team Migraine lost: our captain Ole Berg had a stroke on Friday. Write to his wife.",
    "Verbale: il sig. Achille Lombardini, affetto da sclerosi multipla, chiede il montascale.",
]


def test_whoever_is_back_or_off_with_an_illness_is_found() -> None:
    assert_each([*ILL, *ILL_AFTER_ALL], has("medical"))


def test_experts_boards_books_and_teams_are_not_ill() -> None:
    assert_each(TOPIC, at_most("contact"))
