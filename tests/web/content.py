"""What the test archive holds: two seminars, their decks and reports. All of it is made up."""

from datetime import date

from archive.catalogue.events.new_event import NewEvent, NewFocusArea, NewSpeaker, NewTalk
from archive.model.visibility import Visibility
from tests.web.slides import Slide

INDUSTRY = NewFocusArea(
    "Framtidens industri", 2021, 2022, "Industrin i regionen och vad den behöver för att växa."
)

AUTUMN = NewEvent(
    title="Hållbar industri i mellersta Sverige",
    starts_on=date(2021, 11, 24),
    place="Fagersta",
    occasion="Årsmötet",
    organiser="Föreningen",
    text="Ett seminarium om samverkan och kompetens.\nFyra talare berättade.",
    source_url="https://example.org/seminarier/2021",
    focus_areas=(INDUSTRY,),
    talks=(
        NewTalk(
            "Strategi för industriell omvandling i Norra Mellansverige",
            1,
            abstract="Framgångsfaktorer och utmaningar i tre län.",
            language="sv",
            region_codes=("SE31",),
            speakers=(NewSpeaker("Maja Ekström", "utvecklingsstrateg", "Region Gävleborg"),),
        ),
        NewTalk(
            "Green steel and the power grid",
            2,
            language="en",
            speakers=(NewSpeaker("Amy Lindqvist", "head of research", "Nordic Steel Institute"),),
        ),
        NewTalk("Avslutande samtal", 3, speakers=(NewSpeaker("Maja Ekström"), NewSpeaker("Åke Öberg"))),
        NewTalk(
            "Styrelsens interna genomgång",
            4,
            visibility=Visibility.STAFF,
            speakers=(NewSpeaker("Ines Holm"),),
        ),
    ),
)

SPRING = NewEvent(
    title="Transporter och klimat",
    starts_on=date(2022, 4, 5),
    ends_on=date(2022, 4, 6),
    place="Karlstad",
    talks=(
        NewTalk(
            "Järnvägen som ryggrad",
            1,
            language="sv",
            region_codes=("SE311",),
            speakers=(NewSpeaker("Jonas Sjölin", "trafikplanerare", "Region Värmland"),),
        ),
    ),
)

STRATEGY_SLIDES = (
    Slide(
        "Strategi för industriell omvandling", ("Maja Ekström, Region Gävleborg", "Fagersta 24 november 2021")
    ),
    Slide(
        "Industrin i tre län",
        ("Gävleborg, Dalarna och Värmland", "\tStål, papper och skog", "Kompetens är den största bristen"),
        notes="Berätta om den hemliga förhandlingen",
    ),
    Slide(
        "Framgångsfaktorer",
        ("Samverkan mellan industri och högskola", "Kompetens för hela arbetslivet", "Fossilfri el"),
    ),
    Slide("Reservbild om varslet", ("Visas inte om ingen frågar",), hidden=True),
    Slide(
        "Antal anställda i industrin",
        rows=(("Län", "2019", "2021"), ("Gävleborg", "23 400", "22 900"), ("Dalarna", "21 100", "21 600")),
        footer="Källa: egen beräkning",
    ),
    Slide(
        "Kompetens behövs", ("Yrkesutbildning nära industrin", "Validering av kompetens", "Distansutbildning")
    ),
    Slide("Nästa steg", ("Gemensam plan för industrin", "Uppföljning varje år")),
)

STEEL_SLIDES = (
    Slide("Green steel and the power grid", ("Amy Lindqvist",)),
    Slide(
        "Demand for electricity",
        ("Steel without coal needs ten times more power", "The grid is the bottleneck"),
    ),
)

RAILWAY_SLIDES = (
    Slide("Järnvägen som ryggrad", ("Jonas Sjölin, Region Värmland",)),
    Slide("Godset växer", ("Mer gods på järnväg", "Industrin flyttar från lastbil till tåg")),
    Slide("Flaskhalsar", ("Enkelspår mellan Kil och Ställdalen", "Kompetens inom signalteknik saknas")),
)

BOARD_SLIDES = (Slide("Intern genomgång av industrin", ("Förtroligt underlag",)),)

REPORT_PAGES = tuple(
    Slide(f"Exportvärden, avsnitt {number}", (f"Industrin exporterar varor för {number} miljarder",))
    for number in range(1, 71)
)
