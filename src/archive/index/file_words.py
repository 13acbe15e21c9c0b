"""What a document's file says of it: its name and its properties, as texts to index with a low weight."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from archive.analysis.tokenizer import plain_words

FILE_WEIGHT = 0.3
"""The weight of these words next to those of the record: a name is often chosen in haste, and properties are
what a template left."""

FILE_TYPES = frozenset(
    {
        "doc",
        "docx",
        "htm",
        "html",
        "jpeg",
        "jpg",
        "key",
        "md",
        "odp",
        "odt",
        "pdf",
        "png",
        "pot",
        "potx",
        "pps",
    }
    | {"ppsx", "ppt", "pptx", "rtf", "tif", "tiff", "txt", "zip"}
)
"""What the names of files end with that are taken in. They are not indexed: `report.pdf` means `report`."""

# What people fill in, or their programs for them. Other properties (program, printer) say nothing of it.
_PROPERTIES = ("title", "subject", "keywords", "description", "author")
# `SupplyChain`, `OSSProjekt`, `plan2021`: where a new word begins inside of one.
_CAMEL = re.compile(
    r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])|(?<=[A-ZÅÄÖ])(?=[A-ZÅÄÖ][a-zåäö])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])"
)
_KEY = re.compile(r"(?=.*\d)(?=.*[a-f])[0-9a-f]{12,}", re.IGNORECASE)


def file_texts(filename: str, properties: Mapping[str, str]) -> Iterator[str]:
    """Yield the words of a file's name, as written and cut at its capitals, then its properties."""
    name = PurePath(filename)
    written = [word for word in plain_words(name.stem.replace("_", " ")) if not _KEY.fullmatch(word)]
    yield " ".join(written)
    cut = [_CAMEL.sub(" ", word) for word in written]
    yield " ".join(parts for parts, word in zip(cut, written, strict=True) if parts != word)
    yield from (properties.get(kind, "") for kind in _PROPERTIES)
