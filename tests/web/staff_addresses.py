"""The address of every page for those who sign in, and an archive in which each has something to show."""

from dataclasses import dataclass, replace
from datetime import timedelta

from archive.accounts.speaker_links import new_speaker_link
from archive.app import Archive
from archive.catalogue import documents
from archive.catalogue.erasing import erasures, orders
from archive.catalogue.erasing.erasures import NewErasure
from archive.catalogue.events.new_event import NewEvent, NewSpeaker, NewTalk
from archive.catalogue.events.people import person_id
from archive.catalogue.events.save_event import save_event
from archive.catalogue.imports.imports import add_import
from archive.catalogue.imports.readings import queue_reading
from archive.catalogue.journal.recording import recording
from archive.catalogue.operation import question_counts
from archive.catalogue.outcomes import note_refusal
from archive.catalogue.proposals import sending
from archive.catalogue.proposals.wordings import wording
from archive.catalogue.uploads import uploads
from archive.imports.drafting import draft_of
from archive.model.accounts import Role
from archive.model.edits import Author, Reason
from archive.model.extraction import Outcome
from archive.model.seminar_pages.imports import GivenSource, ImportKind
from archive.model.uploads import NewUpload
from tests.catalogue.operation.planted import end
from tests.imports.seminar_pages import ADDRESS, PAGE
from tests.web.people import add_person
from tests.web.views.test_publishing import add_draft

NOT_PAGES = {
    "static": "a file",
    "api.search": "JSON",
    "api.healthz": "JSON",
    "search.suggest": "JSON",
    "api_documents.all_pages": "JSON",
    "api_documents.document": "JSON",
    "api_documents.documents": "JSON",
    "api_documents.page": "JSON",
    "api_documents.pages": "JSON",
    "api_documents.version": "JSON",
    "api_documents.versions": "JSON",
    "api_happenings.event": "JSON",
    "api_happenings.events": "JSON",
    "api_happenings.focus_area": "JSON",
    "api_happenings.focus_areas": "JSON",
    "api_happenings.talk": "JSON",
    "api_happenings.talks": "JSON",
    "api_names.organisation": "JSON",
    "api_names.organisations": "JSON",
    "api_names.people": "JSON",
    "api_names.person": "JSON",
    "api_names.region": "JSON",
    "api_names.regions": "JSON",
    "api_reference.openapi": "JSON",
    "feeds.search_feed": "Atom",
    "feeds.event_feed": "Atom",
    "feeds.calendar": "a calendar",
    "feeds.event_calendar": "a calendar",
    "sitemap.sitemap": "XML",
    "sitemap.sitemap_part": "XML",
    "sitemap.opensearch": "XML",
    "basket_files.pdf": "a PDF",
    "basket_files.deck": "a file",
    "basket_files.sources": "a file",
    "upload_forms.known": "JSON",
    "metrics.metrics": "text",
    "about.robots": "text",
    "journal.as_csv": "a table as CSV",
    "bulk.as_csv": "a table as CSV",
    "downloads.hits": "hits as a file",
    "bulk_tables.as_csv": "a table as CSV",
    "files.small": "a picture",
    "versions.picture": "a picture",
    "citations.document_file": "a file",
    "citations.slide_file": "a file",
    "citations.newest_slide": "leads to the newest version's",
    "citations.newest_slide_file": "leads to the newest version's",
    "citations.talk_file": "a file",
    "citations.unapi": "XML",
    "files.large": "a picture",
    "files.zoom": "a picture",
    "files.slide_pdf": "a PDF",
    "files.document_pdf": "a PDF",
    "files.clean_copy": "a file",
    "files.original": "a file",
    "files.original_of_version": "a file",
    "names.index": "leads to the list of people",
    "oidc.begin": "leads to a provider",
    "oidc.finish": "leads on from a provider",
}
"""Views that are asked by GET and show no page, each with what it answers."""


@dataclass(frozen=True, slots=True)
class StaffBuilt:
    """What the addresses need: a draft, a failed document, an event, its talk, an import, people, links."""

    draft: str
    failed: str
    event: str
    talk: str
    imported: str
    reading: str
    person: str
    other_person: str
    link: str
    proposal: str
    speaker: str
    looked: str
    looking: str
    erased: str


