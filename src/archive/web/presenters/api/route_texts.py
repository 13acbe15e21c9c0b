"""What the routes for programs are and take, in the words of the page about them."""

from archive.web.http.language import gettext


def group_text(name: str) -> str:
    """Return the heading of a group of routes."""
    return {
        "About": gettext("Om gränssnittet"),
        "Documents": gettext("Dokument och sidor"),
        "Events": gettext("Seminarier och föredrag"),
        "Feeds": gettext("Flöden, kalender och förteckningar"),
        "Names": gettext("Personer, organisationer och regioner"),
        "Search": gettext("Sökning"),
    }[name]


def route_text(operation: str) -> str:
    """Return what a route answers, by the name of its operation."""
    return (_of_lists() | _of_records() | _of_others())[operation]


def parameter_text(name: str) -> str:
    """Return what a parameter is."""
    return {
        "limit": gettext("hur många poster, högst 100; annars 50"),
        "cursor": gettext("var listan går vidare: tas som den är ur next"),
        "focus_area_id": gettext("ett fokusområdes id"),
        "event_id": gettext("ett seminariums id"),
        "talk_id": gettext("ett föredrags id"),
        "person_id": gettext("en persons id"),
        "organisation_id": gettext("en organisations id"),
        "document_id": gettext("ett dokuments id"),
        "code": gettext("en regions kod, som SE31"),
        "number": gettext("sidans, versionens eller delens nummer, från 1"),
        "focus_area": gettext("bara det som hör till ett fokusområde"),
        "event": gettext("bara det som hör till ett seminarium"),
        "talk": gettext("bara det som hör till ett föredrag"),
        "person": gettext("bara det en person har medverkat i"),
        "speaker": gettext("bara det en person har medverkat i"),
        "organisation": gettext("bara det en organisations folk har medverkat i"),
        "region": gettext("bara det som handlar om en region, eller om en del av den"),
        "year": gettext("bara ett år"),
        "kind": gettext("bara presentationer (deck) eller rapporter (report)"),
        "language": gettext("bara det som är på ett språk (sv, en)"),
        "media_type": gettext("bara en filtyp"),
        "q": gettext("orden, som i sökrutan"),
        "sort": gettext("ordningen: relevance, newest, oldest eller title"),
        "page": gettext("vilken sida med träffar, från 1"),
        "view": gettext("hur många bilder per föredrag: cards, list eller slides"),
        "only": gettext("typed: bara de skrivna orden, utan besläktade"),
    }[name]


def _of_lists() -> dict[str, str]:
    return {
        "focus_areas": gettext("Fokusområdena"),
        "events": gettext("Seminarierna"),
        "talks": gettext("Föredragen"),
        "people": gettext("De som har talat eller lett ett föredrag"),
        "organisations": gettext("Talarnas organisationer"),
        "regions": gettext("Regioner som föredrag handlar om"),
        "documents": gettext("Dokumenten"),
        "versions": gettext("De versioner av ett dokument som du får se"),
        "pages": gettext("Ett dokuments sidor, med orden"),
        "all_pages": gettext("Alla dokuments sidor, med orden, dokument för dokument"),
    }


def _of_records() -> dict[str, str]:
    return {
        "focus_area": gettext("Ett fokusområde"),
        "event": gettext("Ett seminarium"),
        "talk": gettext("Ett föredrag med talare, dokument och filmer"),
        "person": gettext("En person"),
        "organisation": gettext("En organisation"),
        "region": gettext("En region"),
        "document": gettext("Ett dokument och vad som kan laddas ner av det"),
        "version": gettext("En version av ett dokument"),
        "page": gettext("En sida: orden efter var på sidan de står, och var varje ord finns på bilden"),
    }


def _of_others() -> dict[str, str]:
    return {
        "openapi": gettext("Den här sidan för program (OpenAPI 3.1)"),
        "search": gettext("Träffarna för en fråga"),
        "suggest": gettext("Högst fem förslag som börjar som det skrivna"),
        "healthz": gettext("Om arkivet fungerar"),
        "search_feed": gettext("Det nyaste som en fråga hittar, eller det nyaste av allt (Atom)"),
        "event_feed": gettext("De senaste seminarierna (Atom)"),
        "event_calendar": gettext("Ett seminarium (iCalendar)"),
        "calendar": gettext("Alla seminarier som har en dag (iCalendar)"),
        "sitemap": gettext("Alla sidor för sökmotorer"),
        "sitemap_part": gettext("En del av förteckningen, där den är delad"),
        "opensearch": gettext("Sökrutan för webbläsare (OpenSearch)"),
    }
