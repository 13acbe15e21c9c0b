"""A server that is told to stop answers what it was asked, and takes nothing more."""

import socket
import threading

import pytest

from tests.waiting import HANG_S, wait_until
from tests.web.server.serving import Served, get, is_closed, read_all, serving


def refuses(served: Served) -> bool:
    try:
        served.connect().close()
    except ConnectionError:
        return True
    return False


def test_what_was_asked_is_answered_and_nothing_else_is_taken() -> None:
    with serving(stop_time_s=HANG_S) as served:
        asked, resting = served.send(get("/held")), served.connect()
        served.held.acquire()
        served.server.stop()
        wait_until(lambda: refuses(served), "no connection is taken any more")
        wait_until(lambda: is_closed(resting), "a connection without a request is ended")
        served.release.set()
        resting.close()
        assert read_all(asked).endswith(b"till slut")


def test_answer_that_is_being_read_is_sent_to_its_end() -> None:
    with serving(stop_time_s=HANG_S) as served:
        reading = served.send(get("/huge"))
        first = reading.recv(1000)
        served.server.stop()
        wait_until(lambda: refuses(served), "no connection is taken any more")
        assert len(first + read_all(reading)) > 24 * 1024 * 1024


def test_request_that_does_not_end_holds_the_stop_up_no_longer_than_it_may() -> None:
    with serving() as served:
        asked = served.send(get("/held"))
        served.held.acquire()
        stopped = threading.Thread(target=served.server.stop)
        stopped.start()
        wait_until(lambda: refuses(served), "no connection is taken any more")
        wait_until(lambda: not served.server.is_running, "the server has ended")
        assert not served.release.is_set()
        stopped.join(HANG_S)
        asked.close()


@pytest.mark.parametrize("host", ["localhost"])
def test_name_with_several_addresses_is_stopped_on_all(host: str) -> None:
    with serving() as served:
        assert served.ask().endswith(b"hej")
    with pytest.raises(ConnectionError):
        socket.create_connection((host, served.server.port), timeout=HANG_S)
