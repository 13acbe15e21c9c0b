"""The sources of the lexicon's words: installed packages, with their versions and licences.

None of their data is part of this project. simplemma and wordfreq are required; the Swedish Hunspell
dictionary and Folkets lexikon are used where installed, and improve the results.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata, resources
from pathlib import Path

from archive.errors import LexiconMissing

_DEBIAN_HUNSPELL = Path("/usr/share/hunspell/sv_SE")
_NOTICES = {
    "simplemma": "Lemmas: simplemma {version}, code MIT; the data are derived from Wiktionary and others "
    "(ODbL, CC BY-SA), as its documentation says.",
    "wordfreq": "Word frequencies: wordfreq {version} by Robyn Speer, code Apache-2.0, data CC BY-SA 4.0.",
    "hunspell-sv": "Inflections and compounding: Den stora svenska ordlistan by Göran Andersson, LGPL 3, "
    "version {version}, as packed by {packer}.",
    "svlang": "Translations: Folkets lexikon, folkets-lexikon.csc.kth.se, CC BY-SA 2.5, "
    "as packed by svlang {version}.",
}


@dataclass(frozen=True, slots=True)
class WordSource:
    """One installed source of words."""

    name: str
    version: str
    path: Path | None = None
    packer: str = ""

    @property
    def notice(self) -> str:
        """Return whose work it is, and its licence."""
        return _NOTICES[self.name].format(version=self.version, packer=self.packer)


@dataclass(frozen=True)
class WordSources:
    """The installed sources."""

    simplemma: WordSource
    wordfreq: WordSource
    hunspell: WordSource | None
    folkets: WordSource | None

    def __iter__(self) -> Iterator[WordSource]:
        sources = (self.simplemma, self.wordfreq, self.hunspell, self.folkets)
        return (source for source in sources if source is not None)

    @cached_property
    def digest(self) -> str:
        """Return a digest of the names and versions of all sources (12 hex digits)."""
        digest = hashlib.sha256()
        for source in self:
            digest.update(f"{source.name} {source.version}\n".encode())
        return digest.hexdigest()[:12]


def find_sources(
    hunspell: bool = True, folkets: bool = True, debian_hunspell: Path = _DEBIAN_HUNSPELL
) -> WordSources:
    """Look which sources are installed.

    Args:
        hunspell: whether to look for a Hunspell dictionary.
        folkets: whether to look for Folkets lexikon.
        debian_hunspell: where Debian's dictionary is, without its suffixes; preferred to that of spylls.

    Raises:
        LexiconMissing: simplemma or wordfreq is not installed.
    """
    return WordSources(
        simplemma=_required("simplemma"),
        wordfreq=_required("wordfreq"),
        hunspell=_hunspell(debian_hunspell) if hunspell else None,
        folkets=_folkets() if folkets else None,
    )


def _required(package: str) -> WordSource:
    version = _version(package)
    if version is None:
        raise LexiconMissing(
            f"The lexicon cannot be made: the Python package {package} is not installed. "
            "Install what requirements.txt names."
        )
    return WordSource(package, version)


def _hunspell(debian: Path) -> WordSource | None:
    """Return Debian's dictionary, else the one that spylls brings along. Both are read through spylls."""
    version = _version("spylls")
    if version is None:
        return None
    packed = Path(str(resources.files("spylls"))) / "hunspell" / "data" / "sv" / "sv_SE"
    for base, packer in ((debian, "Debian"), (packed, f"spylls {version}")):
        try:
            lines = [line.rstrip() for suffix in (".dic", ".aff") for line in _lines(base, suffix)]
        except OSError:
            continue
        # Versioned by content, not packager: Debian's copy of the same words does not mean reindexing.
        return WordSource("hunspell-sv", hashlib.sha256(b"\n".join(lines)).hexdigest()[:12], base, packer)
    return None


def _lines(base: Path, suffix: str) -> list[bytes]:
    return base.with_suffix(suffix).read_bytes().splitlines()


def _folkets() -> WordSource | None:
    version = _version("svlang")
    if version is None:
        return None
    path = Path(str(resources.files("svlang"))) / "data" / "folkets_sv_en.tsv"
    return WordSource("svlang", version, path) if path.is_file() else None


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
