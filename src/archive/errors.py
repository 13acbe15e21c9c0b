"""The one tree of errors: each has a code, a message that says what to do, and an HTTP status.

ArchiveError
├── InputError                400  what the visitor or staff gave is not usable
│   ├── SeminarFileError           seminar.toml: file, field and what was expected
│   ├── SettingsError              archive.toml or ARCHIVE_*: field and what was expected
│   ├── PathError                  a path given on the command line
│   ├── RecordRefused              values of a record: by field what was expected
│   ├── CursorUnusable             where a list is to go on, and it is no place in it
│   ├── FormatUnknown         404  no format, or style, has that name; says which there are
│   ├── FilterUnusable             a filter that there is not, or a value that it cannot have
│   │   └── FilterUnknown     404  nothing has the identifier that it names
│   ├── HostError                  a host name the site does not answer to
│   ├── AddressRefused             a web address that the archive does not fetch from
│   ├── BasketTooLarge             an address names more slides than a basket holds
│   └── SlideAddressRefused        what should name a slide names none
├── FetchError                502  what a web address leads to cannot be fetched
│   ├── DeadLink                   nothing is there (any more)
│   ├── SiteDown                   nobody answers, or with a fault of the site
│   ├── SignInNeeded               it is behind a sign-in
│   ├── FetchedTooLarge            it is larger than may be fetched
│   ├── FetchTooSlow               it did not come in time
│   ├── TooManyRedirects           it leads on and on
│   ├── WrongType                  it is not what was expected there
│   └── RobotsForbid               the site does not want it fetched by programs
├── NotSignedIn               401  only for those who have signed in
├── TokenUnusable             401  a program's token that is wrong, too old or ended
├── NotAllowed                403  what the visitor may not do, signed in or not
│   ├── SignInFailed               name and password do not belong together, or are not known
│   ├── LinkUnusable               a one-time link that is wrong, used or too old
│   └── ForeignRequest             a form that another site has sent
├── TooMany                   429  too many attempts; says how long to wait
├── NotFound                  404  no such document, slide, event …
│   └── TalkLinkUnknown            a speaker's link that there never was
├── Gone                      410  it was in the archive and was withdrawn
│   └── TalkLinkEnded              a speaker's link that is too old, or was ended
├── CopyRefused               409  where an archive was to be copied to there is something else
├── BackupRefused             409  a backup cannot be made in a place, or restored to one
├── BackupDamaged             500  what a backup has is not what was put in
├── RecordInUse               409  a record that others belong to cannot be deleted
├── UploadConflict            409  a piece of a file that does not go on where the last one ended
├── TooLarge                  413  a request larger than the site takes
├── FileRejected              422  a file that could not be read; carries an Outcome
├── Busy                      503  another process keeps the lock; try again
├── StorageError              507  the disk is full or refuses
│   ├── StorageAway           503  the storage service does not answer
│   ├── StorageRefused        500  the storage service refuses the archive's key
│   └── OriginalDamaged       500  an original no longer has the bytes it was stored with
├── CatalogueError            500  the catalogue cannot be opened or is newer
│   └── CatalogueUnavailable  503  the server that it is on does not answer
├── IndexUnusable             503  the index cannot be opened; it is derived and can be rebuilt
│   └── IndexOutdated         503  it was made by another version of the archive; nothing is damaged
├── SearchAway                503  the server that searches does not answer; it is tried again
│   └── SearchRefused         503  it cannot be used with the settings there are; says which
├── PictureError              500  a slide's picture could not be made
├── OcrError                  500  the words in a picture could not be read
├── LexiconMissing            500  the lexicon of Swedish words is missing and cannot be made
└── PartMissing               501  a system part (LibreOffice …) is not installed
    └── FormatMissing         501  what makes files of a format is not installed
"""

from collections.abc import Mapping, Sequence

from archive.model.extraction import Outcome


class ArchiveError(Exception):
    """Base of all errors that are shown to people.

    `message` is one sentence in plain words that says what happened and what to do, never the text of another
    exception; `code` is machine-readable.
    """

    code = "internal"
    status = 500

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InputError(ArchiveError):
    """What was given cannot be used as it is."""

    code = "bad_input"
    status = 400


