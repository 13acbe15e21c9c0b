"""Archives alike but for words that only staff (or members) may see, and the same questions to all.

Whoever may not see those words must not be able to tell them apart: by status, body, length or any header.
"""

import random
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from flask.testing import FlaskClient

from archive.app import Archive, open_archive
from archive.catalogue import documents, pages
from archive.catalogue.accept import NewDocument, accept
from archive.catalogue.events.new_event import NewEvent, NewFocusArea, NewSpeaker, NewTalk
from archive.catalogue.events.save_event import save_event
from archive.model.accounts import Role
from archive.model.documents import DocumentKind, Original
from archive.model.extraction import Extraction, Outcome
from archive.model.pages import BlockField, Page
from archive.model.visibility import Visibility
from archive.settings.settings import Settings
from archive.web.factory import create_app
from tests.filled_archive import PPTX, block, slide
from tests.web import content
from tests.web.conftest import Client
from tests.web.people import session_cookie

Answer = tuple[int, bytes, tuple[tuple[str, str], ...]]
_FOR_STAFF = ("hidden", "notes", "comment", "staff", "event", "draft", "seminar", "withdrawn", "replaced")
PLACES = (*_FOR_STAFF, "members")
"""Where words are that somebody may not see; the last are for members."""
_FAR_AWAY = {"REMOTE_ADDR": "203.0.113.9"}  # the machine itself is told figures
_SYLLABLES = ("ka", "ro", "vi", "lem", "sta", "dri", "pol", "an", "fis", "gru", "tor", "mel", "ina", "vek")
_FORM_TOKEN = re.compile(rb'name="csrf" value="[0-9a-f]+"')
_OPEN = (content.STRATEGY_SLIDES, content.STEEL_SLIDES, content.RAILWAY_SLIDES)


@dataclass(frozen=True, slots=True)
class Alike:
    """A client for the archive with the words, and those without what nobody and what members may not see."""

    full: FlaskClient
    for_all: FlaskClient
    for_members: FlaskClient
    member: dict[str, str]
    addresses: tuple[str, ...]
    """Every page that a visitor can come to without a question."""

    def differs(self, address: str, is_member: bool) -> bool:
        """Return whether an address is answered otherwise where there is what the visitor may not see."""
        headers = self.member if is_member else {}
        without = self.for_members if is_member else self.for_all
        return _answer(self.full, address, headers) != _answer(without, address, headers)

    def tells(self, word: str, is_member: bool) -> bool:
        """Return whether the archive with all words finds one."""
        found = self.full.get(f"/api/search?q={word}", headers=self.member if is_member else {}).get_json()
        return bool(found["total"])


def secret_words(count: int, seed: int) -> dict[str, list[str]]:
    """Return random words by place: half of syllables, half one letter away from a word that all may see."""
    chance = random.Random(seed)
    known = sorted(_open_words())
    made: dict[str, None] = {}
    while len(made) < count:
        if len(made) % 2:
            word = chance.choice(known)
            place = chance.randrange(1, len(word))
            word = word[:place] + chance.choice("bdfgkpvz") + word[place + 1 :]
        else:
            word = "".join(chance.choices(_SYLLABLES, k=3))
        if word not in known:
            made[word] = None
    words = list(made)
    return {place: words[nth :: len(PLACES)] for nth, place in enumerate(PLACES)}


def cheap_questions(word: str) -> list[str]:
    """Return the addresses of programs that would tell of a word."""
    return [f"/api/search?q={word}", f"/suggest?q={word[:4]}"]


def costly_questions(word: str) -> list[str]:
    """Return the addresses of pages that would tell of a word: itself, nearly written, beside others."""
    return [
        f"/?q={word}",
        f"/api/search?q=industrin OR {word}",
        f"/?q={word[:-1]}",
        f'/?q="{word} industrin"&view=slides',
        f"/filter/speaker?q={word}*",
        f"/?q=industrin {word}",
        f"/?q=industrin -{word}",
    ]


