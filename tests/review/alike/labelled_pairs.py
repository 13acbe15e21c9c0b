"""Two hundred pairs of names, each labelled by hand: the same, or not.

Real names of speakers and organisations (open seminars on open data, and our own seed), with the ways in
which programmes have misspelt such names, and others that are close and not the same. The pairs of `LATER`
were written when the rules were in place, without looking at what they answer.
"""

from archive.model.names import NameKind

_PEOPLE_SAME = """
Carina Åkerberg | C. Åkerberg
Carina Åkerberg | Åkerberg, Carina
Carina Åkerberg | CARINA ÅKERBERG
Carina Åkerberg | Carina M. Åkerberg
Lisa Virén | Lisa Viren
Lisa Virén | Lisa Viréen
Antti Vainio | Antti Vaino
Antti Vainio | A Vainio
Lotta Sartz | Lotta Sarts
Fredrik Nordlander | Nordlander Fredrik
Fredrik Nordlander | Fredric Nordlander
Fredrik Nordlander | Fredrik Nordlnader
Alexander Warnolfs | Alexander Warnolf
Anna Svedlund | dr Anna Svedlund
Björn Hagström | Björn Hagstrøm
Björn Hagström | B Hagström
Björn Lundell | Prof. Björn Lundell
Björn Lundell | Björn Lundel
Caspar Almalander | Kaspar Almalander
Catharina Ekdahl | Katarina Ekdahl
Catharina Ekdahl | Catharina Ekdal
Charlott Galant | Charlott Gallant
Daniel Dersén | Daniel Dersen
Daniel Dersén | Dersén, D.
Dimitrij Aleshkov | Dimitrij Alesjkov
Elenor Weijmar | Elenor Weimar
Eric Hjelmestam | Erik Hjelmestam
Erik Lejdemyr | Eric Leijdemyr
Erik Lejdemyr | E. Lejdemyr
Fredrik Vesström | Fredrik Weström
Göran Westerlund | Göran Vesterlund
Henrik Sandklef | Henrik Sandkleff
Henrik Sandklef | Henric Sandklef
Jeremija Isakovic | Jeremija Isaković
Jerry Löfvenhaft | Jerry Löfvenhafft
Jessica Prytz | Jessica Pryts
Johan Linåker | J. Linåker
Johan Linåker | Johan Linåkers
Jonas Gamalielsson | Jonas Gamalielson
Jonas Gamalielsson | Jonas Gamailelsson
Josefina Algotsson | Josefina Algotson
Karin Bredenberg | Carin Bredenberg
Kristine Ulander | Christine Ulander
Leonardo Favario | Favario Leonardo
Malin Klintholm | Malin Klintholmn
Malin Åkerlund | Malin  Åkerlund (RISE)
Maria Dalhage | Maria Dahlhage
Martin Törnros | Martin Törnroos
Mattias Axell | Mathias Axell
Niels Paarup-Petersen | Niels Paarup Petersen
Niels Paarup-Petersen | Niels Petersen
Per Olof Lindsten | Per-Olof Lindsten
Per Olof Lindsten | P-O Lindsten
Per Olof Lindsten | Per Lindsten
Peter Mankenskiöld | Petter Mankenskiöld
Peter Mankenskiöld | Peter Mankensköld
Rickard Lundstedt | Rikard Lundstedt
Robin Linderborg | Robin Lindeborg
Ulrika Domellöf | Ulrica Domellöf
Ulrika Häggqvist | Ulrika Häggkvist
Wilhelm Åkesson | Vilhelm Åkesson
Vanja Carlén | Vanja Karlén
Anna-Karin Ek | Anna Karin Ek
Anna-Karin Ek | AK Ek
Jascha Franklin-Hodge | Jascha Franklin Hodge
"""

