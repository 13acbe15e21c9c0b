"""Times signing in by password through the web application: `python -m bench.sign_in [--times 500] [--json]`.

Wrong passwords of a known and of an unknown login, by turns: nobody may learn from the time which accounts
exist, so their medians lie within 5 % of each other. Right passwords in CPU time of the whole request. The
counts of attempts are forgotten between them, outside what is timed. Ends with 1 where a bound is passed.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from flask.testing import FlaskClient

from archive.accounts.credentials import token_digest
from archive.accounts.setup_links import new_setup_link
from archive.accounts.throttle import GUESSES
from archive.app import Archive, open_archive
from archive.catalogue.accounts import accounts
from archive.model.accounts import Role
from archive.settings.settings import Settings
from archive.web.factory import create_app

_PASSWORD = "gruva kanel nittio spade"
_KNOWN, _UNKNOWN = "anna@example.org", "eva@example.org"
_APART_MAX = 0.05
_CPU_MAX_MS = 60.0
_WARMING = 10


def _post(client: FlaskClient, path: str, **fields: str) -> int:
    return client.post(path, data=fields, headers={"Sec-Fetch-Site": "same-origin"}).status_code


def _forget(archive: Archive) -> None:
    for login in (_KNOWN, _UNKNOWN):
        archive.sign_in.throttle.forget(GUESSES, "sign-in", "account", token_digest(login))
    archive.sign_in.throttle.forget(GUESSES, "sign-in", "address", "127.0.0.1")


def _timed(work: Callable[[], int], expected: int, clock: Callable[[], float]) -> float:
    began = clock()
    status = work()
    took_ms = (clock() - began) * 1000
    if status != expected:
        raise RuntimeError(f"The answer was {status}, not {expected}.")
    return took_ms


def measure(times: int) -> dict[str, float]:
    """Return medians in milliseconds, and by how much those of known and unknown logins differ."""
    wrong: dict[str, list[float]] = {_KNOWN: [], _UNKNOWN: []}
    right: list[float] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        open_archive(Settings(data=Path(folder) / "data")) as archive,
    ):
        client = create_app(archive).test_client()
        with archive.database.write() as session:
            account = accounts.add(session, _KNOWN, "Anna", Role.STAFF, "bench")
        link = new_setup_link(archive.database, account.id, archive.settings.accounts, "bench")
        _post(client, link, password=_PASSWORD)
        for turn in range(times + _WARMING):
            logins = (_KNOWN, _UNKNOWN) if turn % 2 else (_UNKNOWN, _KNOWN)
            if turn % 4 == 0:  # before ten guesses from the one address are counted
                _forget(archive)
            for login in logins:
                guess = _timed(
                    lambda login=login: _post(client, "/sign-in", login=login, password="wrong"),  # type: ignore[misc]
                    403,
                    time.perf_counter,
                )
                wrong[login] += [guess] if turn >= _WARMING else []
        _forget(archive)
        for _ in range(max(20, times // 10)):
            right.append(
                _timed(
                    lambda: _post(client, "/sign-in", login=_KNOWN, password=_PASSWORD),
                    303,
                    time.process_time,
                )
            )
    known, unknown = (statistics.median(wrong[login]) for login in (_KNOWN, _UNKNOWN))
    return {
        "known_ms": known,
        "unknown_ms": unknown,
        "apart": abs(known - unknown) / max(known, unknown),
        "cpu_ms": statistics.median(right),
    }


def main() -> int:
    """Print what was measured; 1 where it is beyond a bound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=500)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    found = measure(arguments.times)
    if arguments.json:
        print(json.dumps(found))
    else:
        print(f"wrong password, known login    {found['known_ms']:6.1f} ms (median of {arguments.times})")
        print(f"wrong password, unknown login  {found['unknown_ms']:6.1f} ms, {found['apart']:.1%} apart")
        print(f"right password                 {found['cpu_ms']:6.1f} ms of CPU")
    return int(found["apart"] > _APART_MAX or found["cpu_ms"] > _CPU_MAX_MS)


if __name__ == "__main__":
    sys.exit(main())
