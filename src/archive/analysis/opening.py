"""Opens the analyser of an archive: the lexicon of this machine with the archive's own terms."""

from archive.analysis.compounds.known_splits import exceptions
from archive.analysis.compounds.splitter import Splitter
from archive.analysis.lexicon.build import open_lexicon
from archive.analysis.swedish import SwedishAnalyzer
from archive.settings import TextSettings


def open_analyzer(settings: TextSettings) -> SwedishAnalyzer:
    """Return the analyser. The lexicon is made first where there is none, which is said in the log.

    Raises LexiconMissing, StorageError.
    """
    lexicon = open_lexicon(settings.lexicon)
    return SwedishAnalyzer(lexicon, Splitter(lexicon, exceptions(settings.terms)))