_PEOPLE_OTHER = """
Carina Åkerberg | Carina Åkerlund
Carina Åkerberg | Karin Åkerberg
Carina Åkerberg | Carina Akerberg
Malin Åkerlund | Malin Klintholm
Malin Åkerlund | Martin Åkerlund
Anna Svedlund | Anna Svedberg
Anna Lindberg | Anna Lundberg
Johan Lindberg | Johanna Lindberg
Johanna Lindberg | Johanna Lindgren
Maria Dalhage | Marie Dalhage
Marie Haldorson | Maria Haldorson
Erik Jonsson | Erika Jonsson
Elin Jonsson | Elin Jönsson
Elin Jonsson | Elin Johansson
Andreas Tryti | Anders Tryti
Per Hagström | Björn Hagström
Per Hagström | Petra Hagström
Per Runeson | Per Hagström
Johan Stang | Johan Thelin
Johan Thelin | Johan Roxendal
Josef Andersson | Manne Andersson
Josef Andersson | Josefin Andersson
Linda Jakobsson | Lina Jakobsson
Martin Hell | Martin Törnros
Magnus Wåhlberg | Magnus Wahlberg
Daniel Melin | Daniel Rudmark
Daniel Melin | Daniela Melin
Jan Ainali | Jari Ainali
Jonas Södergren | Jonas Sandgren
Jonas Södergren | Jonas Söderström
Eva Ås | Eva As
Eva Ek | Eva Ås
Lisa Holm | Lisa Holmberg
Anders Nordin | Anders Norlin
Ulf Sandberg | Ulf Sundberg
Karl Berglund | Karl Berglind
Karl Larsson | Karl Karlsson
Anna Persson | Anna Pettersson
Lena Nilsson | Lena Nelson
Sara Ström | Sara Strand
Anna Karin Ek | Anna Maria Ek
Anna Karin | Anna Karin Berg
Tobias Edman | Tobias Hedman
Tomas Lagren | Tomas Lagerlöf
Kim Lantto | Kim Lundstedt
Axel Pettersson | Mattias Axelsson
Per Olof Berg | Olof Berglund
Robin Linderborg | Robert Linderborg
"""

_ORGANISATIONS_SAME = """
Region Gävleborg | Regionen Gävleborg
Region Gävleborg | REGION GÄVLEBORG
Region Örebro län | Region Örebro
Region Örebro län | Region Örebros län
Mellansvenska Handelskammaren | Mellansvenska Handelskammare
Mellansvenska Handelskammaren | Handelskammaren, Mellansvenska
Mellansvenska Handelskammaren | Mellansvenska Handlskammaren
Örebro universitet | Universitetet i Örebro
Lunds universitet | Lunds Universitet
Lunds universitet | Lund University
Hagström Consulting | Hagström Consulting AB
Statistiska centralbyrån | SCB
Kungliga Tekniska högskolan | KTH
Kungliga Tekniska högskolan | Kungl. Tekniska högskolan
Kungliga Tekniska högskolan | Kungliga Tekniska högskolan (KTH)
Länsstyrelsen Gävleborg | Länsstyrelsen i Gävleborgs län
Länsstyrelsen i Dalarnas län | Länsstyrelsen Dalarna
Sveriges Kommuner och Regioner | SKR
Göteborgs Stad | Göteborgs stad
Göteborgs Stad | Göteborg stad
"""

_ORGANISATIONS_OTHER = """
Region Gävleborg | Region Gotland
Region Gävleborg | Landstinget Gävleborg
Region Gävleborg | Länsstyrelsen Gävleborg
Region Gävleborg | Gävle kommun
Region Örebro län | Örebro kommun
Region Örebro län | Örebro universitet
Region Västmanland | Region Västernorrland
Region Halland | Region Dalarna
Luleå kommun | Piteå kommun
Luleå kommun | Luleå tekniska universitet
Göteborgs Stad | Helsingborgs Stad
Göteborgs Stad | Göteborgs universitet
Högskolan i Gävle | Högskolan i Borås
SCB | SCA
KTH | Karlstads tekniska center
SKR | SKF
"""