class SeminarFileError(InputError):
    """A `seminar.toml` has a mistake: `file`, `field` (dotted path) and what was `expected`.

    `mistake` is the message without the file, for where that is named already.
    """

    code = "bad_seminar_file"

    def __init__(self, file: str, field: str, expected: str) -> None:
        super().__init__(f"{file}: {field}: {expected}")
        self.mistake = f"{field}: {expected}"
        self.file = file
        self.field = field
        self.expected = expected


class SettingsError(InputError):
    """A setting has a value that cannot be used: `field` and what was `expected`."""

    code = "bad_setting"

    def __init__(self, field: str, expected: str) -> None:
        super().__init__(f"Setting {field}: {expected}. Mend it in archive.toml or the environment.")
        self.field = field
        self.expected = expected


class PathError(InputError):
    """A path on the command line is missing or cannot be read."""

    code = "bad_path"


class RecordRefused(InputError):
    """Values of a record cannot be saved: `mistakes` says by field what was expected there."""

    code = "bad_record"

    def __init__(self, field: str, expected: str) -> None:
        super().__init__(f"{field}: {expected}")
        self.mistakes: Mapping[str, str] = {field: expected}

    @classmethod
    def of(cls, mistakes: Mapping[str, str]) -> "RecordRefused":
        """Return the error for several fields."""
        field, expected = next(iter(mistakes.items()))
        error = cls(field, expected)
        error.message = " ".join(f"{name}: {text}" for name, text in mistakes.items())
        error.mistakes = dict(mistakes)
        return error


class CursorUnusable(InputError):
    """What says where a list goes on is damaged, made up, or another list's."""

    code = "bad_cursor"


class FormatUnknown(InputError):
    """No format, or style, has that name: the message says which there are."""

    code = "unknown_format"
    status = 404


class FilterUnusable(InputError):
    """There is no such filter, or it cannot have this value: the message says what it may be."""

    code = "bad_filter"


class FilterUnknown(FilterUnusable):
    """A filter names something that is not there."""

    code = "unknown_value"
    status = 404


class HostError(InputError):
    """The request names a host that this site does not answer to."""

    code = "bad_host"


class AddressRefused(InputError):
    """A web address is not one that the archive fetches from: no http, an internal network …"""

    code = "address_refused"


class BasketTooLarge(InputError):
    """An address names more slides than a basket holds."""

    code = "basket_too_large"


class SlideAddressRefused(InputError):
    """What should be the address of a slide, or name one, is something else."""

    code = "bad_slide_address"


class FetchError(ArchiveError):
    """What a web address leads to cannot be fetched."""

    code = "fetch"
    status = 502


class DeadLink(FetchError):
    """Nothing is at the address (any more)."""

    code = "dead_link"


class SiteDown(FetchError):
    """Nobody answers at the address just now, or the site has a fault of its own."""

    code = "site_down"


class SignInNeeded(FetchError):
    """What is at the address is shown to those only who sign in there."""

    code = "sign_in_needed"


class FetchedTooLarge(FetchError):
    """What is at the address has more bytes than may be fetched."""

    code = "fetched_too_large"


class FetchTooSlow(FetchError):
    """What is at the address did not come in time."""

    code = "fetch_too_slow"


class TooManyRedirects(FetchError):
    """The address leads to another, that to another, and so on."""

    code = "too_many_redirects"


class WrongType(FetchError):
    """Something else is at the address than was expected there: no page, or no file."""

    code = "wrong_type"


class RobotsForbid(FetchError):
    """The site asks programs not to fetch it."""

    code = "robots_forbid"


class NotSignedIn(ArchiveError):
    """Only those who have signed in may do this."""

    code = "not_signed_in"
    status = 401


class TokenUnusable(ArchiveError):
    """A program's token is wrong, too old or was ended."""

    code = "bad_token"
    status = 401


class NotAllowed(ArchiveError):
    """The visitor may not do this."""

    code = "not_allowed"
    status = 403


class SignInFailed(NotAllowed):
    """Signing in did not work; the message is the same whether or not there is such an account."""

    code = "sign_in_failed"


class LinkUnusable(NotAllowed):
    """A one-time link is wrong, has been used or is too old."""

    code = "bad_link"


class ForeignRequest(NotAllowed):
    """A form came from another site, or its page is too old."""

    code = "foreign_request"


