"""Readers that never end, take everything, crash or lie."""

import ctypes
import os
import signal
import sys
import time

from archive.ingest.extractors.base import Finish
from archive.ingest.framing import PREFIX
from archive.model.extraction import Outcome
from tests.ingest.sandbox.reader_kit import Answer, behaviour, harm, page

_ANSWER_FILE = 3
_HOUR_S = 3600


def _say(data: bytes) -> None:
    os.write(_ANSWER_FILE, data)


def _say_frame(text: str) -> None:
    _say(PREFIX.pack(len(text.encode())) + text.encode())


@behaviour
def good(argument: str) -> Answer:
    yield page(argument)
    yield page("slutet", 2)
    yield Finish(Outcome.OK, properties={"title": "Årsrapport"}, page_count=2, engine="test")


@harm
def endless_loop(argument: str) -> None:
    while True:
        pass


@behaviour
def page_then_sleep(argument: str) -> Answer:
    yield page("före")
    time.sleep(_HOUR_S)


@harm
def closes_its_answer_and_sleeps(argument: str) -> None:
    os.close(_ANSWER_FILE)
    time.sleep(_HOUR_S)


@harm
def ignores_signals(argument: str) -> None:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGXCPU):
        signal.signal(number, signal.SIG_IGN)
    while True:
        pass


@harm
def memory_hog(argument: str) -> None:
    kept = []
    while True:
        kept.append(bytearray(16 * 1024 * 1024))


@behaviour
def output_flood(argument: str) -> Answer:
    number = 0
    while True:
        number += 1
        yield page("översvämning " * 2000, number)


@harm
def raw_flood(argument: str) -> None:
    _say(PREFIX.pack(8 * 1024 * 1024))
    while True:
        _say(b" " * 65536)


@harm
def segfault(argument: str) -> None:
    ctypes.string_at(0)


@harm
def aborts(argument: str) -> None:
    os.abort()


@behaviour
def page_then_abort(argument: str) -> Answer:
    yield page("före")
    os.abort()


@harm
def killed(argument: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@harm
def exit_code(argument: str) -> None:
    os._exit(int(argument))


@harm
def exception(argument: str) -> None:
    raise ValueError("hemlig text")


@behaviour
def endless_recursion(argument: str) -> Answer:
    return endless_recursion(argument)


@behaviour
def no_finish(argument: str) -> Answer:
    yield page("bara en sida")


@harm
def raw(argument: str) -> None:
    """Says the document, which holds bytes in hexadecimal form, instead of frames."""
    _say(bytes.fromhex(argument))
    os._exit(0)


@harm
def frame(argument: str) -> None:
    """Says the document as one frame."""
    _say_frame(argument)
    os._exit(0)


@behaviour
def page_after_the_end(argument: str) -> Answer:
    yield page("före")
    _say_frame('{"kind":"done","category":"ok","engine":"","message":"","page_count":1,"properties":{}}')
    yield page("efter", 2)
    yield Finish(Outcome.OK)


@behaviour
def numbers_go_back(argument: str) -> Answer:
    yield page("två", 2)
    yield page("ett", 1)
    yield Finish(Outcome.OK)


@behaviour
def prints(argument: str) -> Answer:
    print("words of a parser", flush=True)
    sys.stderr.write("words of a parser\n")
    os.write(1, b"more words")
    return good(argument)


@behaviour
def many_pages(argument: str) -> Answer:
    for number in range(1, int(argument) + 1):
        yield page(f"sida {number}", number)
    yield Finish(Outcome.OK)


@behaviour
def odd_text(argument: str) -> Answer:
    yield page("f\u00f6re\ud800\0efter \ufb01l")
    yield Finish(Outcome.OK)


@behaviour
def tells_environment(argument: str) -> Answer:
    yield page(" ".join(f"{name}={value}" for name, value in os.environ.items()))
    yield Finish(Outcome.OK)


@behaviour
def tells_open_files(argument: str) -> Answer:
    numbers = []
    for number in range(64):
        try:
            os.fstat(number)
        except OSError:
            continue
        numbers.append(str(number))
    yield page(" ".join(numbers))
    yield Finish(Outcome.OK)
