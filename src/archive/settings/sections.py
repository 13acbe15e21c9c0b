"""The sections of the settings: every name, what it may be, and what it is if nobody says otherwise."""

from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

MIB = 1024 * 1024


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ExtractSettings(_Section):
    """Bounds of one child process that reads a file.

    Time ends a reader that hangs; memory, output and unpacked size end one that a hostile file makes grow.
    """

    wall_time_s: Annotated[float, Field(gt=0, le=3600)] = 120.0
    cpu_time_s: Annotated[int, Field(gt=0, le=3600)] = 90
    memory_max_bytes: Annotated[int, Field(ge=128 * MIB)] = 1024 * MIB
    output_max_bytes: Annotated[int, Field(ge=MIB)] = 64 * MIB
    file_max_bytes: Annotated[int, Field(ge=MIB)] = 512 * MIB
    document_pages_max: Annotated[int, Field(ge=1, le=20_000)] = 5000
    page_text_max_chars: Annotated[int, Field(ge=1000)] = 200_000
    unpacked_max_bytes: Annotated[int, Field(ge=MIB)] = 48 * MIB
    bad_letter_share: Annotated[float, Field(gt=0, le=1)] = 0.1
    zip_max_bytes: Annotated[int, Field(ge=MIB)] = 2048 * MIB
    isolation: Literal["auto", "forking", "fresh"] = "auto"


class PictureSettings(_Section):
    """Sizes of slide pictures and bounds of making them."""

    large_width_px: Annotated[int, Field(ge=320, le=4096)] = 1280
    small_width_px: Annotated[int, Field(ge=80, le=1024)] = 320
    webp_quality: Annotated[int, Field(ge=1, le=100)] = 80
    office_wall_time_s: Annotated[float, Field(gt=0, le=3600)] = 180.0
    office_memory_max_bytes: Annotated[int, Field(ge=256 * MIB)] = 4096 * MIB
    draw_wall_time_s: Annotated[float, Field(gt=0, le=3600)] = 300.0
    draw_cpu_time_s: Annotated[int, Field(gt=0, le=3600)] = 280
    output_max_bytes: Annotated[int, Field(ge=MIB)] = 1024 * MIB
    cut_wall_time_s: Annotated[float, Field(gt=0, le=600)] = 20.0
    cut_cpu_time_s: Annotated[int, Field(gt=0, le=600)] = 15
    office_cpu_time_s: Annotated[int, Field(gt=0, le=3600)] = 170
    office_command: str = ""
    office_files_max: Annotated[int, Field(ge=1, le=10_000)] = 50


class OcrSettings(_Section):
    """Reading words in pictures of pages with Tesseract.

    At 150 dpi a page takes 1.3 to 1.5 s of CPU. The Swedish data alone read English as well as both together.
    """

    command: str = ""
    resolution_dpi: Annotated[int, Field(ge=72, le=600)] = 150
    pages_max: Annotated[int, Field(ge=1, le=20_000)] = 500
    wall_time_s: Annotated[float, Field(gt=0, le=3600)] = 90.0
    cpu_time_s: Annotated[int, Field(gt=0, le=3600)] = 80
    memory_max_bytes: Annotated[int, Field(ge=256 * MIB)] = 2048 * MIB
    confidence_min: Annotated[int, Field(ge=0, le=100)] = 50


class SearchSettings(_Section):
    """The search engine (one of `index.engines.ENGINES`), and what one page of results may cost."""

    engine: Literal["whoosh", "opensearch"] = "whoosh"
    groups_per_page: Annotated[int, Field(ge=1, le=100)] = 20
    result_pages_max: Annotated[int, Field(ge=1, le=1000)] = 50
    slides_per_group: Annotated[int, Field(ge=1, le=20)] = 3
    slides_per_group_in_grid: Annotated[int, Field(ge=1, le=50)] = 12
    facet_values_max: Annotated[int, Field(ge=1, le=500)] = 50

    @field_validator("engine", mode="before")
    @classmethod
    def _refuse_removed_engine(cls, engine: object) -> object:
        if engine == "whoosh-stock":
            raise PydanticCustomError(
                "removed_engine",
                'there is no engine "whoosh-stock" any more; write engine = "whoosh" or leave the line out',
            )
        return engine


class TextSettings(_Section):
    """How words are read.

    `lexicon` is the folder of the compiled lexicon (default: that of the Python environment). `terms` are
    words of the archive's own, with `|` between the parts of a compound (`region|utvecklings|ansvar`);
    a word without `|` is kept whole. `machine_descriptions` says whether descriptions of pictures that a
    program made ("Automatiskt genererad beskrivning") are searched for, too; snippets never show them.
    """

    lexicon: Path | None = None
    terms: tuple[str, ...] = ()
    machine_descriptions: bool = False