class TooMany(ArchiveError):
    """Too many attempts; the next one is heard after `wait_s` seconds."""

    code = "too_many"
    status = 429

    def __init__(self, message: str, wait_s: int) -> None:
        super().__init__(message)
        self.wait_s = wait_s


class NotFound(ArchiveError):
    """There is no such thing in the archive (or the visitor may not see it)."""

    code = "not_found"
    status = 404


class Gone(ArchiveError):
    """It was in the archive and has been withdrawn."""

    code = "gone"
    status = 410


class TalkLinkUnknown(NotFound):
    """A speaker's link has a token that there never was."""

    code = "unknown_talk_link"


class TalkLinkEnded(Gone):
    """A speaker's link is too old, was ended, or its talk is gone."""

    code = "ended_talk_link"


class ChangedMeanwhile(ArchiveError):
    """What a form was made from is no longer what there is."""

    code = "changed_meanwhile"
    status = 409


class CopyRefused(ArchiveError):
    """An archive cannot be copied to a place: something of its own is there, or another copy."""

    code = "copy_refused"
    status = 409


class BackupRefused(ArchiveError):
    """A backup cannot be made there or restored from there: another's, a newer version's, or no room."""

    code = "backup_refused"
    status = 409


class BackupDamaged(ArchiveError):
    """A backup does not have (all of) the bytes that were put into it: `objects` are the damaged ones."""

    code = "backup_damaged"

    def __init__(self, message: str, objects: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.objects = tuple(objects)


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


class TooLarge(ArchiveError):
    """The request is larger than the site takes."""

    code = "too_large"
    status = 413


class FileRejected(ArchiveError):
    """A file could not be read; `category` names the outcome."""

    code = "file_rejected"
    status = 422

    def __init__(self, category: Outcome, message: str) -> None:
        super().__init__(message)
        self.category = category


class Busy(ArchiveError):
    """Another process keeps what is needed locked; the same call may work later."""

    code = "busy"
    status = 503


class StorageError(ArchiveError):
    """The disk is full, read-only or failing; nothing was acknowledged."""

    code = "storage"
    status = 507


class StorageAway(StorageError):
    """The storage service that keeps the bytes does not answer."""

    code = "storage_away"
    status = 503


class StorageRefused(StorageError):
    """The storage service does not let the archive in, or not write."""

    code = "storage_refused"
    status = 500


class OriginalDamaged(StorageError):
    """An original no longer has the bytes it was stored with."""

    code = "original_damaged"
    status = 500

    @classmethod
    def of(cls, sha256: str) -> "OriginalDamaged":
        """Return the error for an object of the store."""
        return cls(
            f"Object {sha256[:12]} no longer has the bytes it was stored with. "
            "Ingest the file again or restore it from a backup."
        )


class CatalogueError(ArchiveError):
    """The catalogue cannot be opened, or was made by a newer version."""

    code = "catalogue"


class CatalogueUnavailable(CatalogueError):
    """The database server that the catalogue is on does not answer; it is asked again."""

    code = "catalogue_unavailable"
    status = 503


class IndexUnusable(ArchiveError):
    """The index cannot be opened or written; it is derived data, and `archive rebuild` makes a new one."""

    code = "index"
    status = 503


class IndexOutdated(IndexUnusable):
    """The index was made by another version of the archive; nothing in it is damaged."""

    code = "index_outdated"


class SearchAway(ArchiveError):
    """The server that the index is on does not answer; the index itself is as it was."""

    code = "search_away"
    status = 503


class SearchRefused(SearchAway):
    """The server that the index is on cannot be used with these settings: `field` and what was `expected`.

    Nothing comes of trying again before somebody has mended the setting.
    """

    code = "search_refused"

    def __init__(self, field: str, expected: str) -> None:
        super().__init__(SettingsError(field, expected).message)
        self.field = field
        self.expected = expected


class PictureError(ArchiveError):
    """A picture of a slide could not be made; its text is not affected."""

    code = "picture"


class OcrError(ArchiveError):
    """The words in a picture of a page could not be read."""

    code = "ocr"


class LexiconMissing(ArchiveError):
    """The lexicon of Swedish words is missing and cannot be made from what is installed."""

    code = "lexicon"


class PartMissing(ArchiveError):
    """A system part is not installed."""

    code = "part_missing"
    status = 501


class FormatMissing(PartMissing):
    """What makes files of a format is not installed; there are others."""

    code = "format_missing"
