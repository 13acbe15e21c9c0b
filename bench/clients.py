"""Clients that ask a server over HTTP: a thread and a lasting connection each."""

import http.client
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bench.engine_timing import percentile

_TIMEOUT_S = 60.0


@dataclass
class Answers:
    """How long answers took, how many failed (no answer, or not 200), and the time of all of them."""

    times_s: list[float] = field(default_factory=list)
    errors: int = 0
    wall_s: float = 0.0

    def percentile_ms(self, share: int) -> float:
        """Return the time that `share` per cent of the answers did not exceed, 0 where there is none."""
        return 1000 * percentile(self.times_s, share) if self.times_s else 0.0


def ask_all(port: int, addresses: Sequence[str], clients: int) -> Answers:
    """Ask for every address once, `clients` at a time, from the server at `port` of loopback."""
    answers, waiting, lock = Answers(), iter(addresses), threading.Lock()
    threads = [
        threading.Thread(target=_ask_some, args=(port, waiting, lock, answers)) for _ in range(clients)
    ]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers.wall_s = time.monotonic() - began
    return answers


def _ask_some(port: int, waiting: Iterator[str], lock: threading.Lock, answers: Answers) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_S)
    while True:
        with lock:
            address = next(waiting, None)
        if address is None:
            connection.close()
            return
        began = time.monotonic()
        is_good = _is_answered(connection, address)
        took_s = time.monotonic() - began
        with lock:
            if is_good:
                answers.times_s.append(took_s)
            else:
                answers.errors += 1


def _is_answered(connection: http.client.HTTPConnection, address: str) -> bool:
    try:
        connection.request("GET", address)
        response = connection.getresponse()
        response.read()
    except (OSError, http.client.HTTPException):
        connection.close()  # it is opened anew for the next request
        return False
    return response.status == 200
