"""What was asked for is not there (any more), or has become another meanwhile."""

from collections.abc import Mapping

from archive.errors.base import ArchiveError


class NotFound(ArchiveError):
    """There is no such thing in the archive (or the visitor may not see it)."""

    code = "not_found"
    status = 404


class TalkLinkUnknown(NotFound):
    """A speaker's link has a token that there never was."""

    code = "unknown_talk_link"


class Gone(ArchiveError):
    """It was in the archive and has been withdrawn."""

    code = "gone"
    status = 410


class TalkLinkEnded(Gone):
    """A speaker's link is too old, was ended, or its talk is gone."""

    code = "ended_talk_link"


class ChangedMeanwhile(ArchiveError):
    """What a form was made from is no longer what there is."""

    code = "changed_meanwhile"
    status = 409


class RecordInUse(ArchiveError):
    """A record cannot be deleted, since others belong to it: `counts` says how many, by their kind."""

    code = "in_use"
    status = 409

    def __init__(self, counts: Mapping[str, int]) -> None:
        told = ", ".join(f"{count} {_KINDS.get(name, name)}" for name, count in counts.items())
        super().__init__(f"It cannot be deleted: {told} belong to it. Move or delete those first.")
        self.counts = dict(counts)


_KINDS = {"presentation": "talks", "document": "documents", "event_focus_area": "events"}


class UploadConflict(ArchiveError):
    """A piece of a file does not fit: it begins elsewhere, or its bytes changed on the way."""

    code = "upload_conflict"
    status = 409
