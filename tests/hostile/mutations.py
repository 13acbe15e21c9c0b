"""Good files with seeded damage: flipped bits, lost, moved and foreign bytes, lost and damaged parts."""

import io
import random
import zipfile
from collections.abc import Callable, Iterator

from tests.hostile.references import referring_files
from tests.hostile.sources import HostileFile, seeds

_TOKENS = (
    *(b"\xff\xff\xff\xff", b"\0" * 8, b"99999999999", b"-1", b"1e309", b"<<", b">>", b"]]>", b"/Kids[2 0 R]"),
    *(
        b"endstream",
        b"0 R",
        b"&a;",
        b"<a:t>",
        b"</p:sp>",
        b"<!--",
        b"\x80" * 20,
        b"\xed\xa0\x80",
        b"PK\x05\x06",
    ),
)


def mutations(count: int, seed: int) -> Iterator[HostileFile]:
    """Yield `count` damaged files; the same for the same seed."""
    referring = referring_files("http://127.0.0.1:9")
    good = (*seeds(), referring["open presentation"], referring["open text"])
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")
        data, media_type = good[number % len(good)]
        kinds = (_bytes, _parts) if zipfile.is_zipfile(io.BytesIO(data)) else (_bytes, _bytes)
        damage = kinds[number // len(good) % len(kinds)]
        yield HostileFile(
            f"mutation {seed}/{number} ({damage.__name__[1:]})", damage(data, chance), media_type
        )


def _bytes(data: bytes, chance: random.Random) -> bytes:
    """Damage the file as it lies on the disk."""
    return _damaged(data, chance)


def _parts(data: bytes, chance: random.Random) -> bytes:
    """Damage some parts of a package before they are packed, so that the container does not catch it."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [(info.filename, package.read(info)) for info in package.infolist()]
    # Small parts are as often hit as large ones, and slides more often than the rest.
    shares = [4 if "slide" in name and name.endswith(".xml") else 1 for name, _ in parts]
    hit = set(chance.choices(range(len(parts)), shares, k=chance.choice((1, 2, 4))))
    gone = {chance.randrange(len(parts))} if chance.random() < 0.2 else set()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for number, (name, part) in enumerate(parts):
            if number not in gone:
                content = _damaged(part, chance) if number in hit else part
                package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _damaged(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 5, 20))):
        if changed:
            chance.choice(_DAMAGES)(changed, chance.randrange(len(changed)), chance)
    return bytes(changed)


def _flip(data: bytearray, at: int, chance: random.Random) -> None:
    data[at] ^= 1 << chance.randrange(8)


def _insert(data: bytearray, at: int, chance: random.Random) -> None:
    data[at:at] = chance.choice(_TOKENS)


def _overwrite(data: bytearray, at: int, chance: random.Random) -> None:
    token = chance.choice(_TOKENS)
    data[at : at + len(token)] = token


def _noise(data: bytearray, at: int, chance: random.Random) -> None:
    data[at : at + 4] = chance.randbytes(4)


def _lose(data: bytearray, at: int, chance: random.Random) -> None:
    del data[at : at + chance.choice((1, 4, 64, 1000))]


def _move(data: bytearray, at: int, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    data[at : at + 200] = data[start : start + 200]


def _repeat(data: bytearray, at: int, chance: random.Random) -> None:
    data[at:at] = bytes(data[at : at + chance.choice((8, 60, 500))]) * chance.choice((2, 50))


def _cut(data: bytearray, at: int, chance: random.Random) -> None:
    del data[max(at, len(data) // 4) :]


_DAMAGES: tuple[Callable[[bytearray, int, random.Random], None], ...] = (
    *(_flip, _insert, _overwrite, _noise, _lose, _move, _repeat),
    *(_flip, _insert, _overwrite, _noise, _lose, _move, _repeat, _cut),
)
