"""The product's analyser, opened once for all tests of a process."""

from archive.analysis.swedish import open_analyzer
from archive.settings.sections import TextSettings

ANALYZER = open_analyzer(TextSettings())
