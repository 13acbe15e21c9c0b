"""How soon a search finds what staff have just saved: `python -m bench.save DATA`.

DATA is the folder of a filled archive; a copy of it is used. A talk with a deck of the archive gets a topic
with a word that nobody has used, fifty times, through its edit page, while the index's follower runs as in
`archive serve`; the clock runs from the press of the button until a search answers with the deck.
"""

import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from flask.testing import FlaskClient

from archive.accounts.credentials import new_token, token_digest
from archive.app import Archive, open_archive
from archive.catalogue import documents
from archive.catalogue.accounts import accounts, login_sessions
from archive.catalogue.editing import documents as edited_documents
from archive.catalogue.editing import talks
from archive.catalogue.editing.fields import TalkFields
from archive.catalogue.editing.given import as_values
from archive.catalogue.identifiers import new_id
from archive.index.follower import IndexFollower
from archive.model.accounts import Role, SignInMethod
from archive.model.visibility import Visibility
from archive.settings.settings import Settings
from archive.web.factory import create_app
from archive.web.http.signed_in import COOKIE
from archive.web.presenters.records.record_form import written

_SAVES = 50
_LOOK_EVERY_S = 0.02


def main(data: Path) -> None:
    """Print the median and the 95th percentile."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "data"
        shutil.copytree(data, copy, symlinks=True)
        with open_archive(Settings(data=copy)) as archive:
            talk_id, document_id = _talk(archive)
            follower = IndexFollower(archive.indexer)
            follower.start()
            client = _client(archive)
            took_s = [_save(archive, client, talk_id, document_id, number) for number in range(_SAVES)]
            follower.stop()
    p95_s = statistics.quantiles(took_s, n=20)[-1]
    p50_s = statistics.median(took_s)
    print(f"{_SAVES} saves: p50 {p50_s:.3f} s, p95 {p95_s:.3f} s, max {max(took_s):.3f} s")


def _talk(archive: Archive) -> tuple[str, str]:
    """Give a deck a talk."""
    with archive.database.write() as session:
        talk_id = talks.create(session, TalkFields("Till mätning", visibility=Visibility.PUBLIC), "bench")
        document_id = documents.document_ids(session)[0]
        fields = edited_documents.known(session, document_id)
        edited_documents.change(session, document_id, replace(fields, talk=talk_id), "bench")
    archive.indexer.catch_up()
    return talk_id, document_id


def _client(archive: Archive) -> FlaskClient:
    token, lasts = new_token(), timedelta(hours=1)
    with archive.database.write() as session:
        account = accounts.add(session, f"{new_id()}@example.org", "Bench", Role.STAFF, "bench")
        login_sessions.begin(
            session, account.id, token_digest(token), SignInMethod.PASSWORD, "", lasts, lasts
        )
    client = create_app(archive).test_client(use_cookies=False)
    client.environ_base["HTTP_COOKIE"] = f"{COOKIE}={token}"
    return client


def _save(archive: Archive, client: FlaskClient, talk_id: str, document_id: str, number: int) -> float:
    """Save a topic with a new word; return after how many seconds a search finds it."""
    word = f"zqx{number:03}vbn"
    with archive.database.read() as session:
        base = as_values(talks.known(session, talk_id))
    form = {**base, "topic": f"Om {word}", "base": written(base), "speakers": ""}
    began = time.perf_counter()
    answer = client.post(f"/staff/talks/{talk_id}", data=form, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 303, answer.text
    while document_id not in client.get(f"/api/search?q={word}").text:
        time.sleep(_LOOK_EVERY_S)
    return time.perf_counter() - began


if __name__ == "__main__":
    main(Path(sys.argv[1]))
