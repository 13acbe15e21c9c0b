"""What finds a file by its name: the whole of it, or words in a row (`index/file_words.py`)."""

from collections.abc import Sequence

from archive.index.file_words import whole_name
from archive.index.query import Query, Term, TermPhrase
from archive.index.schema import TextField
from archive.query.ast import And, is_plain
from archive.query.word_readings import Readings

# Who types a whole name wants that file, whatever other pages say of its words.
_WHOLE_BOOST = 10.0
_ROW_BOOST = 0.5


def in_file_name(forms: Sequence[str]) -> tuple[Query, ...]:
    """Return what finds surface forms as a name or in a row in one; () for a single word."""
    name = whole_name(forms)
    if len(name) < 2:
        return ()
    return _whole(name), TermPhrase(TextField.FILE_NAME, name, _ROW_BOOST)


def named_file(query: And, readings: Readings) -> Query | None:
    """Return what finds the file whose whole name a question's words are; None where they can be no name."""
    words = [child for child in query.children if is_plain(child)]
    content = [word for word in words if not readings.is_stop_word(word)]
    if query.is_typed or len(words) < len(query.children) or len(content) < 2:
        return None
    name = whole_name([word.form for typed in words for word in readings.of(typed)])
    return _whole(name) if len(name) > 1 else None


def _whole(name: Sequence[str]) -> Query:
    return Term(TextField.FILE_NAME, " ".join(name), _WHOLE_BOOST)
