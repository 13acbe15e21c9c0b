"""The product's analyser, opened once for all tests of a process."""

from archive.settings import TextSettings
from archive.text.opening import open_analyzer

ANALYZER = open_analyzer(TextSettings())
