"""Requests that no browser sends, made from a seed: bytes for a socket."""

import random
from collections.abc import Callable, Sequence
from urllib.parse import quote

Maker = Callable[[random.Random, Sequence[str]], bytes]

_METHODS = ("GET", "HEAD", "POST", "PUT", "OPTIONS", "TRACE", "get", "G\x00T", "PROPFIND", "")
_PATHS = (
    *("/", "/en/", "/help", "/about", "/e", "/p", "/o", "/r", "/f", "/api/search", "/suggest", "/healthz"),
    *(
        "/robots.txt",
        "/filter/year",
        "/filter/nothing",
        "/static/base.css",
        "/static/../server.py",
        "//",
        "*",
    ),
)
_OF_DOCUMENTS = (
    *("", "/1", "/0", "/99999999999", "/1/small.webp", "/1/large.webp", "/1/zoom.webp", "/1/slide.pdf"),
    *("/original", "/document.pdf", "/version/1/original", "/version/0/original", "/1/nothing"),
)
_WORDS = (
    *(
        "a",
        "å",
        "industri*",
        '"',
        "(((((",
        "OR AND NOT",
        "talare:",
        "år:1-9",
        "*",
        "-" * 200,
        "\0",
        "\x1b[31m",
    ),
    *(
        "a" * 3000,
        "\u202e",
        "%ff",
        "%00",
        "%ED%A0%80",
        "<script>",
        "' OR 1=1",
        "../../etc/passwd",
        "år:2020-",
    ),
    *('"a b" OR (c d) -e', "🙂" * 50, "a OR " * 300, "[" * 500, "titel:" * 80, "{{7*7}}", "${7}", "2²"),
)
_PARAMETERS = (
    *("q", "page", "sort", "view", "only", "back", "show", "marks", "letter", "find", "lang", "v", "nothing"),
    *("focus_area", "event", "year", "region", "organisation", "speaker", "kind", "language", "media_type"),
)
_HEADERS = (
    *("Range: abc", "Range: bytes=0-", "Range: bytes=-1", "Range: bytes=9-1", "Range: bytes=0-1,3-4"),
    *("Range: bytes=" + "0-," * 2000, "If-None-Match: *", 'If-None-Match: W/"a", "b"', "If-Range: x"),
    *(
        "Accept-Encoding: gzip",
        "Accept-Encoding: gzip;q=0",
        "Accept-Encoding: " + "x," * 900,
        "Expect: 100-continue",
    ),
    *("Connection: close", "Connection: keep-alive", "Upgrade: h2c", "X-Forwarded-Host: evil.example"),
    *("X-Forwarded-Proto: javascript", "X-Long: " + "x" * 40_000, "Cookie: a=b", "Bad header", ": empty"),
    *("Host: evil.example", "Host: a, b", "Accept-Language: sv;q=x", "If-Modified-Since: yesterday", "TE: x"),
)
_BODIES = (b"", b"x" * 10, b"x" * 70_000, b"5\r\nhello\r\n0\r\n\r\n", b"zz\r\n", b"\xff\x00" * 50)


def requests(seed: int, count: int, document_ids: Sequence[str]) -> list[bytes]:
    """Return requests; each is another, and the same seed gives the same."""
    chosen = random.Random(seed)
    makers: tuple[Callable[[random.Random, Sequence[str]], bytes], ...] = (
        _well_made,
        _well_made,
        _odd,
        _broken,
    )
    return [chosen.choice(makers)(chosen, document_ids) for _ in range(count)]


def _target(chosen: random.Random, document_ids: Sequence[str]) -> str:
    path = chosen.choice(_PATHS)
    if chosen.random() < 0.4:
        known = chosen.choice([*document_ids, "aaaaaaaaaa", quote(chosen.choice(_WORDS)[:40])])
        path = f"{chosen.choice(('', '/en'))}/d/{known}{chosen.choice(_OF_DOCUMENTS)}"
    pairs = [
        f"{chosen.choice(_PARAMETERS)}={quote(chosen.choice(_WORDS), safe='%')[:4000]}"
        for _ in range(chosen.choice((0, 1, 2, 4, 30)))
    ]
    return f"{path}?{'&'.join(pairs)}" if pairs else path


def _head(method: str, target: str, headers: Sequence[str], version: str = "1.1") -> bytes:
    lines = (f"{method} {target} HTTP/{version}", *headers)
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def _well_made(chosen: random.Random, document_ids: Sequence[str]) -> bytes:
    more = chosen.sample(_HEADERS[:12], chosen.choice((0, 1, 2)))
    return _head("GET", _target(chosen, document_ids), ("Host: localhost", "Connection: close", *more))


def _odd(chosen: random.Random, document_ids: Sequence[str]) -> bytes:
    body = chosen.choice(_BODIES)
    lengths = (f"Content-Length: {len(body)}", "Content-Length: 7", "Transfer-Encoding: chunked", "X: y")
    headers = ("Host: localhost", chosen.choice(lengths), *chosen.sample(_HEADERS, chosen.choice((0, 1, 3))))
    version = chosen.choice(("1.1", "1.0", "0.9", "2.0", "9.9"))
    return _head(chosen.choice(_METHODS), _target(chosen, document_ids), headers, version) + body


def _broken(chosen: random.Random, document_ids: Sequence[str]) -> bytes:
    """Return a request with some bytes changed, left out or twice."""
    data = bytearray(_odd(chosen, document_ids))
    for _ in range(chosen.choice((1, 3, 20))):
        at = chosen.randrange(max(1, len(data)))
        change = chosen.random()
        if change < 0.5:
            data[at : at + 1] = bytes([chosen.randrange(256)])
        elif change < 0.8:
            del data[at : at + chosen.choice((1, 5, 50))]
        else:
            data[at:at] = data[at : at + 200]
    return bytes(data)
