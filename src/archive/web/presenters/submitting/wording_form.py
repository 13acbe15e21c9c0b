"""The form of a speaker's link, and what staff read of a proposal."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from werkzeug.datastructures import MultiDict

from archive.model.proposals import TalkWording
from archive.printable import typed_line, typed_text
from archive.web.http.language import gettext, pgettext
from archive.web.presenters.submitting.submission_form import NOTE_MAX_CHARS

_TEXT_MAX_CHARS = 20_000
_LINE_MAX_CHARS = 500


@dataclass(frozen=True, slots=True)
class WordingForm:
    """The values as they are typed, and by field what is wrong."""

    name: str = ""
    role: str = ""
    organisation: str = ""
    topic: str = ""
    abstract: str = ""
    note: str = ""
    has_rights: bool = False
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def wording(self) -> TalkWording:
        """Return what the talk is to say."""
        return TalkWording(self.name, self.role, self.organisation, self.topic, self.abstract)


def form_of(wording: TalkWording, note: str = "") -> WordingForm:
    """Return the form of what a talk says."""
    return WordingForm(**asdict(wording), note=note)


def read_wording_form(given: MultiDict[str, str]) -> WordingForm:
    """Return the form as it was sent."""
    name, role, organisation, topic = (
        typed_line(given.get(one, ""))[:_LINE_MAX_CHARS] for one in ("name", "role", "organisation", "topic")
    )
    return WordingForm(
        name,
        role,
        organisation,
        topic,
        typed_text(given.get("abstract", ""))[:_TEXT_MAX_CHARS],
        typed_text(given.get("note", ""))[:NOTE_MAX_CHARS],
        given.get("rights") == "1",
    )


def wording_label(name: str) -> str:
    """Return what a field is called."""
    return {
        "name": pgettext("en", "Namn"),
        "role": gettext("Roll när föredraget hölls"),
        "organisation": gettext("Organisation när föredraget hölls"),
        "topic": gettext("Föredragets titel"),
        "abstract": gettext("Sammanfattning"),
    }[name]
