"""What the tables that may hold a name are called on the command line."""

from collections import Counter
from collections.abc import Mapping

from archive.cli.language import text


def counts_by_kind(counts: Mapping[str, int]) -> dict[str, int]:
    """Return how many places there are by what people call them, in the same order; sums of tables alike."""
    called = _called()
    sums: Counter[str] = Counter()
    for table, count in counts.items():
        sums[called.get(table) or text("other records (%(table)s)", table=table)] += count
    return dict(sums)


def _called() -> dict[str, str]:
    words, people = text("words of slides and pages"), text("people and organisations")
    journal, sent = text("journal of edits"), text("sent in and proposed")
    imports, files = text("imports of pages"), text("names and properties of files")
    return {
        "page": words,
        "page_finding": words,
        "picture": text("words with a place on a picture"),
        "person": people,
        "person_spelling": people,
        "former_person": people,
        "organisation": people,
        "organisation_spelling": people,
        "former_organisation": people,
        "contribution": text("speakers of talks"),
        "presentation": text("talks"),
        "event": text("seminars"),
        "film": text("films"),
        "document": text("documents"),
        "opening_line": text("lines that titles are known by"),
        "version": files,
        "watched_file": files,
        "upload": files,
        "uploaded_file": files,
        "edit": journal,
        "row_change": journal,
        "audit_event": text("log of what was done"),
        "question_count": text("questions that were asked"),
        "seminar_import": imports,
        "import_link": imports,
        "import_reading": imports,
        "submission": sent,
        "submitted_upload": sent,
        "talk_link": sent,
        "talk_proposal": sent,
    }
