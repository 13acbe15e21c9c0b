"""Where the catalogue is, by the settings; and how that is told without its password."""

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from archive.settings.secret_files import read_secret
from archive.settings.settings import Settings


def catalogue_address(settings: Settings) -> str:
    """Return the address of an archive's catalogue, with its password where that is in a file.

    Raises SettingsError where the file cannot be read.
    """
    if not settings.database_url:
        return f"sqlite:///{(settings.data / 'catalogue.db').resolve()}"
    file = settings.database.password_file
    if file is None:
        return settings.database_url
    password = read_secret("database.password_file", file)
    try:
        return make_url(settings.database_url).set(password=password).render_as_string(hide_password=False)
    except ArgumentError:
        return settings.database_url  # opening it says that it is no address


def shown_address(settings: Settings) -> str:
    """Return the address for people: "***" is in the place of a password, other parameters are left out."""
    try:
        url = make_url(catalogue_address(settings))
        query = {name: value for name, value in url.query.items() if name in ("host", "port")}
        return url.set(query=query).render_as_string(hide_password=True)
    except ArgumentError:
        return "database_url"
