"""What sites ask of programs is kept to, and a site that does not say it is left alone."""

import socket

import pytest

from archive.errors import RobotsForbid
from archive.imports.fetching.fetch import Robots
from tests.imports.fetching.raw_server import raw_server, reply
from tests.imports.fetching.test_fetch import fetcher_for, sending

RULES = b"User-agent: *\nDisallow: /intern/\nDisallow: /*.pdf$\nAllow: /\n"


def test_rules_are_read_once_and_kept_to() -> None:
    with raw_server(sending(reply(RULES, headers=("Content-Type: text/plain",)))) as server:
        robots = Robots(fetcher_for(server))
        robots.require(server.address("/seminarier/2022"))
        for path in ("/intern/x", "/a/b.pdf"):
            with pytest.raises(RobotsForbid):
                robots.require(server.address(path))
    assert len(server.requests) == 1
    assert server.requests[0].startswith("GET /robots.txt ")


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden"])
def test_a_site_without_rules_allows_all(status: str) -> None:
    with raw_server(sending(reply(status=status))) as server:
        Robots(fetcher_for(server)).require(server.address("/intern/x"))


def test_a_site_that_cannot_say_it_is_left_alone() -> None:
    def fail(connection: socket.socket, _: str) -> None:
        connection.sendall(reply(status="500 Broken"))

    with raw_server(fail) as server, pytest.raises(RobotsForbid):
        Robots(fetcher_for(server)).require(server.address("/"))
