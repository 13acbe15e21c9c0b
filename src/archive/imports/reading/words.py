"""Words of programmes: what is no talk, what a heading is about, what kind an event is."""

import re

from archive.imports.reading.linked.file_words import NOT_SHARED
from archive.model.naming.dates import MONTH_NAMES

CLOCK = (
    r"(?:(?:kl\.?\s?)?(?:[01]?\d|2[0-4])(?:[.:]\d\d)(?!\d)(?:\s?(?:am|pm)\b)?"
    r"|kl\.?\s(?:[01]?\d|2[0-4])(?![.:]?\d))"  # "Kl 10. Passiva magasin"
)
TIMES = re.compile(
    rf"^\W{{0,3}}(?:kl\.?\s?)?({CLOCK}(?:[–-](?:[01]?\d|2[0-4])(?=[\s.:])(?![.:]\d)"
    rf"|\s?(?:[–—-]|(?:till|to)\b)\s?(?:{CLOCK}|ca\s)?)?)(?:\s?(?:h|am|pm"
    rf"|uhr)\b)?[\s.:|–—-]*",
    re.IGNORECASE,
)
NUMBER = re.compile(r"^\s*(?:(?:\(?\d{1,2}[.)]\)?|[A-Z][.)]|Nr\.? \d{1,2}[.:]?|#\d{1,2})\s+|[•▪◦»>*–—-]\s+)")

