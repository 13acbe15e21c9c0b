"""What stands in files that nobody wrote for this document: left by programs, by templates, or on any deck.

The phrases are those of templates in general, in Swedish and English; no template is named.
"""

import re
from pathlib import PurePath

_FILLED_IN_PROPERTY = re.compile(
    r"""(?:
        untitled | namnlös(?:\ presentation|t\ dokument)? | no\ title | title | titel | rubrik
        | presentation\d* | slide\ ?\d+ | bild\ ?\d+ | document\d* | dokument\d*
        | power\ ?point[\ -]presentation | microsoft\ (?:word|powerpoint|excel)\b.*
        | .*\.(?:pptx?|ppsx?|potx?|docx?|xlsx?|pdf|odp|odt|key|indd|tex|dvi)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_MADE_BY_PRINTING = re.compile(r"microsoft (power\s*point|word)\s*-\s*(?P<name>.+)", re.IGNORECASE)

_HEADING = r"(?:rubrik|titel|title|heading|headline|subtitle|underrubrik|undertitel)(?:en)?"
_FILE = (
    r"(?:presentation|dokument|document|rapport|report|power\s?point|ppt|bild|slide|sida?|page|föredrag|talk)"
)
_SLIDES = r"(?:presentation|power\s?point|ppt|slide)"
# Prompts, names of programs and of layouts: what a template has where a title should be.
_PLACEHOLDER = re.compile(
    rf"""(?:
        (?:microsoft\s+)? (?:power\s*point|word|google\s+slides|keynote|libreoffice|impress|canva)
            (?:[\s-]* (?:presentation|dokument|document))? \s*\d*
      | (?:(?:min|mitt|en|ny|nytt|new|my|the|a|din|your|tom|blank|empty)\s+)? {_FILE} \s*\d*
      | (?:untitled|namnlös|utan\ titel|no\ slide\ title|ingen\ bildrubrik|no\ title)(?:\s.*)?
      | (?:sheet|blad|chart|diagram|table|tabell|figur|figure|kalkylblad|worksheet|workbook|arbetsbok)\s*\d+
      | (?:klicka|tryck)\ (?:här\ )?för\ att\ .* | (?:click|tap)\ (?:here\ )?to\ (?:add|edit|insert)\b.*
      | (?:skriv|ange|infoga|fyll\ i|lägg\ till|byt\ ut|ändra)\ (?:in\ )?(?:din\ |ditt\ |en\ )?
            (?:{_HEADING}|{_FILE}\w*|namn|text)\b.*
      | (?:type|enter|add|insert|write|put|edit|your)\ (?:in\ )?(?:the\ |a\ |your\ )?
            (?:{_FILE}\ )?(?:{_HEADING}|text|name)\b.*
      | (?:{_FILE}(?:en|et|s|ens|ets)*[\s-]?|huvud|main\s|sid)?{_HEADING}
            (?:\ (?:här|here|goes\ here|text|slide|\d+|(?:på|för|of|for|to|in)\ .*))?
      | (?:start|titel|title|rubrik|försätts|fram|omslags|cover)[\s-]?(?:sida|bild|slide|page)
            (?:\ (?:med|with|utan)\ .*)?
      | (?:.*\ )?lorem\ ipsum\b.* | standard|default|normal|tom|blank|test|office[\s-]?(?:tema|theme)
    )\W*""",
    re.IGNORECASE | re.VERBOSE,
)
# About a template itself, or to those who fill it in.
_ABOUT_TEMPLATE = re.compile(
    rf"""(?:\b{_SLIDES}\w*[\s-]?(?:mall|template)(?:en|er|erna|s)?\b
      | \b(?:mall|template)(?:en)?\b.*\b(?:layout|bild|{_SLIDES})
      | \b(?:layout|{_SLIDES})\w*\b.*\b(?:mall|template)(?:en)?\b
      | \b(?:instruktion|anvisning|instruction|guideline|tips|hjälp)\w*\b.*\b(?:mall|template)
      | \b\w+mall(?:en)?\b.*\b(?:instruktion|anvisning)
      | \b(?:radera|ta\ bort|delete|remove)\b.*\b(?:läst|read|denna\ (?:bild|sida)|this\ (?:slide|page)))""",
    re.IGNORECASE | re.VERBOSE,
)

# On any deck; it says nothing of what this one is about.
_SECTIONS = """
agenda, dagordning, program, programme, schema, schedule, disposition, outline, innehåll,
innehållsförteckning, contents, content, table of contents, översikt, overview, bakgrund,
background, inledning, intro, introduktion, introduction, syfte, purpose, sammanfattning, summary,
abstract, nuläge, motivation, mål, goal, goals, vision, fråga, frågor, questions, q&a, q & a,
diskussion, discussion, tack, thanks, thank you, kontakt, kontaktuppgifter, contact, contacts,
contact us, contact details, referenser, references, nästa steg, next step, next steps, slutsats,
slutsatser, conclusion, conclusions, om mig, om oss, about me, about us, presentation av mig,
presentation av oss, fakta, resultat, results, metod, method, mer information, more information,
länkar, links, vem är jag, vem är vi, vilka är vi, vem pratar, vem talar, who am i, who are we, vad
är vi, vad gör vi, vad gör jag, what we do, what do we do
"""
_SECTION_OPENINGS = re.compile(
    r"(?:dagens|today.?s|our|vår|vårt|kort|en kort|short|brief|a short|a brief)\s+"
    r"|tack (?:för|så) .*|thanks? (?:you )?for .*|\d+",
    re.IGNORECASE,
)
# A kind of text, or a greeting: what the document is about stands beside it.
_KINDS = """
policy, rapport, report, slutrapport, delrapport, final report, technical report, working paper,
paper, pm, promemoria, riktlinje, riktlinjer, protokoll, minutes, beslut, bilaga, appendix, remiss,
remissvar, tjänsteskrivelse, yttrande, minnesanteckningar, nyhetsbrev, newsletter, pressmeddelande,
press release, article, original article, research article, review article, artikel, faktablad, fact
sheet, informationsblad, information, information om, handbok, manual, guide, vägledning, strategi,
handlingsplan, projektplan, utredning, förstudie, seminarium, seminar, webbinarium, webinar,
workshop, konferens, conference, meetup, föreläsning, lecture, kurs, course, välkommen, välkomna,
välkommen hit, welcome, hej, hello, hi, informationsmöte, möte, meeting, årsmöte, föredrag
"""
_SECTION_NAMES, _KIND_NAMES = (
    frozenset(" ".join(name.split()) for name in names.split(",")) for names in (_SECTIONS, _KINDS)
)
_NUMBER_OF_KIND = re.compile(r"\W+\d{0,4}\W*$")


def real_title(text: str) -> str:
    """Return the title in a file's properties on one line; "" when a program filled it in."""
    line = " ".join(text.split())
    if _FILLED_IN_PROPERTY.fullmatch(line) or not any(character.isalpha() for character in line):
        return ""
    return line


def printed_name(title: str) -> str:
    """Return the name of the file that was printed ("Microsoft Word - Rapport.docx"); "" for other titles."""
    printed = _MADE_BY_PRINTING.fullmatch(title)
    return PurePath(printed["name"]).stem if printed else ""


def is_filled_in(line: str) -> bool:
    """Return whether a program or a template wrote the line."""
    return _PLACEHOLDER.fullmatch(line) is not None or is_about_template(line)


def is_about_template(line: str) -> bool:
    """Return whether the line tells of a template, or tells how to use it."""
    return _ABOUT_TEMPLATE.search(line) is not None


def is_section(line: str) -> bool:
    """Return whether the line is a heading that any deck may have, such as "Agenda"."""
    heading = line.strip(" .:!?…").casefold()
    return bool(heading) and _SECTION_OPENINGS.sub("", heading, count=1) in _SECTION_NAMES | {""}


def is_kind(line: str) -> bool:
    """Return whether the line says only what kind of text or meeting it is, such as "Policy"."""
    return _NUMBER_OF_KIND.sub("", line.strip().casefold()) in _KIND_NAMES