@contextmanager
def alike(folder: Path, words: dict[str, list[str]]) -> Iterator[Alike]:
    """Make the archives below a folder."""
    told = {"full": words, "for_all": {}, "for_members": {"members": words["members"]}}
    settings = {
        name: Settings.model_validate(
            {
                "data": folder / name / "data",
                "originals": "staff",
                "web": {"api_requests_per_minute": 1_000_000},
            }
        )
        for name in told
    }
    member, known = _make_alike(*settings.values())
    with ExitStack() as stack:
        clients = {}
        for name in told:
            archive = stack.enter_context(open_archive(settings[name]))
            _read(archive, known, told[name])
            _make_help_ready(archive)
            app = create_app(archive)
            app.test_client_class = Client
            clients[name] = app.test_client(use_cookies=False)
        yield Alike(**clients, member=member, addresses=_addresses(clients["for_all"], known[:-1]))


def _make_alike(first: Settings, *others: Settings) -> tuple[dict[str, str], list[str]]:
    """Make an archive, whose documents are not read yet, several times with the same identifiers."""
    with open_archive(first) as archive:
        with archive.database.write() as session:
            talks = save_event(session, content.AUTUMN, "test").talk_ids
            talks += save_event(session, content.SPRING, "test").talk_ids
        known = []
        for name, talk_id in (("strategy", talks[0]), ("steel", talks[1]), ("railway", talks[4])):
            for version in ("first", "second"):
                document = _accept(archive, name, f"{name} {version}", talk_id)
            known.append(document)
        known.append(_accept(archive, "members", "members"))
        with archive.database.write() as session:
            documents.set_visibility(session, known[-1], Visibility.STAFF, "test")
        member = session_cookie(archive, Role.MEMBER)
    for other in others:
        shutil.copytree(first.data, other.data, symlinks=True)
    return member, known


def _accept(archive: Archive, name: str, data: str, talk_id: str | None = None, draft: bool = False) -> str:
    stored = archive.originals.put_bytes(data.encode())
    original = Original(stored.sha256, stored.size_bytes, PPTX)
    kind = DocumentKind.DECK
    new = NewDocument(kind, name, f"test:{name}", f"{name}.pptx", original, talk_id=talk_id, draft=draft)
    with archive.database.write() as session:
        return accept(session, new, "test").document.id


def _read(archive: Archive, known: Sequence[str], words: dict[str, list[str]]) -> None:
    """Read the documents that all archives have, and add what only the one with all words has."""
    for document_id, slides in zip(known, _OPEN, strict=False):
        read = [slide(one.title, *(line.strip() for line in one.lines)) for one in slides if not one.hidden]
        old = [*read, slide(*words.get("replaced", [""]))]
        if "hidden" in words:
            read[0] = _with(read[0], BlockField.NOTES, words["notes"])
            read[1] = _with(read[1], BlockField.COMMENT, words["comment"])
            read.append(slide(*words["hidden"], hidden=True))
        with archive.database.write() as session:
            second, first = documents.versions(session, document_id)
            for version, one in ((first, old), (second, read)):
                extraction = Extraction(Outcome.OK, _numbered(one), "test")
                pages.save_extraction(session, version.id, extraction, "sv", PPTX)
    if "members" in words:
        _fill(archive, known[-1], words["members"], Visibility.MEMBERS)
    if "staff" in words:
        _add_closed(archive, words)
    archive.indexer.catch_up()


def _with(page: Page, field: BlockField, words: Sequence[str]) -> Page:
    return replace(page, blocks=(*page.blocks, block(field, " ".join(words))))


