"""The sources there are, in the order they are asked; a web page is what none of them recognises."""

from archive.imports.sources.base import Source
from archive.imports.sources.csv_file import CsvSource
from archive.imports.sources.indico import IndicoSource
from archive.imports.sources.pretalx import PretalxSource
from archive.imports.sources.seminar_file import SeminarFileSource

SOURCES: tuple[Source, ...] = (SeminarFileSource(), CsvSource(), IndicoSource(), PretalxSource())
