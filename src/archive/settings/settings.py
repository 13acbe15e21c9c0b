"""Settings, read once from `archive.toml` in the data folder and from `ARCHIVE_*`.

The environment wins over the file, the file over the defaults. Nested names in the environment are joined by
two underscores: `ARCHIVE_EXTRACT__WALL_TIME_S=30`. Renamed settings (`_NEW_NAMES`) are accepted under the
old names, too, without a warning.
"""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import AfterValidator, Field, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_core.core_schema import ErrorType
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from pydantic_settings import SettingsError as UnreadableVariable

from archive.errors import SettingsError
from archive.settings.database import DatabaseSettings
from archive.settings.imports import ImportSettings
from archive.settings.opensearch import OpenSearchSettings
from archive.settings.sections import (
    AccountSettings,
    DownloadSettings,
    ExtractSettings,
    OcrSettings,
    PictureSettings,
    SearchSettings,
    TextSettings,
    UploadSettings,
    WebSettings,
)
from archive.settings.sign_in import MailSettings, OidcSettings
from archive.settings.store import StoreSettings
from archive.settings.watch import WatchSettings

_EXPECTED = {
    "model_type": "expected a section with settings of its own",
    "int_parsing": "expected a whole number, such as 8",
    "int_from_float": "expected a whole number, such as 8",
    "int_type": "expected a whole number, such as 8",
    "float_parsing": "expected a number, such as 2.5",
    "float_type": "expected a number, such as 2.5",
    "finite_number": "expected a number, such as 2.5",
    "bool_parsing": "expected true or false",
    "bool_type": "expected true or false",
    "string_type": 'expected text in quotation marks, such as "Arkivet"',
    "too_short": "expected at least one",
    "string_too_long": "expected at most {max_length} characters",
    "tuple_type": 'expected a list in square brackets, such as ["a", "b"]',
    "path_type": "expected the path of a folder in quotation marks",
    "literal_error": "expected one of {expected}",
    "greater_than_equal": "expected a number from {ge}",
    "greater_than": "expected a number above {gt}",
    "less_than_equal": "expected a number up to {le}",
}
_FILE = "archive.toml"
_UNKNOWN_EXPECTED = "there is no such setting; there are {known}"
_MISSPELT_EXPECTED = "there is no such setting (did you mean {nearest}?)"
_OTHER_EXPECTED = "the value cannot be used"
_NEW_NAMES = {
    ("extract", "pages_max"): "document_pages_max",
    ("search", "pages_max"): "result_pages_max",
}


