"""Records for reference programs: CSL-JSON, RIS, BibTeX, biblatex.

Items come in, text goes out piece by piece, so that any number of them can be sent. Begin with `registry.py`;
what others use is `FORMATS`.
"""

from archive.citations.formats.registry import FORMATS, CitationFormat, format_named

__all__ = ["FORMATS", "CitationFormat", "format_named"]
