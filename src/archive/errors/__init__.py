"""The one tree of errors: each has a code, a message that says what to do, and an HTTP status.

Everything imports them from here; the files beside are its branches, by what went wrong and not by who raises
it. Begin with `base`, then with the branch that a new error belongs to.

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

from archive.errors.access import (
    ForeignRequest,
    LinkUnusable,
    NotAllowed,
    NotSignedIn,
    SignInFailed,
    TokenUnusable,
    TooMany,
)
from archive.errors.base import (
    ArchiveError,
)
from archive.errors.derived import (
    FormatMissing,
    IndexOutdated,
    IndexUnusable,
    LexiconMissing,
    OcrError,
    PartMissing,
    PictureError,
    SearchAway,
    SearchRefused,
)
from archive.errors.fetching import (
    DeadLink,
    FetchedTooLarge,
    FetchError,
    FetchTooSlow,
    RobotsForbid,
    SignInNeeded,
    SiteDown,
    TooManyRedirects,
    WrongType,
)
from archive.errors.given import (
    AddressRefused,
    BasketTooLarge,
    CursorUnusable,
    FileRejected,
    FilterUnknown,
    FilterUnusable,
    FormatUnknown,
    HostError,
    InputError,
    PathError,
    RecordRefused,
    SeminarFileError,
    SettingsError,
    SlideAddressRefused,
    TooLarge,
)
from archive.errors.records import (
    ChangedMeanwhile,
    Gone,
    NotFound,
    RecordInUse,
    TalkLinkEnded,
    TalkLinkUnknown,
    UploadConflict,
)
from archive.errors.storage import (
    BackupDamaged,
    BackupRefused,
    Busy,
    CatalogueError,
    CatalogueUnavailable,
    CopyRefused,
    OriginalDamaged,
    StorageAway,
    StorageError,
    StorageRefused,
)

__all__ = [
    "AddressRefused",
    "ArchiveError",
    "BackupDamaged",
    "BackupRefused",
    "BasketTooLarge",
    "Busy",
    "CatalogueError",
    "CatalogueUnavailable",
    "ChangedMeanwhile",
    "CopyRefused",
    "CursorUnusable",
    "DeadLink",
    "FetchError",
    "FetchTooSlow",
    "FetchedTooLarge",
    "FileRejected",
    "FilterUnknown",
    "FilterUnusable",
    "ForeignRequest",
    "FormatMissing",
    "FormatUnknown",
    "Gone",
    "HostError",
    "IndexOutdated",
    "IndexUnusable",
    "InputError",
    "LexiconMissing",
    "LinkUnusable",
    "NotAllowed",
    "NotFound",
    "NotSignedIn",
    "OcrError",
    "OriginalDamaged",
    "PartMissing",
    "PathError",
    "PictureError",
    "RecordInUse",
    "RecordRefused",
    "RobotsForbid",
    "SearchAway",
    "SearchRefused",
    "SeminarFileError",
    "SettingsError",
    "SignInFailed",
    "SignInNeeded",
    "SiteDown",
    "SlideAddressRefused",
    "StorageAway",
    "StorageError",
    "StorageRefused",
    "TalkLinkEnded",
    "TalkLinkUnknown",
    "TokenUnusable",
    "TooLarge",
    "TooMany",
    "TooManyRedirects",
    "UploadConflict",
    "WrongType",
]