def _fill(archive: Archive, document_id: str, words: Sequence[str], level: Visibility) -> None:
    """Read a document that has these words and a word of others."""
    read = _numbered([slide(word, "industrin", *words) for word in words[:4]])
    with archive.database.write() as session:
        documents.set_visibility(session, document_id, level, "test")
        (version,) = documents.versions(session, document_id)
        pages.save_extraction(session, version.id, Extraction(Outcome.OK, read, "test"), "sv", PPTX)


def _numbered(read: Sequence[Page]) -> tuple[Page, ...]:
    return tuple(replace(page, number=number) for number, page in enumerate(read, 1))


def _add_closed(archive: Archive, words: dict[str, list[str]]) -> None:
    """Add what only the archive with all words has."""
    for place in ("staff", "draft", "withdrawn"):
        document_id = _accept(archive, " ".join(words[place][:3]), place, draft=place == "draft")
        level = Visibility.PUBLIC if place == "withdrawn" else Visibility.STAFF
        _fill(archive, document_id, words[place], level)
        if place == "withdrawn":
            with archive.database.write() as session:
                documents.withdraw(session, document_id, "test")
    for place, level in (("event", Visibility.STAFF), ("seminar", Visibility.PUBLIC)):
        with archive.database.write() as session:
            save_event(session, _event(words[place], level), "test", draft=place == "seminar")


def _event(words: Sequence[str], level: Visibility) -> NewEvent:
    told = " ".join(words)
    return NewEvent(
        told,
        starts_on=date(2019, 3, 4),
        text=told,
        visibility=level,
        focus_areas=(NewFocusArea(told, 2019),),
        talks=(
            NewTalk(
                told,
                1,
                abstract=told,
                region_codes=("SE31",),
                speakers=tuple(NewSpeaker(f"Kim {word}", word, word) for word in words),
            ),
            NewTalk(told + " två", 2, region_codes=("SE31",), speakers=(NewSpeaker("Maja Ekström"),)),
        ),
    )


def _make_help_ready(archive: Archive) -> None:
    """Read the words and names that help offers, which a search waits only a second for."""
    for part in (archive.spelling, archive.suggestions):
        for visitor in (Visibility.PUBLIC, Visibility.MEMBERS):
            part.warm(visitor)
        part.close()


def _addresses(client: FlaskClient, known: Sequence[str]) -> tuple[str, ...]:
    """Return every address that the pages of the archive lead to, found as a robot finds them."""
    found = dict.fromkeys(
        (
            "/",
            "/help",
            "/e",
            "/p",
            "/o",
            "/r",
            "/f",
            "/robots.txt",
            "/api/search",
            "/healthz",
            "/metrics",
            "/?q=industrin",
            "/?kind=deck",
        )
    )
    found |= dict.fromkeys(f"/d/{document_id}/version/1/original" for document_id in known)
    found |= dict.fromkeys(f"/d/{document_id}/{number}" for document_id in known for number in (1, 3, 8))
    found |= dict.fromkeys(f"/filter/{name}" for name in ("speaker", "organisation", "year", "region"))
    for address in list(found):
        links = re.findall(r'href="(/[deprof]/[a-zA-Z0-9]+|/[poe]\?[^"#]+)"', client.get(address).text)
        found |= dict.fromkeys(links)
    return tuple(found)


def _open_words() -> set[str]:
    return {
        word.casefold()
        for slides in _OPEN
        for one in slides
        for word in " ".join((one.title, *one.lines)).split()
        if word.isalpha() and len(word) > 4
    }


def _answer(client: FlaskClient, address: str, headers: dict[str, str]) -> Answer:
    """Return all of an answer but the time, and the random token of a form with the digest of its page."""
    response = client.get(address, headers=headers, environ_overrides=_FAR_AWAY)
    body, tokens = _FORM_TOKEN.subn(b"", response.get_data())
    timed = {"Date", "RateLimit"}
    random_headers = {*timed, "ETag"} if tokens else timed
    kept = tuple(sorted(header for header in response.headers if header[0] not in random_headers))
    return response.status_code, body, kept
