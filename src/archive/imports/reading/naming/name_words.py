"""Words by which names of people are told: particles, what surnames end with, words that are no names."""

import re

_PARTICLES_TEXT = """
von af av de van der den di da la le el al bin ibn dos du ten ter zu y
"""
PARTICLES = frozenset(_PARTICLES_TEXT.split())
SURNAMES = re.compile(
    r"\w+(?:sson|son|ström|berg|lund|qvist|quist|kvist|gren|dahl|dal|berger|borg|holm|lind|strand|sjö"
    r"|mark|nder|ander|stedt"
    r"|städt|blad|blom|bäck|back|gård|hult|hag|heim|häll|man|mann|nius|lius|ling|löf|löv|lin|lén|dén"
    r"|rén|nén|tén|tin|vall|vik"
    r"|wall|fors|feldt|fält|skog|sten|stål|stam|hjelm|hielm|roth|sköld|brandt|krantz|cki|(?<!i)ska|ić|vić"
    r"|nen|oğlu|ez|ov|ova|sen|by|is)",
    re.IGNORECASE,
)
_NOT_NAMES_TEXT = """
region regionen norra södra östra västra nya gamla svenska svensk sverige sveriges europa panel panelsamtal
samtal program spår pass sal session seminarium seminariet konferens konferensen workshop moderator
inledning avslutning välkommen välkomna lunch kaffe fika paus lokal plats tid datum arrangör presentation
presentationer film bilder bild referat rapport dokumentation keynote talare medverkande föreläsare måndag
tisdag onsdag torsdag fredag lördag söndag januari februari juni juli augusti september oktober november
december january february july october monday tuesday wednesday thursday friday saturday sunday fokusområde
bergslagen mellansverige norrland norden baltic nordic european swedish sweden the and for with how what why
new from open data digital green smart welcome introduction coffee break session chair keynotes questions
discussion closing opening frågor diskussion vad hur varför när vem så att en ett den det de vi från om mot
till länk ppt pdf powerpoint se läs mer ladda ner här nästa kontakt kommentar reflektion del block tema eu
fn agenda 2030 stockholm katrineholm hässleholm ängelholm laholm vaxholm sundsvall östersund
strömsund norrköping gotland öland halland småland värmland lappland jämtland hälsingland uppland
sörmland västmanland västerbotten norrbotten ångermanland medelpad härjedalen hälsingland gästrikland
dalarna närke västergötland dalsland bohuslän skåne blekinge södermanland östergötland
"""
NOT_NAMES = frozenset(_NOT_NAMES_TEXT.split())