class Settings(BaseSettings):
    """All settings of one archive.

    `data` is made absolute: children that are started in a folder of their own get paths below it.
    `stop_time_s`: how long requests and jobs may go on once the archive is told to stop.
    `index_processes` is how many processes build a new index together (0: one a core, at most four).
    `database_url`: where the catalogue is ("": a file in `data`); never printed, it may hold a password.
    `originals` says who else than staff gets the files themselves (`model.visibility.OriginalsPolicy`): with
    "clean" those in which nothing is for staff alone; of others visitors get a PDF of what they may see.
    """

    model_config = SettingsConfigDict(
        env_prefix="ARCHIVE_",
        env_nested_delimiter="__",
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        nested_model_default_partial_update=True,
    )

    reads_environment: ClassVar[bool] = True

    data: Annotated[Path, AfterValidator(Path.absolute), Field(validate_default=True)] = Path("archive-data")
    database_url: Annotated[str, Field(repr=False)] = ""
    workers: Annotated[int, Field(ge=1, le=64)] = 2
    index_processes: Annotated[int, Field(ge=0, le=64)] = 0
    lease_s: Annotated[float, Field(ge=1, le=86_400)] = 600.0
    attempts_max: Annotated[int, Field(ge=1, le=20)] = 3
    stop_time_s: Annotated[float, Field(ge=0, le=600)] = 10.0
    log_format: Literal["console", "json"] = "console"
    originals: Literal["clean", "staff", "everybody"] = "clean"
    extract: ExtractSettings = ExtractSettings()
    pictures: PictureSettings = PictureSettings()
    ocr: OcrSettings = OcrSettings()
    search: SearchSettings = SearchSettings()
    text: TextSettings = TextSettings()
    web: WebSettings = WebSettings()
    mail: MailSettings = MailSettings()
    oidc: OidcSettings = OidcSettings()
    accounts: AccountSettings = AccountSettings()
    uploads: UploadSettings = UploadSettings()
    downloads: DownloadSettings = DownloadSettings()
    watch: WatchSettings = WatchSettings()
    imports: ImportSettings = ImportSettings()
    database: DatabaseSettings = DatabaseSettings()
    opensearch: OpenSearchSettings = OpenSearchSettings()
    store: StoreSettings = StoreSettings()

    @field_validator("accounts")
    @classmethod
    def _give_mail_links_a_server(cls, accounts: AccountSettings, info: ValidationInfo) -> AccountSettings:
        mail = info.data.get("mail")
        if accounts.mail_link and isinstance(mail, MailSettings) and not (mail.host and mail.sender):
            raise PydanticCustomError("no_mail", "mail_link needs mail.host and mail.sender")
        return accounts

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read arguments first, then the environment where it counts, then `archive.toml`."""
        del dotenv_settings, file_secret_settings
        environment = env_settings() if cls.reads_environment else {}
        data = init_settings().get("data") or environment.get("data") or cls.model_fields["data"].default
        sources = (environment, _read_toml(Path(data)))
        return init_settings, *(InitSettingsSource(settings_cls, _renamed(values)) for values in sources)


def load_settings(data: Path | None = None) -> Settings:
    """Read the settings of the archive in `data` (default: `ARCHIVE_DATA`, else `./archive-data`).

    Raises SettingsError naming the first field that cannot be used.
    """
    with _named():
        return Settings(data=data) if data is not None else Settings()


def load_settings_of_file(path: Path) -> Settings:
    """Read the settings of another archive, whose data folder the file is in; the environment says nothing.

    Args:
        path: its `archive.toml`, or the folder in which that is.

    Raises:
        SettingsError: there is no such file, or a field that cannot be used.
    """
    folder = path.parent if path.name == _FILE else path
    if not (folder / _FILE).is_file():
        raise SettingsError(_FILE, f"there is none in {folder}")
    with _named():
        return _OfFile(data=folder)


class _OfFile(Settings):
    reads_environment: ClassVar[bool] = False


@contextmanager
def _named() -> Iterator[None]:
    """Raise what is wrong with settings as SettingsError."""
    try:
        yield
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise SettingsError(".".join(map(str, first["loc"])), _expected(first)) from None
    except UnreadableVariable as error:
        named = re.search(r'field "(\w+)"', str(error))
        field = named[1] if named else "ARCHIVE_*"
        raise SettingsError(field, 'expected JSON in the variable, such as ["a", "b"] for a list') from None


def _expected(mistake: ErrorDetails) -> str:
    """Return what was expected in the place of a mistake, in words of our own."""
    *sections, name = mistake["loc"]
    if mistake["type"] == "extra_forbidden":
        section = Settings.model_fields[str(sections[0])].default if sections else None
        known = sorted(type(section).model_fields if section else Settings.model_fields)
        nearest = difflib.get_close_matches(str(name), known, n=1)
        if nearest:
            return _MISSPELT_EXPECTED.format(nearest=".".join([*map(str, sections), nearest[0]]))
        return _UNKNOWN_EXPECTED.format(known=", ".join(known))
    context = {key: _readable(value) for key, value in mistake.get("ctx", {}).items()}
    if mistake["type"] in _EXPECTED:
        return _EXPECTED[mistake["type"]].format(**context)
    is_ours = "error" not in context and str(mistake["type"]) not in get_args(ErrorType)
    return mistake["msg"] if is_ours else _OTHER_EXPECTED


def _readable(value: object) -> str:
    """Return a bound without needless decimals, and names in double quotation marks as TOML has them."""
    number = f"{value:,.0f}" if isinstance(value, float) and value.is_integer() else str(value)
    return number.replace("'", '"').replace(" or ", ", ")


def _renamed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of one source under the current names; where both are given, the current one counts.

    A `store` of one line becomes its section. Each source by itself, so that an old name in the environment
    wins over the new one in the file.
    """
    renamed = dict(values)
    if isinstance(renamed.get("store"), str):
        renamed["store"] = {"url": renamed["store"]}
    for (section, old_name), new_name in _NEW_NAMES.items():
        settings = renamed.get(section)
        if isinstance(settings, dict) and old_name in settings:
            rest = {name: value for name, value in settings.items() if name != old_name}
            renamed[section] = {new_name: settings[old_name]} | rest
    return renamed


def _read_toml(data: Path) -> dict[str, Any]:
    """Return what `archive.toml` says, which may be anything but the folder that it is in."""
    try:
        values = tomllib.loads((data / _FILE).read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except ValueError:
        raise SettingsError("archive.toml", "expected a file in TOML syntax (UTF-8)") from None
    except OSError:
        raise SettingsError("archive.toml", "the file cannot be read") from None
    if "data" in values:
        raise SettingsError("data", "this is the folder of archive.toml, so give it with --data instead")
    return values