LATER = """
= person
Sumbat Sarkis | Sarkis, Sumbat
Hakim Sjöström | H. Sjöström
Wesslau Söderqvist | Wesslau Söderkvist
Alina Östling | A. Östling
Bastien Guerry | Bastien Guery
Tomas Lagren | Thomas Lagren
Therese Bojia | Terese Bojia
Petros Likidis | Petros Likidiss
Mikael Österlund | Michael Österlund
Mikael Österlund | M Österlund
Arman Borghem | Arman Borghemn
Christian Landgren | Kristian Landgren
Jari Koponen | Jari Kopponen
Kevin Dee | Dee, Kevin
Rasmus Frey | Rasmus Anders Frey
Sandra Viktor | Sandra Victor
Tim Berners-Lee | Tim Berners Lee
Lukas Leander | Lucas Leander
Brian Proffitt | Brian Proffit
Angela Yong | Angela Yong, PhD
! person
Lukas Leander | Lukas Lehander
Mirko Boehm | Marko Boehm
Eric Mols | Erik Holms
Jan Persson | Jon Persson
Maria Strand | Maria Strandberg
Ulla Ek | Ulf Ek
Kristina Holm | Kristian Holm
Gunnar Berg | Gunvor Berg
Sten Wall | Sten Vallin
Bo Hammar | Bo Hammarberg
Lars Öberg | Lars Åberg
Lars Öberg | Lars Oberg
Karin Nord | Karina Nord
Emil Lind | Emilia Lind
Mats Ågren | Mats Ahlgren
Stefan Lundin | Stefan Lindén
= organisation
Föreningen Grävande Journalister | Grävande Journalister
Biblioteksutveckling Sörmland | Biblioteksutveckling Södermanland
Kommunalförbundet Sydarkivera | Sydarkivera kommunalförbundet
Wikimedia Sverige | Wikimedia Sveriges
Luleå tekniska universitet | LTU
Trafikverket | Trafikverkets
Skogsindustrierna | Skogsindustrerna
Region Värmland | Värmlands region
Tillväxtverket | Tillvextverket
Arbetsförmedlingen | Arbetsförmedligen
Försäkringskassan | Försäkringskassan AB
Linköpings universitet | Linköping University
! organisation
Wikimedia Sverige | Wikimedia Danmark
Karlstads kommun | Karlskoga kommun
Karlstads universitet | Karlstads kommun
Jernkontoret | Järnvägskontoret
Energimyndigheten | Elsäkerhetsmyndigheten
Naturvårdsverket | Naturhistoriska riksmuseet
Skolverket | Skolinspektionen
Region Skåne | Region Stockholm
Länsstyrelsen Skåne | Länsstyrelsen Dalarna
Högskolan Väst | Högskolan Kristianstad
LTU | LRF
Sandvik | Sandviken
"""

Labelled = tuple[NameKind, str, str, bool]


def labelled_pairs() -> list[Labelled]:
    """Return kind, the two names, and whether they are the same."""
    person, organisation = NameKind.PERSON, NameKind.ORGANISATION
    found = [
        *_read(_PEOPLE_SAME, person, is_same=True),
        *_read(_PEOPLE_OTHER, person, is_same=False),
        *_read(_ORGANISATIONS_SAME, organisation, is_same=True),
        *_read(_ORGANISATIONS_OTHER, organisation, is_same=False),
    ]
    for line in LATER.strip().splitlines():
        if line[:2] in ("= ", "! "):
            kind, is_same = NameKind(line[2:]), line[0] == "="
        else:
            found += _read(line, kind, is_same=is_same)
    return found


def _read(text: str, kind: NameKind, is_same: bool) -> list[Labelled]:
    pairs = [line.split(" | ") for line in text.strip().splitlines()]
    return [(kind, one.strip(), other.strip(), is_same) for one, other in pairs]