PAUSE = re.compile(
    r"^\W*(?:(?:kort|förmiddags|eftermiddags|gemensam|stående|morgon|nätverks?)?\s?-?"
    r"(?:kaffe|fika|lunch|paus|rast|bensträckare|pausgympa|pausgymnastik|mingel|middag|buffé|frukost"
    r"|registrering|incheckning|samling|"
    r"ankomst|drop-?in|smörgås|coffee|break|registration|dinner|networking|reception|förfriskningar"
    r"|avfärd|hemfärd|"
    r"bussavgång|busstransfer|transport|utställning|gruppfoto|bikup(?:a|or)?(?!\w|\s(?:på|i|av|för|som)\b)"
    r"|gruppdiskussion(?:er)?"
    r"|gruppsamtal|grupparbete|"
    r"gruppövning|workshop i grupper|diskussion i grupper|frågestund|frågor(?: och svar| och"
    r" diskussion)?|q\s?&\s?a|questions(?: and answers)?|"
    r"diskussion(?:er)?(?: i (?:mindre )?grupper?|er)?|bordssamtal|återsamling|summering i grupp|mix"
    r" and mingle|"
    r"kaffepaus|kaffemingel|eftermiddagskaffe|förmiddagskaffe|eftermiddagsfika|förmiddagsfika"
    r"|lunchmingel|lunchpaus|fikapaus|mikropaus|vattenpaus)\w*)"
    r"(?:\b|$)",
    re.IGNORECASE,
)
MINOR = re.compile(
    r"^\W*(?:avslut\w*|slut för dagen|slutord|tack för i ?dag|vi avslutar|end of|closing|adjourn"
    r"|hemresa|summering(?: och avslut\w*)?|"
    r"sammanfattning(?: och avslut\w*)?|inledning|välkom\w+|welcome|öppnande|introduktion|opening"
    r"|återkoppling|slut|programmet slutar|thanks)\b",
    re.IGNORECASE,
)
CANCELLED = re.compile(
    r"\b(?:inställ[dt]a?|ställdes in|utgick|utgår|cancelled|canceled|struket|ersattes av)\b", re.IGNORECASE
)
NO_DECK = re.compile(
    r"^(?:\W*(?:ingen|inga|no)\s(?:fil|filer|presentation|presentationer|bilder|slides|bildspel|material"
    r"|deck)\b.*"
    r"|\W*(?:presentationen |bilderna )?(?:får|kan|ska) (?:ej|inte) (?:läggas ut|spridas|publiceras|visas"
    r"|delas)\W*"
    r"|\W*(?:ej|inte|not)\s(?:tillgänglig\w*|available|publicera\w*)\W*"
    r"|\W*(?:bilder(?:na)?|presentation(?:en|erna)?|bildspel(?:et)?|åhörarkopior(?:na)?|materialet"
    r"|slides|the slides)\b.{0,80}"
    r"\b(?:kan|fås|saknas|lämnas|delas|publiceras|finns|beställ\w*|may|can|not|are|läggs|kommer"
    r"|visades|inte|ej)\b.*"
    r"|\W*(?:presentation(?:en)?|bilder|bildspel|slides)?\s?saknas\W*"
    r"|\W*(?:finns|kommer) (?:ej|inte|ännu ej|inte ännu)\W*|\W*(?:ej|inte) (?:klar|inlämnad)\w*\W*"
    rf"|{NOT_SHARED})$",
    re.IGNORECASE,
)
NOT_ABSTRACT = re.compile(
    r"^\W*(?:presentation(?:en|er|erna)?|bilder(?:na)?|bildspel(?:en|et)?|åhörarkopior"
    r"|material)\s?:.{0,120}$|^\W*(?:nästa|kommande) (?:gång|möte|träff|seminari\w+|konferens|webbinari\w+"
    r"|\w+(?:dag|träff|möte))\b"
    r"|^\W*(?:hela )?(?:dagen|dagarna|konferensen|seminari\w+|webbinari\w+|mötet|programmet"
    r"|föreläsningarna)\b"
    r".{0,60}\b(?:film\w*|spelades in|inspel\w+|i efterhand|webbsänd\w*|stream\w*)\b.{0,40}$"
    r"|^\W*(?:foto|bild|photo|fotograf|image|illustration)\s?:|^\W*(?:se|läs|ladda|hämta|klicka"
    r"|download|watch|view|här kan du)\b.{0,60}\b(?:här|ner|mer|filmen|presentation\w*|bilder\w*"
    r"|inspelning\w*|here|slides)\W*$"
    r"|^\W*(?:hans|hennes|deras|[A-ZÅÄÖ]\w+s|dessa|alla)\s(?:bilder|presentation|bildspel|föredrag"
    r"|material|underlag)\w*\b"
    r".{0,40}\b(?:hittar|finns|ligger|kan|ses|laddas|hämtas|ser|nås)\b.{0,30}$"
    r"|^\W*[A-ZÅÄÖ][\w-]+s?(?:\soch\s[A-ZÅÄÖ][\w-]+s)?\s(?:bilder|presentation|bildspel|föredrag)\W*"
    r"(?:\([^()]{2,20}\)\W*)?$"
    r"|^[”\"“][^”\"“]{3,300}[”\"“],?\s(?:var|blev|löd|är|sa|sade|säger|menade?r?|konstaterade|tyckte|avslutade)\s"
    r"|^.{0,40}\b(?:protokoll|minnesanteckningar|referat)\w*\s(?:finns|ligger|hittar|publiceras)\b.{0,60}$"
    r"|^\W*länk(?:ar)? till \w+\s?:?\W*$|^\W*(?:pdf|ppt|pptx|\d+[.,]?\d*\s?[mk]b)\W*$"
    r"|^.{0,60}\b(?:kan|finns att|går att) (?:laddas?|hämtas?|läsas|läsa|ses)\b.{0,30}$",
    re.IGNORECASE,
)