class AccountSettings(_Section):
    """How people sign in, and for how long.

    `password`, `passkey`, `mail_link` say which ways there are; OpenID Connect has a section of its own.
    `mail_link_role` is the highest role that gets a link by mail: a mailbox proves little.
    `admin_second_factor`: admins sign in by passkey, or by password and passkey, never by password alone.
    A session ends when it is not used for `idle_h`, and after `session_days` in any case; that of a member
    who wants their device remembered after `remembered_days`. A speaker's link, with which nobody signs in,
    works for `speaker_link_days`.
    """

    password: bool = True
    passkey: bool = True
    mail_link: bool = False
    mail_link_role: Literal["member", "staff", "admin"] = "member"
    admin_second_factor: bool = False
    idle_h: Annotated[float, Field(gt=0, le=24 * 90)] = 12.0
    session_days: Annotated[float, Field(gt=0, le=365)] = 30.0
    remembered_days: Annotated[float, Field(gt=0, le=365)] = 90.0
    setup_link_h: Annotated[float, Field(gt=0, le=24 * 30)] = 72.0
    mail_link_min: Annotated[float, Field(gt=0, le=24 * 60)] = 15.0
    speaker_link_days: Annotated[float, Field(gt=0, le=365)] = 14.0

    @model_validator(mode="after")
    def _leave_admins_a_way(self) -> Self:
        if self.admin_second_factor and not self.passkey:
            raise PydanticCustomError(
                "no_second_factor",
                "with admin_second_factor admins sign in by passkey, so it must be true",
            )
        return self


class UploadSettings(_Section):
    """Files that are sent in: by staff, and by members and speakers into the review queue.

    `free_min_bytes` of the disk stay free: what would take them is not received until there is room.
    `piece_max_bytes` is the most that one request of a resumable upload may carry. An upload that nobody goes
    on with for `expire_days` is given up. `members_may_send`: members have a page to send files in, which
    wait in the review queue then.
    """

    free_min_bytes: Annotated[int, Field(ge=0)] = 1024 * MIB
    piece_max_bytes: Annotated[int, Field(ge=64 * 1024, le=64 * MIB)] = 8 * MIB
    expire_days: Annotated[float, Field(gt=0, le=365)] = 7.0
    members_may_send: bool = False


class DownloadSettings(_Section):
    """Hits that are taken along.

    Every file says that what is in it may be used as `licence` says: an address, or words. At most
    `at_once_max` downloads run at once, `per_visitor_max` of them by one account, or one address of visitors
    who have not signed in; an address may begin `per_hour_max` an hour, an account ten times as many.
    """

    licence: Annotated[str, Field(min_length=1, max_length=500)] = (
        "https://rightsstatements.org/vocab/InC/1.0/"
    )
    at_once_max: Annotated[int, Field(ge=1, le=64)] = 10
    per_visitor_max: Annotated[int, Field(ge=1, le=64)] = 3
    per_hour_max: Annotated[int, Field(ge=1, le=100_000)] = 60


class WebSettings(_Section):
    """What the web server answers to, and who is behind the site.

    `publisher` (a name) and `contact` (an e-mail address) are shown on the pages about the site. `base_url`
    is the site's address as visitors see it ("https://arkiv.example.org"): links with a whole address begin
    with it. Without it they are made of the request, and of what a proxy says of it if its address is one of
    `trusted_proxies` (addresses or networks).

    A client has `request_time_s` to send a request, must take 32 KiB of an answer (or its rest) every
    `response_time_s`, and may leave a connection idle for `idle_time_s`. An address may have
    `connections_per_address_max` of all `connections_max`; past that the one that has kept the server waiting
    for longest is closed.

    `api_requests_per_minute`: how often an account, or an address, may ask the JSON interface.

    `count_questions`: how often a question is asked on a day is kept for staff, without who asked.
    """

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    threads: Annotated[int, Field(ge=1, le=64)] = 8
    trusted_hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    header_max_bytes: Annotated[int, Field(ge=4096, le=MIB)] = 32 * 1024
    body_max_bytes: Annotated[int, Field(ge=1024)] = 64 * 1024
    request_time_s: Annotated[float, Field(gt=0, le=600)] = 15.0
    response_time_s: Annotated[float, Field(gt=0, le=600)] = 20.0
    idle_time_s: Annotated[float, Field(gt=0, le=600)] = 30.0
    connections_max: Annotated[int, Field(ge=8, le=10_000)] = 500
    connections_per_address_max: Annotated[int, Field(ge=4, le=10_000)] = 100
    visitor: Literal["public", "members", "staff"] = "public"
    site_name: str = "Arkivet"
    publisher: str = ""
    contact: str = ""
    base_url: str = ""
    trusted_proxies: tuple[str, ...] = ()
    count_questions: bool = True
    api_requests_per_minute: Annotated[int, Field(ge=1, le=1_000_000)] = 600

    @property
    def address(self) -> str:
        """Return the site's address without a path; that of the machine itself where no other is set."""
        # Browsers bind passkeys to a name, so that the machine itself is called by one.
        host = (
            "localhost" if self.host == "127.0.0.1" else f"[{self.host}]" if ":" in self.host else self.host
        )
        return self.base_url or f"http://{host}:{self.port}"

    @field_validator("base_url")
    @classmethod
    def _check_address(cls, address: str) -> str:
        parts = urlsplit(address)
        is_whole = parts.scheme in ("http", "https") and parts.hostname
        if address and (not is_whole or parts.path.strip("/") or parts.query or parts.fragment):
            raise PydanticCustomError(
                "bad_address",
                "expected the address of the site without a path, such as https://arkiv.example.org",
            )
        return address.rstrip("/")

    @field_validator("trusted_proxies")
    @classmethod
    def _check_networks(cls, addresses: tuple[str, ...]) -> tuple[str, ...]:
        for address in addresses:
            try:
                ip_network(address)
            except ValueError:
                raise PydanticCustomError(
                    "bad_network", 'expected addresses or networks, such as ["127.0.0.1", "10.0.0.0/8"]'
                ) from None
        return addresses
