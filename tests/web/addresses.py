"""The address of every page there is, for tests that hold for all of them."""

from tests.web.web_archive import Built


def every_page(built: Built) -> dict[str, str]:
    """Return the address of each page by a short name."""
    return {
        "start": "/",
        "results": "/?q=industrin",
        "results narrowed": "/?q=industrin&year=2021&sort=newest",
        "results grid": "/?q=industrin&view=slides",
        "no results": "/?q=finnsinte",
        "take hits along": "/download?q=industrin",
        "facet": "/filter/speaker?q=industrin",
        "help": "/help",
        "document": f"/d/{built.strategy}",
        "document marked": f"/d/{built.strategy}?q=kompetens",
        "report": f"/d/{built.report}",
        "unread": f"/d/{built.unread}",
        "slide": f"/d/{built.strategy}/3?q=kompetens",
        "reused": "/reuse",
        "compare": f"/compare?a={built.strategy}&b={built.report}",
        "choose to compare": f"/compare?a={built.strategy}",
        "refused to compare": f"/compare?a={built.strategy}&b=nowhere",
        "english compare": f"/en/compare?a={built.strategy}&b={built.railway}",
        "slide with table": f"/d/{built.strategy}/5",
        "slide without picture": f"/d/{built.steel}/2",
        "references": f"/d/{built.strategy}/v1/3/cite",
        "talk": f"/t/{built.talk}",
        "references of a talk": f"/t/{built.talk}/cite",
        "references of a report": f"/d/{built.report}/cite",
        "events": "/e",
        "event": f"/e/{built.autumn}",
        "people": "/p",
        "person": f"/p/{built.person}",
        "organisations": "/o",
        "organisation": f"/o/{built.organisation}",
        "focus areas": "/f",
        "focus area": f"/f/{built.focus_area}",
        "regions": "/r",
        "region": "/r/SE31",
        "basket": f"/basket?s={built.strategy}.v1.2,{built.report}.v1.1,zzzzzzzzzz.v1.1",
        "basket empty": "/basket",
        "about": "/about",
        "accessibility": "/accessibility",
        "privacy": "/privacy",
        "interface": "/api/",
        "not found": "/missing",
        "removed": f"/d/{built.withdrawn}",
        "english start": "/en/",
        "english event": f"/en/e/{built.autumn}",
        "english slide": f"/en/d/{built.strategy}/3?q=kompetens",
        "removed slide": f"/d/{built.withdrawn}/v1/1",
        "english references": f"/en/d/{built.strategy}/cite",
        "english basket": f"/en/basket?s={built.strategy}.v1.2",
        "english interface": "/en/api/",
        "english accessibility": "/en/accessibility",
    }


NAMES = tuple(every_page(Built(*[""] * len(Built.__dataclass_fields__))))
