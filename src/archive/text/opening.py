"""Opens the analyser of an archive: the lexicon of this machine with the archive's own terms."""

from archive.settings import TextSettings
from archive.text.compounds.splitter import Splitter
from archive.text.compounds.terms import exceptions
from archive.text.lexicon.build import open_lexicon
from archive.text.swedish import SwedishAnalyzer


def open_analyzer(settings: TextSettings) -> SwedishAnalyzer:
    """Return the analyser. The lexicon is made first where there is none, which is said in the log.

    Raises LexiconMissing, StorageError.
    """
    lexicon = open_lexicon(settings.lexicon)
    return SwedishAnalyzer(lexicon, Splitter(lexicon, exceptions(settings.terms)))