def every_staff_page(built: StaffBuilt) -> dict[str, str]:
    """Return the address of each page by a short name; that of the link is for who has not signed in."""
    return {
        "sign in": "/sign-in",
        "link": built.link,
        "account": "/account",
        "send in": "/send-in?done=1",
        "english send in": "/en/send-in",
        "accounts": "/staff/accounts",
        "staff": "/staff",
        "uploads": "/staff/uploads/rows",
        "drafts": "/staff/drafts",
        "queue": "/staff/queue",
        "queue with one taken": f"/staff/queue?missing=draft&place={built.draft}",
        "english queue": "/en/staff/queue",
        "draft": f"/staff/documents/{built.draft}",
        "document for staff": f"/d/{built.draft}",
        "slide for staff": f"/d/{built.draft}/1",
        "event for staff": f"/e/{built.event}",
        "jobs": "/staff/jobs",
        "log": f"/staff/jobs/{built.failed}",
        "failed": "/staff/jobs/failed/crash",
        "refused": "/staff/jobs/refused/unsupported_type",
        "questions": "/staff/questions",
        "records": "/staff/records",
        "record": f"/staff/events/{built.event}",
        "talk record": f"/staff/talks/{built.talk}",
        "new record": "/staff/events/new",
        "links of a talk": f"/staff/talks/{built.talk}/links",
        "proposal": f"/staff/proposals/{built.proposal}",
        "english proposal": f"/en/staff/proposals/{built.proposal}",
        "speaker": built.speaker,
        "english speaker": f"/en{built.speaker}",
        "slides of a document": f"/staff/documents/{built.draft}/slides",
        "talk of a document": f"/staff/documents/{built.draft}/talk?find=malm",
        "withdrawn": "/staff/withdrawn",
        "names": "/staff/people",
        "name": f"/staff/people/{built.person}",
        "merge of names": f"/staff/people/merge?id={built.person}&id={built.other_person}",
        "history": f"/staff/history/event/{built.event}",
        "journal": "/staff/journal",
        "edit": "/staff/journal/1",
        "edits of a group": "/staff/journal/groups/axe",
        "bulk": "/staff/bulk?list=all&change=language&new_language=en",
        "bulk done": "/staff/bulk/done/axe",
        "bulk table": "/staff/bulk/table",
        "imports": "/staff/imports",
        "import": f"/staff/imports/{built.imported}",
        "reading of an import": f"/staff/imports/readings/{built.reading}",
        "undo of an import": f"/staff/imports/{built.imported}/undo",
        "erasing": "/staff/erase",
        "found of a person": f"/staff/erase/{built.looked}",
        "look for a person": f"/staff/erase/{built.looking}/progress",
        "report of an erasure": f"/staff/erase/{built.erased}",
        "english found of a person": f"/en/staff/erase/{built.looked}",
        "english report of an erasure": f"/en/staff/erase/{built.erased}",
        "english staff": "/en/staff",
        "english record": f"/en/staff/events/{built.event}",
        "english journal": "/en/staff/journal",
        "english reading of an import": f"/en/staff/imports/readings/{built.reading}",
        "english import": f"/en/staff/imports/{built.imported}",
        "english draft": f"/en/staff/documents/{built.draft}",
        "english jobs": "/en/staff/jobs",
        "english accounts": "/en/staff/accounts",
    }


STAFF_NAMES = tuple(every_staff_page(StaffBuilt(*[""] * len(StaffBuilt.__dataclass_fields__))))


def fill(archive: Archive) -> StaffBuilt:
    """Give every page something to show."""
    draft = add_draft(archive)
    today = question_counts.today()
    speakers = tuple(NewSpeaker(name, "geolog", "Bergsstaten") for name in ("Anna Ek", "A. Ek"))
    talks = (NewTalk("Malmen", 1, speakers=speakers),)
    author = Author("anna", Reason.FORM, group="axe")
    with archive.database.write() as session, recording(session, author):
        saved = save_event(session, NewEvent("Malm och järn", talks=talks), "anna", draft=True)
        people = [person_id(session, one.name) for one in speakers]
    source = GivenSource(ImportKind.PAGE, ADDRESS, "", "a" * 64, 10, "text/html")
    with archive.database.write() as session:
        imported = add_import(session, source, PAGE, draft_of(PAGE), "anna")
        reading = queue_reading(session, "https://forening.example/nere", "anna")
        failed = [end(session, f"/in/{one.value}.pdf", one) for one in Outcome if one is not Outcome.OK][-1]
        end(session, "/in/avbruten.pdf", Outcome.CRASH)
        for name in ("väntar.pptx", "film.mp4"):
            upload = uploads.add(session, NewUpload("anna", name, 3))
            uploads.receive(session, upload.id)
        uploads.refuse(session, upload.id, "unsupported_type", "It is of a type that cannot be read.")
        uploads.add(session, NewUpload("anna", "på väg.pptx", 3))
        note_refusal(session, "/in/inte-där.exe", "unsupported_type", "It is of another type.", "anna")
        for before in range(3):
            question_counts.add(session, today - timedelta(days=before), {"saknas": (2, False)})
    archive.indexer.catch_up()
    link = add_person(archive, "ny@example.org", Role.MEMBER)
    proposal, speaker = add_proposal(archive, saved.talk_ids[0])
    named = (draft, failed, saved.event_id, saved.talk_ids[0], imported, reading, people[0], people[1])
    return StaffBuilt(*named, link, proposal, speaker, *add_erasing(archive, draft))


def add_erasing(archive: Archive, document_id: str) -> tuple[str, str, str]:
    """Have one found on a slide, another looked for, a third erased; return their identifiers."""
    wanted = {"names": ["Anna Ek"], "texts": [], "person": "", "whole_only": False}
    wanted |= {"confirm": "Anna Ek", "known": []}
    with archive.database.write() as session:
        version = documents.document(session, document_id).version
        slides = [[document_id, 1, ["body"], version.id], ["borta", 2, ["notes"], "borta"]]
        told = {"tables": {"page": 2, "row_change": 1}, "slides": slides, "versions": 1, "files": []}
        told |= {"unsearched": ["a" * 64], "uploads": ["x"], "accounts": ["anna"], "backup_place": ""}
        looked = orders.ask(session, "anna", wanted)
        orders.note_found(session, looked, told)
        looking = orders.ask(session, "anna", wanted)
        went = {
            "tables": {"page": 2},
            "documents": [document_id],
            "originals": 1,
            "pictures": 1,
            "uploads": 1,
        }
        chained = {"versions": [version.id], "went": went}
        erased = erasures.note(session, NewErasure("anna", "På begäran", 2, {}, [], {}, chained))
        erasures.finish(session, erased)
    return looked, looking, erased


def add_proposal(archive: Archive, talk_id: str) -> tuple[str, str]:
    """Have a talk's first speaker propose something; return the proposal and the path of the link."""
    link, path = new_speaker_link(archive.database, talk_id, 1, archive.settings.accounts, "anna")
    with archive.database.write() as session:
        now = wording(session, link.id)
        given = replace(now, role="statsgeolog", abstract="Om malmen.")
        proposal = sending.send(session, link, given, "Roligt!", sending.mark_of(now))
    return proposal.id, path
