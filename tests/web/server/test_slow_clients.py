"""Clients that are slow, say nothing or do not read: they lose their connection, and nobody else notices."""

from collections.abc import Iterator

import pytest

from tests.waiting import wait_until
from tests.web.server.serving import HUGE_BYTES, Served, get, is_closed, read_all, serving

# Each test shortens the one time that it is about: on a busy machine the others may pass meanwhile.
AT_REST = {"request_time_s": 600, "response_time_s": 600, "idle_time_s": 600}


@pytest.fixture(scope="module")
def patient() -> Iterator[Served]:
    with serving(threads=1, connections_per_address_max=6, connections_max=12, **AT_REST) as served:
        yield served


@pytest.mark.parametrize(
    "begun",
    [b"", b"GET / HT", get("/")[:-2], get("/", "Content-Length: 100", method="POST") + b"half"],
    ids=["nothing", "half a line", "half a head", "half a body"],
)
def test_request_that_does_not_end_is_ended(begun: bytes) -> None:
    with serving(**AT_REST | {"request_time_s": 0.1}) as served:
        assert read_all(served.send(begun)) == b""


def test_connection_that_rests_is_ended() -> None:
    with serving(**AT_REST | {"idle_time_s": 0.1}) as served:
        assert read_all(served.send(get("/"))).endswith(b"hej")


def test_answer_that_nobody_reads_is_given_up() -> None:
    with serving(**AT_REST | {"response_time_s": 0.1}) as served:
        unread = served.send(get("/huge"))
        unread.recv(1)
        wait_until(lambda: not served.server.connections(), "the server gives the answer up")
        assert len(read_all(unread)) < HUGE_BYTES


def test_large_answer_is_sent_whole_to_those_who_read(patient: Served) -> None:
    assert len(patient.ask("/huge")) > HUGE_BYTES


def test_clients_that_do_not_read_keep_no_thread(patient: Served) -> None:
    unread = [patient.send(get("/huge"), "127.0.0.9") for _ in range(3)]
    assert patient.ask().endswith(b"hej")  # by the one thread there is
    for connection in unread:
        connection.close()


def test_visitor_is_let_in_next_to_slow_clients_of_the_same_address(patient: Served) -> None:
    slow = [patient.send(b"GET / HT") for _ in range(20)]
    assert patient.ask().endswith(b"hej")
    wait_until(lambda: sum(map(is_closed, slow)) >= 14, "the slow ones are no more than an address may have")
    assert not is_closed(slow[-1])  # the one that came last has kept us waiting for the shortest time
    for connection in slow:
        connection.close()


def test_visitor_is_let_in_next_to_slow_clients_of_many_addresses(patient: Served) -> None:
    slow = [patient.send(b"GET / HT", f"127.0.1.{number}") for number in range(1, 31)]
    assert patient.ask().endswith(b"hej")
    wait_until(lambda: sum(map(is_closed, slow)) >= 18, "the slow ones are no more than the server takes")
    for connection in slow:
        connection.close()


def test_request_that_is_worked_on_keeps_its_connection(patient: Served) -> None:
    asked = patient.send(get("/held", "Connection: close"))
    patient.held.acquire()
    slow = [patient.send(b"GET / HT") for _ in range(20)]
    wait_until(lambda: sum(map(is_closed, slow)) >= 14, "there are too many connections")
    patient.release.set()
    assert read_all(asked).endswith(b"till slut")
    for connection in slow:
        connection.close()


def test_connections_of_a_trusted_proxy_are_many_visitors() -> None:
    with serving(connections_per_address_max=4, trusted_proxies=["127.0.0.1"], **AT_REST) as served:
        slow = [served.send(b"GET / HT") for _ in range(20)]
        assert served.ask().endswith(b"hej")
        assert not any(map(is_closed, slow))
        for connection in slow:
            connection.close()
