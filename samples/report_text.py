"""The words of the sample report; every figure in it is invented."""

from dataclasses import dataclass

TITLE = "Regionens exportvärde"
SUBTITLE = "En räkneövning om var exporten skapas. Alla uppgifter är påhittade."
PUBLISHER = "Exempelkammaren"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page of the report. A paragraph that starts with "# " is a smaller heading."""

    title: str
    paragraphs: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    caption: str = ""


CHAPTERS = (
    Chapter(
        "1. Sammanfattning",
        (
            "Den officiella statistiken lägger exporten där ett företag har sitt huvudkontor. För ett "
            "län med många fabriker men få huvudkontor blir bilden skev. I den här rapporten räknas "
            "exporten om efter den ort där varorna tillverkas.",
            "# Tre slutsatser",
            "Exportvärdet är ungefär hälften högre än vad den officiella statistiken anger. Skillnaden "
            "är störst i kommuner där gruvnäring och stål väger tungt.",
            "Underleverantörerna är många och små. De ser sig sällan som exportföretag, trots att deras "
            "varor till slut säljs utomlands.",
            "Kompetensförsörjning är det hinder som flest företag nämner, före elpriser och transporter.",
            "# Läsanvisning",
            "Kapitel 2 beskriver metoden och hur säkra siffrorna är. Kapitel 3 redovisar exporten för "
            "varje bransch. Kapitel 4 samlar vad företagen säger att de behöver för att kunna växa.",
            "Rapporten är skriven för att pröva ett arkiv med. Den handlar om ett län som inte finns, och "
            "ingen av siffrorna ska användas till något annat.",
        ),
    ),
    Chapter(
        "2. Så räknade vi",
        (
            "Underlaget är en tänkt enkät till 240 företag med minst tio anställda. Företagen angav hur "
            "stor del av tillverkningen som lämnar landet, direkt eller i nästa led.",
            "# Omräkning efter produktionsort",
            "Varje företags export fördelas på arbetsställen efter antalet anställda i tillverkningen. "
            "Ett företag med två fabriker i skilda län räknas alltså i båda länen.",
            "# Osäkerhet",
            "Svarsfrekvensen antas vara 71 procent. För gruvnäringen är antalet företag så litet att "
            "siffrorna avrundas till hundratal miljoner kronor.",
            "Företag som inte svarade har räknats som om de liknade de andra i samma storlek. Det gör "
            "siffrorna för de minsta företagen mindre säkra än de för de största.",
        ),
        (
            ("Storlek", "Företag", "Svar", "Andel"),
            ("10–49 anställda", "148", "97", "66 %"),
            ("50–249 anställda", "71", "55", "77 %"),
            ("250 eller fler", "21", "19", "90 %"),
        ),
        "Tabell 1. Företag och svar. Påhittade siffror.",
    ),
    Chapter(
        "3. Export efter bransch",
        (
            "Stål och metall står för den största delen av exporten. Gruvnäringens andel är mindre, men "
            "värdet för varje anställd är högst av alla branscher.",
            "Maskinindustrin har många underleverantörer i länet. Dess export skulle synas ännu "
            "tydligare om inköpen inom länet räknades med.",
            "# Vad skillnaden beror på",
            "De stora gruvbolagen bokför sin försäljning där koncernens ledning sitter. När den i stället "
            "läggs där malmen bryts stiger gruvnäringens exportvärde mest av alla. För papper och massa är "
            "skillnaden liten, eftersom huvudkontor och fabrik ofta ligger på samma ort.",
        ),
        (
            ("Bransch", "Officiell, mnkr", "Omräknad, mnkr", "Skillnad"),
            ("Stål och metall", "21 000", "31 000", "+48 %"),
            ("Gruvnäring", "5 100", "9 300", "+82 %"),
            ("Maskiner", "12 200", "17 800", "+46 %"),
            ("Papper och massa", "11 900", "13 500", "+13 %"),
        ),
        "Tabell 2. Export per bransch. Påhittade siffror.",
    ),
    Chapter(
        "4. Vad företagen behöver",
        (
            "# Kompetensförsörjning",
            "Sex av tio företag har avstått från en order för att de saknat personal. Elektriker, "
            "fjärroperatörer och underhållstekniker är svårast att hitta. Företagen vill ha korta "
            "utbildningar som startar oftare.",
            "# Transporter",
            "Godstågen delar spår med pendeltågen. En sen malmtransport kan fördröja ett helt fartyg.",
            "# Smart specialisering",
            "De län som har valt gemensamma styrkeområden har lättare att söka pengar tillsammans. "
            "Företagen märker det när provanläggningar byggs där behoven finns.",
            "# Nästa rapport",
            "Nästa år upprepas räkningen med samma metod, så att åren kan jämföras. Då frågas även företag "
            "med färre än tio anställda, och gruvnäringens underleverantörer redovisas för sig.",
            "# Tack",
            "Tack till de tänkta företag som svarade på den tänkta enkäten.",
        ),
    ),
)
