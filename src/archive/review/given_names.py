"""Given names that are common in Sweden, without accents; far from all.

They tell which of two words is the given name ("Nordlander Fredrik"), and names from other words in capitals.
"""

from archive.review.folding import folded

_NAMES = """
adam agnes agneta ake albin alexander alexandra alfred ali alice alma alva amanda amelia amina anders
andre andreas anette anita anja ann ann-charlotte ann-christin ann-marie ann-sofie anna anne anneli
annelie annica annika anton antonio arman arne aron arvid asa ase astrid august axel barbro bengt
benjamin berit bertil birgit birgitta bjorn bo bodil boel borje britt britta bror camilla carin carina
carl carl-johan carola carolina caroline caspar cecilia charlie charlott charlotta charlotte christel
christer christian christina christine christopher claes clara claudia conny cornelia dag dan daniel
david dennis ebba eddie edith edvin edward eija einar elias elin elina elisabeth ella ellen elliot elsa
elvira emelie emil emilia emma emmy eric erica erik erika ester eva evelina fabian fanny fatima felicia
felix filip filippa folke fredric fredrik fredrika freja frida gabriel gabriella georg gerd goran gosta
greger greta gun gunilla gunnar gunnel gustaf gustav hakan hakim hampus hanna hannah hans harald harriet
hedvig helen helena helene helga henric henrik henry hugo håkan ida ingegerd ingemar inger ingmar ingrid
ingvar irene isabella isabelle isak ivan ivar jack jacob jakob jan jan-erik jan-olof janne jari jasmine
jeanette jenny jens jerker jerry jesper jessica jim jimmy joakim joar joel johan johanna johannes john
johnny jon jonas jonatan jonathan josef josefin josefina josefine judith julia julius kaj kajsa karin
karl karl-erik karolina katarina katja katrin kenneth kent kerstin kim kjell klara klas krister kristian
kristin kristina kristine kristoffer lars lars-erik lars-goran lea leif lena lennart leo leon leonardo
liam lilian lily lina linda linn linnea linus lisa lisbeth liselott liv loke lotta louise lova love
lovisa lucas ludvig lukas magdalena magnus mahmoud maj maja malin malte marcus margareta margaretha maria
marianne marie marika marina marita mark markus marlene marta martin martina mary mathias matilda mats
mattias maya melissa melker mia michael michaela mikael mikaela minna miranda moa mohamed mohammed mona
monica monika morgan my nadia nathalie nellie niclas nicole niklas nils nina nora ola olivia olle olof
olov omar orjan oscar oskar osten otto ove par patricia patrik paul paulina pelle per per-erik per-olof
pernilla peter petra petros petter philip pia piotr pontus ragnar rasmus rebecca rebecka reza richard
rickard rikard robert robin roger roland rolf ronja ronny rose roy rune ruth saga samir samuel sandra
sanna sara sebastian selma signe sigrid simon siv sixten sofia sofie solveig sonja soren staffan stefan
stella sten stephan stig stina susan susanna susanne suzanne svante sven sverker sylvia tage tahmina
terese teresia therese thomas thor tilda tilde tim tina tobias tom tomas tommy tony tor torbjorn tord
tore torgny torsten tove tuva tyra ulf ulla ulrica ulrik ulrika urban ursula valter vanja vera veronica
veronika victor victoria vidar viggo viktor viktoria vilgot vilhelm vilma vincent viola vivianne wilhelm
william wilma yasmin ylva yngve yvonne zara zeinab
"""
_FOLDED = frozenset(map(folded, _NAMES.split()))


def is_given_name(word: str) -> bool:
    """Return whether many people in Sweden have a word as their given name, or as part of it."""
    whole = folded(word)
    return whole in _FOLDED or whole.partition("-")[0] in _FOLDED
