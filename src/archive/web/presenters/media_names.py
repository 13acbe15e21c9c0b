"""What file types are called on the pages, in the visitor's language."""

from archive.ingest.filetypes import media_types
from archive.web.http.language import gettext


def media_type_name(media_type: str) -> str:
    """Return a type's family and usual file name suffix ("PowerPoint .pptx"), or the type itself."""
    suffix = media_types.SUFFIXES.get(media_type)
    if suffix is None:
        return media_type
    return f"{_family(media_type)} {suffix}".strip()


def _family(media_type: str) -> str:
    if media_type in media_types.POWERPOINT or media_type == media_types.PPT:
        return "PowerPoint"
    if media_type in media_types.WORD or media_type == media_types.DOC:
        return "Word"
    if media_type in media_types.ODF:
        return "OpenDocument"
    if media_type in media_types.IMAGES:
        return str(gettext("Bildfil"))
    names = {
        media_types.PDF: "PDF",
        media_types.KEY: "Keynote",
        media_types.HTML: gettext("Webbsida"),
        media_types.TEXT: gettext("Textfil"),
    }
    return str(names.get(media_type, ""))