_OTHERS = (
    r"(?:seminari|träff|dokumentation|nyhet|inlägg|evenemang|event|forum|konferens|aktivitet|möte"
    r"|workshop|kurs|web+inari|artik|år\b|år:|seminars?\b|news|posts?\b"
    r"|meetings?\b|conferences?\b|nätverk|\w*dag(?:ar|en|arna)?\b|\w*träffar|föreläsning|program\b"
    r"|material\b|information|termin)"
)
OTHER_SECTION = re.compile(
    rf"^\W*(?:(?:fler|flera|tidigare|kommande|senaste|andra|aktuella|relatera\w*|nästa|planerade|våra"
    rf"|more|previous|past|upcoming|latest|recent|other|next|related"
    rf"|future)\s(?:\w+\s){{0,2}}{_OTHERS}\w*"
    r"|(?:läs (?:också|även)|mest läst|på gång|kalender(?:n|iet)?|aktuellt|nyheter|relaterat(?:"
    r" innehåll)?|related(?: content)?|kontakt(?:a oss|person(?:er)?|uppgifter)?|contact(?: us)?"
    r"|dela(?: sidan)?|share|hitta hit|anmäl(?:an|ning|dig)?|"
    r"registration|registrera dig|kommentarer|comments|lämna (?:en )?kommentar|skriv ut|om"
    r" webbplatsen|följ oss.{0,20}|prenumerera.{0,30}|nyhetsbrev|planer(?:a|ing)?(?: framåt)?|framåt"
    r"|(?:tack till )?(?:våra )?(?:partner|samarbetspartner(?:s)?|sponsorer)|deltagar(?:e|lista|förteckning)"
    r"|participants|praktisk information|save the date|arkiv|archive|taggar|tags|genvägar|se även|see also"
    r"|ansvarig|missa inte.{0,30}|från (?:förra årets?|fjolårets?|föregående års?) .{1,30}|"
    r"utställare|exhibitors|kostnad|pris|boende|hotell|på gång.{0,20}|calendar|tidigare år|tidigare"
    r"|kommande)\W*$)",
    re.IGNORECASE,
)
READING = re.compile(
    r"^\W*(?:läs mer|läsvärt|lästips|läsning\W*$|mer läsning|dagens läsning|läs vidare|rapport(?:er(?:na)?"
    r"|en)?\b(?!\sfrån)"
    r"|(?:relaterade |våra |tidigare )?publikationer|relaterade (?:rapporter|skrifter|handböcker)"
    r"|further reading|reports?|publications?|reading\W*$|rapporter och \w+|skrifter|läs även|litteratur)\b",
    re.IGNORECASE,
)
_FILES = (
    r"(?:presentation\w*|bilder\w*|bildspel\w*|dokument\w*|material\w*|film\w*|filer\w*|anteckningar|länkar"
    r"|åhörarkopior\w*|underlag|inspelning\w*|slides|rapporter)"
)
_GIVEN = (
    r"(?:(?:ta del av|här (?:är|finns|hittar du|kan du (?:ladda ner|se|hämta))|hitta|se|ladda (?:ner|hem"
    r"|ned)|hämta"
    r"|alla|dagens|kvällens|talarnas|föreläsarnas|föredragshållarnas|seminariets|konferensens|våra"
    r"|samtliga|från|med"
    r"|och|hela|dagen|seminariet|konferensen|webbinariet|mötet|programmet)\s)*"
)
DOCUMENTS = re.compile(
    rf"^\W*{_GIVEN}{_FILES}(?:\s(?:från|för)\s(?:dagen|dagarna|seminariet|konferensen|webbinariet|mötet"
    rf"|kvällen|talarna"
    r"|föreläsarna|föredragshållarna|programmet))?\W*$|"
    rf"^\W*(?:{_FILES}(?:(?:\s?[,/&+]\s?|\s(?:och|samt|and)\s){_FILES})+|\w{{4,}}s {_FILES}|ladda ned)\W*$|"
    r"^\W*(?:dokumentation(?:en)?|presentationer(?:na)?|presentationsmaterial|bildspel"
    r"|bilder(?:na)?(?: och (?:anteckningar|filmer|film))?|åhörarkopior|"
    r"material(?:et)?|(?:ladda (?:ner|hem)|hämta)(?:\s.{0,40})?|hela .{2,30} på film|filer"
    r"|dokument|bilagor|övrigt(?: material)?|läs (?:mer|vidare|också|även)|fördjupning|läsvärt"
    r"|mer information|mer material|länkar|"
    r"presentations|slides|documents|downloads?|materials?|links|further reading|resources|files"
    r"|filmer|film|inspelning(?:ar|en)?|"
    r"recordings?|videos?|rapporter|reports|underlag|talarnas bilder|talarnas presentationer"
    r"|föreläsarnas bilder|"
    r"dagens (?:presentationer|bilder|material)|se (?:presentationerna|bilderna)|presentationer från"
    r" .{0,60}|dokumentation från .{0,60}|"
    r"presentationer och .{0,40}|dagens läsning|lästips|mer läsning|webbsändning|material från"
    r" .{0,60}|presentationsbilder)\W*$",
    re.IGNORECASE,
)
PROGRAMME = re.compile(
    r"^\W*(?:program(?:met)?(?:\s(?:och|med)\s.{0,40})?|dagens program|agenda|programpunkter|schema"
    r"|föreläsningar(?:na)?.{0,40}|föredrag(?:en)?|"
    r"talare|medverkande|föreläsare|speakers|programme|schedule|talks|programme and slides"
    r"|presentationer|(?:förmiddag|eftermiddag)(?:en)?(?:[,:]?\s(?:spår|pass|session|block|tema)\b.*)?|"
    r"morning|afternoon|förmiddagspass(?:et)?|eftermiddagspass(?:et)?"
    r"|(?:inledande |avslutande |opening |closing )?plen(?:um|ary)|gemensamt program"
    r"|inledande pass|pass \d.*|block \d.*|del \d.*|"
    r"session \d\s*:?.*|session [A-Z]\b.*|spår \w{1,2}\b.*|track \w{1,2}\b.*|dag \d.*|day \d.*"
    r"|keynotes?|plenary.{0,30}|talarna|så var dagen|parallella? .*|parallel .*|.{0,30}parallella"
    r" (?:spår|pass|sessioner|seminarier).{0,20}|"
    r"\w+ parallel sessions.*|(?:genomförda|årets|vårens|höstens) \w+)\W*$",
    re.IGNORECASE,
)
PARALLEL = re.compile(r"\bparallell?\w*", re.IGNORECASE)
TRACK = re.compile(
    r"^\W*(?:spår|track|session|sal|rum|ström|stream|seminariespår|block|pass)\s(?:\d{1,2}|[A-Z]|ett"
    r"|två|tre|fyra)\b",
    re.IGNORECASE,
)
WEEKDAYS = r"(?:mån|tis|ons|tors|fre|lör|sön|mon|tues|wednes|thurs|fri|satur|sun)(?:dag(?:en|ens)?|day)"
DAY = re.compile(
    rf"^\W*(?:(?:dag|day)\s?\d\b.*|(?:{WEEKDAYS},?\s?)?(?:den\s)?\d{{1,2}}(?:st|nd|rd|th"
    rf"|:?e)?\.?\s(?:{MONTH_NAMES})\.?(?:,?\s(?:19|20)\d\d)?|{WEEKDAYS})\W*$",
    re.IGNORECASE,
)
PANEL = re.compile(
    r"\b(?:panel\w*|rundabord\w*|samtal\w*|debatt\w*|round ?table|conversation|fishbowl)\b", re.IGNORECASE
)
MODERATOR = re.compile(
    r"^\W*(?:(?:moderator(?:er)?|dagens moderator|samtalsledare|konferencier|processledare"
    r"|seminarieledare|panelledare|spårvärd(?:ar)?|spårledare|sessionsvärd|programledare"
    r"|(?:pass|block|session|sal|grupp|seminarie)(?:ledare|värd(?:ar)?|ansvarig)(?=\s?:)"
    r"|diskussionsledare|debattledare|utfrågare|ordstyrare|mötesledare"
    r"|session chairs?|moderated by|chaired by|facilitator|samtalet leds av|leds av|modereras av"
    r"|modererades av)"
    r"(?:\s(?:var|är|was)\b)?\s?(?::|\b)|(?:eftermiddagens |förmiddagens |dagens )?(?:ordf(?:örande|\.)?"
    r"|sessionsordförande|sessionsledare|chair(?:person|man|s)?)(?:\s(?:för|under)\s\w+)?\s?(?::|\s(?:var|är|was)\b))\s*",
    re.IGNORECASE,
)
SPEAKERS = re.compile(
    r"^\W*(?:keynote(?:talare)?(?=:)|huvudtalare|handledare(?=:)|workshopledare"
    r"|(?:ett )?samtal(?:et)? (?:mellan|med)|i samtal med|(?:talare|föreläsare|medverkande) är"
    r"|i (?:detta|denna|det|den) (?:\w+(?:ande|ska) )?\w+ (?:deltog|deltar|medverka(?:de|r)|satt|samtalade)|"
    r"medverkande(?: var)?|talare(?: var)?|föreläsare|föredragshållare|i panelen(?: deltog|"
    r" satt| medverkade)?|deltog gjorde|panel(?:deltagare)?|deltagare|medverkar|"
    r"presentatör(?:er)?|paneldeltagare|panelen bestod av|i samtalet deltog|i samtalet medverkade"
    r"|deltagare i panelen|speakers?|panell?ists?|with|med|presenterad av|presenterades av|"
    r"föredragande|inledare|inledningstalare|talar gör|presented by|presenter|av|by)\s?(?::|\b)\s*",
    re.IGNORECASE,
)
LED_BY = re.compile(
    r"^(?:[\w-]+(?:en|et|talen|arna|in|na)|the [\w-]+)\s(?:leddes|leds|modererades|modereras|hölls ihop|led"
    r"|was moderated|was chaired)\s(?:av|by)\s",
    re.IGNORECASE,
)
WHOLE_EVENT = re.compile(
    r"^\W*(?:dagen|dagarna|seminariet|konferensen|mötet|webbinariet|programmet|evenemanget"
    r"|symposiet|workshoppen|temadagen|träffen|the day"
    r"|the seminar|the conference)\s",
    re.IGNORECASE,
)
FACT = re.compile(
    r"^\W*(plats|lokal|var|place|venue|where|location|datum|när|dag|date|when|tid|time|arr\.?|arrangör(?:er)?"
    r"|arrangerad? av|arrangerades av|organisatör(?:er)?|organi[sz]ers?|organi[sz]ed by|hosts?|hosted by"
    r"|värd(?:ar)?|i samarbete med|i (?:samband|anslutning) (?:med|till)|in connection with"
    r"|fokusområde(?:t|n)?|tema|målgrupp|kostnad|pris|antal deltagare|deltagare|språk|language|typ"
    r"|moderator(?:er)?|kontakt\w*|adress|anmälan\w*|evenemangstyp|kategori|sal)\s?[:?]\s*",
    re.IGNORECASE,
)
KINDS = (
    (
        "study visit",
        r"studiebesök\w*|studieres[aeo]\w*|study visit|study tour|exkursion\w*|fältvandring\w*"
        r"|fältdag\w*|skogsdag(?:en)? i fält",
    ),
    ("webinar", r"web+inari\w*|web+inar\w*"),
    ("workshop", r"workshop\w*|arbetsverkstad\w*"),
    (
        "conference",
        r"(?!års|press|video)\w*konferens(?:en|ens|er|erna)?|conferences?|\w*symposi(?:um|et)"
        r"|\w*kongress(?:en)?|\w*konvent(?:et)?|summit",
    ),
    (
        "seminar",
        r"\w*seminari(?:um|et|ets|er|erna|edag\w*)|seminars?|temadag\w*|temaeftermiddag\w*"
        r"|temakväll\w*|föreläsningskväll\w*|frukostmöte",
    ),
    ("meeting", r"(?!års|styrelse|vår|höst)\w*möte[tn]?|\w*träff(?:en|ar)?|meeting|samråd\w*"),
)
TITLE_KINDS = (
    *KINDS,
    (
        "conference",
        r"(?!(?:års|vår|höst|vinter|sommar|förenings|förbunds|distrikts|läns|medlems|ombuds|bolags)stämma)"
        r"[\w-]{3,}stämma\w*|\w*forum(?:et)?|\w{3,}tinget|(?:energi|kultur|bygde|miljö|vatten|folk|klimat|medborgar"
        r"|mat|natur|hälso|skol|[a-zåäö]+(?:bygds|ngs|oms|tids|gs|ons))ting|\w*dagar(?:na)?|riksmöte\w*|toppmöte\w*|\w*mässa\w*|\w*konvent",
    ),
    (
        "meeting",
        r"(?:vår|höst)möte\w*|\w*nätverk(?:et)?|årsmöte\w*"
        r"|(?:(?:års|vår|höst|vinter|sommar|förenings|förbunds|distrikts|läns|medlems|ombuds|extra|bolags)?stämma\w*)",
    ),
)
