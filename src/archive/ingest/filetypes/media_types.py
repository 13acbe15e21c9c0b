"""The media types that the archive knows, and which of them are slides, documents or pictures."""

PDF = "application/pdf"

_OPENXML = "application/vnd.openxmlformats-officedocument."
PPTX = _OPENXML + "presentationml.presentation"
POTX = _OPENXML + "presentationml.template"
PPSX = _OPENXML + "presentationml.slideshow"
PPTM = "application/vnd.ms-powerpoint.presentation.macroEnabled.12"
POTM = "application/vnd.ms-powerpoint.template.macroEnabled.12"
PPSM = "application/vnd.ms-powerpoint.slideshow.macroEnabled.12"
PPT = "application/vnd.ms-powerpoint"
ODP = "application/vnd.oasis.opendocument.presentation"
OTP = "application/vnd.oasis.opendocument.presentation-template"
KEY = "application/vnd.apple.keynote"

DOCX = _OPENXML + "wordprocessingml.document"
DOTX = _OPENXML + "wordprocessingml.template"
DOCM = "application/vnd.ms-word.document.macroEnabled.12"
DOTM = "application/vnd.ms-word.template.macroEnabled.12"
DOC = "application/msword"
ODT = "application/vnd.oasis.opendocument.text"
OTT = "application/vnd.oasis.opendocument.text-template"
RTF = "application/rtf"

PNG = "image/png"
JPEG = "image/jpeg"
TIFF = "image/tiff"
WEBP = "image/webp"
GIF = "image/gif"
BMP = "image/bmp"

HTML = "text/html"
TEXT = "text/plain"
MAIL = "message/rfc822"
ZIP = "application/zip"
REDACTION = "application/x-archive-redaction"
"""Pictures of a document's pages with what is to be covered in them; no file that anybody gives."""
SEARCHED = "application/x-archive-searched"
"""Any file, whose bytes are searched."""
BASKET_PDF = "application/x-archive-basket-pdf"
"""Gathered slides, to be made one PDF; as the next two, no file that anybody gives."""
BASKET_PICTURES = "application/x-archive-basket-pictures"
"""Gathered slides, to be made a deck of their pictures."""
BASKET_DECK = "application/x-archive-basket-deck"
"""A deck of gathered slides, to be given their sources."""

POWERPOINT = frozenset({PPTX, POTX, PPSX, PPTM, POTM, PPSM})
"""Decks whose slides are read without a conversion."""

OLD_DECKS = frozenset({PPT, ODP, OTP})
"""Decks that LibreOffice turns into .pptx before they are read."""

DECKS = POWERPOINT | OLD_DECKS | {KEY}
"""The media types of slide decks."""

WORD = frozenset({DOCX, DOTX, DOCM, DOTM})
"""Word documents that can be read without LibreOffice, though with less certain pages."""

ODF = frozenset({ODP, OTP, ODT, OTT})
"""OpenDocument slides and texts."""

DOCUMENTS = WORD | {DOC, ODT, OTT, RTF}
"""Documents that LibreOffice turns into PDF before they are read."""

IMAGES = frozenset({PNG, JPEG, TIFF, WEBP, GIF, BMP})
"""Pictures: documents of one page (or as many as a TIFF has) without words until OCR has read them."""

FULLY_READ = POWERPOINT | OLD_DECKS | WORD | IMAGES | {PDF, HTML, TEXT}
"""Types whose reading tells whether the file holds what only staff may see. Of the others (changes that were
not accepted in .doc, .odt and .rtf, slides that are skipped in .key, files in a mail) it does not."""

FLOWING = frozenset({HTML, TEXT, MAIL})
"""Text without pages: its words are shown instead of pictures."""

SUFFIXES = {
    PDF: ".pdf",
    PPTX: ".pptx",
    POTX: ".potx",
    PPSX: ".ppsx",
    PPTM: ".pptm",
    POTM: ".potm",
    PPSM: ".ppsm",
    PPT: ".ppt",
    ODP: ".odp",
    OTP: ".otp",
    KEY: ".key",
    DOCX: ".docx",
    DOTX: ".dotx",
    DOCM: ".docm",
    DOTM: ".dotm",
    DOC: ".doc",
    ODT: ".odt",
    OTT: ".ott",
    RTF: ".rtf",
    PNG: ".png",
    JPEG: ".jpg",
    TIFF: ".tiff",
    WEBP: ".webp",
    GIF: ".gif",
    BMP: ".bmp",
    HTML: ".html",
    TEXT: ".txt",
    MAIL: ".eml",
    ZIP: ".zip",
}
"""The usual file name suffix of every type that is read."""
