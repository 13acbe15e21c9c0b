"""The campaigns of `bench.abuse`, short: the server answers every request and everybody who behaves."""

from bench.abuse.clients import SlowClients, honest_beside, statuses
from bench.abuse.requests import requests
from tests.web.web_archive import Built


def port_of(live: str) -> int:
    return int(live.rpartition(":")[2])


def test_no_fuzzed_request_fails_or_is_left_without_an_end(live: str, built: Built) -> None:
    documents = [built.strategy, built.report, built.withdrawn, built.unread]
    counted, failed = statuses(port_of(live), requests(14, 300, documents), 4)
    assert failed == []
    assert counted[200] > 20
    assert counted[400] > 20


def test_honest_clients_are_all_answered_beside_slow_ones(live: str) -> None:
    slow = SlowClients(port_of(live), 30, "/?q=industrin")
    answers = honest_beside(slow, ["/?q=industrin", "/help", "/e"] * 8, 4, settle_s=0)
    assert answers.errors == 0
    assert len(answers.times_s) == 24
