"""An archive that is served with its workers, and staff who send files to it."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask.testing import FlaskClient

from archive.app import Archive, open_archive
from archive.catalogue.uploads import readings
from archive.ingest.progress import Silent
from archive.model.accounts import Role
from archive.model.uploads import UploadProgress, UploadState
from archive.settings.settings import Settings
from archive.web.factory import create_app
from archive.web.http.signed_in import COOKIE
from archive.web.server.listen import listen
from tests.waiting import HANG_S
from tests.web.people import signed_in


@dataclass
class UploadSite:
    """A served archive; `client` is a member of staff within the process, `cookie` theirs over HTTP."""

    archive: Archive
    client: FlaskClient
    address: str
    port: int
    cookie: str

    @property
    def headers(self) -> dict[str, str]:
        """What a client of the site's own pages sends."""
        return {"Cookie": f"{COOKIE}={self.cookie}", "Sec-Fetch-Site": "same-origin"}

    def rows(self) -> list[UploadProgress]:
        """Return the rows as staff see them, the newest first."""
        with self.archive.database.read() as session:
            return list(readings.rows(session, None, 1000))

    def is_settled(self, count: int = 1) -> bool:
        """Return whether so many uploads have come to their end: found by a search, or refused."""
        rows = self.rows()
        return len(rows) >= count and all(_is_settled(row) for row in rows)


def _is_settled(row: UploadProgress) -> bool:
    if row.upload.state is UploadState.REFUSED:
        return True
    if row.upload.state is not UploadState.TAKEN:
        return False
    return all(
        file.uploaded.version_id is None
        or file.searchable_at is not None
        or (file.category not in (None, "ok", "ok_partial") and not file.has_jobs)
        for file in row.files
    )


@contextmanager
def upload_site(
    data: Path, has_workers: bool = True, login: str = "staff@example.org", **settings: object
) -> Iterator[UploadSite]:
    """Serve an archive in `data`."""
    with ExitStack() as stack:
        made = Settings.model_validate({"data": data, **settings})
        archive = stack.enter_context(open_archive(made))
        app = create_app(archive)
        client = signed_in(app.test_client(), archive, Role.STAFF, login)
        server = listen(app, archive.settings.web, "127.0.0.1", 0)
        if has_workers:
            stack.enter_context(archive.workers(Silent()))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        cookie = client.get_cookie(COOKIE)
        assert cookie
        try:
            address = f"http://127.0.0.1:{server.port}"
            yield UploadSite(archive, client, address, server.port, cookie.value)
        finally:
            server.stop()
            thread.join(HANG_S)
            server.close()
