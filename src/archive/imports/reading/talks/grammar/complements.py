"""What a talk was about, behind its verb: without adverbs, particles and words for the talk itself.

"delade därefter med sig av hur …", "tog med publiken på en resa genom …", "gav sin bild av …",
"inledde med att berätta om …" all end in the topic. Words are told by what they are: adverbs, those who
listen, particles of verbs, nouns for telling by what they end with.
"""

import re

from archive.imports.reading.naming.verbs import FINITE
from archive.imports.reading.pieces import Piece

_ADVERB_TEXT = """
därefter därpå sedan sen också även vidare kort kortfattat kortare mer mera lite litet utförligt målande
levande generöst tillsammans gemensamt först inledningsvis avslutningsvis slutligen själv själva särskilt
härnäst ingående detaljerat översiktligt engagerat initierat inspirerande pedagogiskt personligt öppet
då där här bland\\sannat bl\\.?\\sa\\. framför\\sallt inte\\sminst dessutom slutligen till\\ssist
i\\stur\\soch\\sordning på\\splats via\\slänk i\\ssin\\stur varmt roligt
"""
_ADVERB = rf"(?:{'|'.join(_ADVERB_TEXT.split())}|[a-zåäö]{{3,}}(?:iskt|igt|fullt|samt))"
_AUDIENCE = (
    r"(?:oss(?:\salla)?|publiken|deltagarna|åhörarna|besökarna|gästerna|mötet|auditoriet|församlingen"
    r"|alla(?:\snärvarande)?)"
)
_TELLING_NOUN = (
    r"(?:[a-zåäö]*(?:föredrag|föreläsning|anförande|dragning|kåseri|inlägg|bild|exposé|betraktelse"
    r"|översikt|inblick|överblick|resa|vandring|rundtur|rundvandring|redogörelse|orientering|smakprov)"
    r"|syn|svar)"
)
_DETERMINER = (
    r"(?:en|ett|sin|sitt|sina|några|flera|många|den|det|de|deras|dagens|kvällens|egna|två|tre|lite|mer)"
)
_ABOUT = r"(?:om|kring|runt|av|i|på|över|till|från|för|genom|rörande|angående|med\s(?:titeln|rubriken|temat))"
_CARRIER = re.compile(
    rf"(?:(?:med|på"
    rf"|in\si)\s)?(?:{_DETERMINER}\s)(?:[a-zåäö-]+\s){{0,3}}?{_TELLING_NOUN}\s(?:{_ADVERB}\s)?{_ABOUT}\s"
)
_LEADING = re.compile(
    rf"(?:(?:{_ADVERB}|{_AUDIENCE})\s)+(?:(?:in\s|med\s)?(?:till|på|med|om|i|kring|genom|av|för|runt)\s)?"
)
_PARTICLE = re.compile(
    r"(?:av\smed|med\ssig\s(?:av|om|kring|från)|sig\s(?:in\s)?(?:i|an|åt|på)|(?:in|upp|ut|fram|vidare"
    r"|runt|ned|ner)\s(?:på|i|med|om|kring)|på\sdjupet\s(?:i|med|kring)"
    r"|närmare\spå|i\skast\smed|ett\sslag\sför)\s"
)
_INFINITIVE = re.compile(
    r"(?:(?:med\s|genom\s)?att\s|(?=(?:presentera|berätta|informera|redogöra|redovisa"
    r"|visa)\s))(?:(?:kort|sedan|bland\sannat)\s)?"
    r"(?:(?:berätta|informera|tala|prata|föreläsa|resonera|reflektera|orientera|rapportera)"
    rf"(?:\s(?:{_ADVERB}|{_AUDIENCE}))*(?:\s(?:om|kring|runt|över)|(?=\s(?:hur|varför|vad|vilk\w+|när|vem)\s))"
    r"|redogöra\sför|dela\smed\ssig\sav|gå\sigenom"
    r"|visa|beskriva|presentera|redovisa|förklara|belysa|diskutera|sammanfatta|ge)\s"
)
_ANY_INFINITIVE = re.compile(
    r"(?:med|genom|för)\satt\s[a-zåäö]+[aå](?:\s(?:fast|upp|fram|igenom|ut|in))?\s(?:(?:om|kring|på|för)\s)?(?=\S)"
)
_SECOND_VERB = re.compile(
    r"\soch\s(?:berättade|berättar|talade|talar|informerade|informerar|föreläste|pratade|resonerade)"
    rf"(?:\s(?:{_ADVERB}|{_AUDIENCE}))*\s(?:om|kring|runt)\s"
)
_WHO = re.compile(
    rf"som\s{FINITE}\s(?:(?:{_ADVERB}|{_AUDIENCE})\s)*(?:(?:på|om|kring|för|fram|upp|igenom|av|över|runt)\s)?"
)
_WITH = re.compile(r"med\s(?=(?:en|ett|sin|sitt|sina|några)\s)")
_CALLED = re.compile(r"(?:[a-zåäö]+\s){0,3}[a-zåäö]+(?:en|et|an|na)\s[”\"“»](?P<title>[^”\"“»«]{4,})[”\"“«»]")
_TURNS = 5
_FIRST_WORDS = 9


def bare_topic(topic: Piece) -> Piece:
    """Return a topic told in a sentence without what only tells that and how it was told."""
    if not topic.text[:1].islower():
        return topic
    for _ in range(_TURNS):
        found = next(
            (
                one
                for each in (_WHO, _LEADING, _PARTICLE, _CARRIER, _INFINITIVE, _ANY_INFINITIVE, _WITH)
                if (one := each.match(topic.text))
            ),
            None,
        )
        if found is None or not topic.text[found.end() :].strip():
            break
        topic = topic.part(found.end())
    called = _CALLED.fullmatch(topic.text)
    if called is not None:
        return topic.part(called.start("title"), called.end("title"))
    second = _SECOND_VERB.search(topic.text)
    if second is not None and len(topic.text[: second.start()].split()) <= _FIRST_WORDS:
        topic = topic.part(second.end())
    return topic
