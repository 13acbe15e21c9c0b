"""What words of links, or beside them, call a deck, a film, a report or a paper of the day."""

import re

FILM_WORDS = re.compile(
    r"\b(?:film(?:en|er|erna|ad|at|ade|klipp)?|video\w*|inspelning\w*|inspelad|webbsändning\w*|webb-tv|se"
    r" (?:i )?efterhand|se föreläsningen|se föredraget|recording|watch|streamen|sändning(?:en)?"
    r"|youtube|vimeo)\b|_film\b",
    re.IGNORECASE,
)
DECK_WORDS = re.compile(
    r"\b(?:presentation(?:en|er|erna|s)?|ppt|pptx|power ?point|bild(?:er|erna|spel|spelet)|slides?"
    r"|slide deck|åhörarkop\w*|föredrag(?:et)?|pdf)\b",
    re.IGNORECASE,
)
REPORT_WORDS = re.compile(
    r"\b(?:\w*rapport(?:en|er)?|report|\w*studie(?:n|r)?|study|utredning(?:en)?|slutrapport"
    r"|publikation(?:en)?|skrift(?:en)?|bok(?:en)?|policy ?brief|white ?paper|handbok(?:en)?"
    r"|vägledning(?:en)?|guiden?(?=\s(?:för|till|om|i)\b)|kunskapsöversikt(?:en)?|faktablad(?:et)?"
    r"|broschyr(?:en)?|betänkande|sou \d|avhandling(?:en)?|artikel(?:n)?|promemoria|pm|strategi(?:n)?"
    r"|\w*program 20\d\d\w*|publication|handlingsplan(?:en)?|översikt(?:en)?|dagens läsning|reading)\b",
    re.IGNORECASE,
)
PAPER_WORDS = re.compile(
    r"\b(?:program(?:met|blad)?|programme|agenda(?! 20)|deltag\w*|anmälningslista|participants?|list of"
    r" participants|inbjudan|invitation|referat(?:et)?|minnesanteckning\w*|"
    r"anteckning\w*|anteckningar_\w+|notes|noter|protokoll(?:et)?|minutes|sammanfattning(?:en|ar)?"
    r"|summary|utvärdering(?:en)?|enkät\w*|evaluation|gruppernas|grupper(?:na)?s?|gruppdiskussion\w*|"
    r"foton?|bilder från(?!\s.{0,60}(?:föredrag|föreläsning|presentation|anförande|passet|sessionen))"
    r"|photos|karta|vägbeskrivning|affisch|poster|pressmeddelande|press release"
    r"|redovisning av grupp\w*|slutsatser från grupp\w*|bordsdiskussion\w*)\b",
    re.IGNORECASE,
)
SURE_PAPER = re.compile(
    r"deltagarlist\w*|deltagarförteckning|minnesanteckning\w*|anteckningar|gruppernas"
    r"|gruppdiskussion\w*|^\W*(?:program|agenda(?! 20)|referat|inbjudan)\b|protokoll|participants",
    re.IGNORECASE,
)
OWNED_FILE = re.compile(
    r"\W*(?:(?:se|hämta|ladda (?:ner|ned|hem)|öppna|titta på|läs|här är)\s+)?"
    r"(?:(?:[A-ZÅÄÖ][\w-]*(?:s|x|z|:s|['’]s)?\s(?:och\s)?){1,4}|(?:hans|hennes|deras|hens|hela)\s)?"
    r"(?:ppt|powerpoint|\w*(?:bilder|bildspel|presentation|föredrag|föreläsning|film|inspelning|underlag)"
    r"(?:na|en|et|erna|er)?|slides|åhörarkopior(?:na)?)"
    r"(?:\s(?:av|från|med)\s.{2,60}|\s(?:här|som pdf|på film))?\W*$",
    re.IGNORECASE,
)  # "Hennings bilder", "Ida Eks presentation", "bilder från SCB"
NOT_SHARED = (
    r"[^.!?]{2,60}\s(?:"
    r"(?:ville|vill|kunde|kan|önskade|önskar|fick|får|har|valde|valt|avböjde)\s(?:\w+\s){0,3}?"
    r"(?:lägga|dela|sprida|publicera|lämna|skicka|visa|lagt|delat|publicerat|lämnat)\s(?:ut\s|med\ssig\sav\s)?"
    r"(?:sin|sina|sitt|några|någon|något)\s(?:\w+\s)?"
    r"|(?:visade|hade|använde|har)\s(?:dock\s)?(?:inga|ingen|inget|inte\snågra|inte\snågon)\s"
    r"|(?:talade|pratade|berättade|föreläste)\s(?:fritt\s)?utan\s)"
    r"(?:bild|presentation|powerpoint|ppt|åhörarkopi|underlag|material)\w*\b[^.!?]{0,90}\W*"
)  # "Alice ville inte lägga ut sina bilder, men kan nås via verket."
ALL_DECKS = re.compile(
    r"\b(?:alla|samtliga|all|dagens|dagarnas|konferensens|seminariets|symposiets|mötets)\s(?:[\w-]+s\s)?"
    r"(?:bilder|presentation|bildspel|åhörarkopior|slides|föredrag|föreläsning|filer|material|powerpoint|ppt)",
    re.IGNORECASE,
)
