"""What the test readers are made of. The bytes of the document are a reader's argument, such as a path."""

import subprocess
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

from archive.ingest.extractors.base import Finish, ReadLimits
from archive.model.extraction import Outcome
from archive.model.pages import Block, BlockField, Page, Paragraph

Answer = Iterator[Page | Finish]
Behaviour = Callable[[str], Answer]
EXTRACTORS: dict[str, Behaviour] = {}


class Reader:
    engine = "test"
    fields = frozenset({BlockField.BODY})

    def __init__(self, behaviour: Behaviour) -> None:
        self._behaviour = behaviour

    def extract(self, file: BinaryIO, limits: ReadLimits) -> Answer:
        return self._behaviour(file.read().decode())

    def draw(self, file: BinaryIO, limits: ReadLimits, options: Mapping[str, int]) -> Answer:
        return self.extract(file, limits)


def page(text: str, number: int = 1) -> Page:
    return Page(number, (Block(BlockField.BODY, (Paragraph(text),)),), reader="test")


def behaviour(function: Behaviour) -> Behaviour:
    EXTRACTORS["test/" + function.__name__.replace("_", "-")] = function
    return function


def harm(function: Callable[[str], None]) -> Callable[[str], None]:
    """Turn an action into a reader that does it before it says anything."""

    def run(argument: str) -> Answer:
        function(argument)
        yield Finish(Outcome.OK)

    EXTRACTORS["test/" + function.__name__.replace("_", "-")] = run
    return function


def attempt(function: Callable[[str], object]) -> Callable[[str], object]:
    """Turn an action into a reader that tells whether it was refused."""

    def run(argument: str) -> Answer:
        try:
            result = function(argument)
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            yield page(f"refused {type(error).__name__}")
        else:
            yield page(f"done {result}")
        yield Finish(Outcome.OK, engine="test")

    EXTRACTORS["test/" + function.__name__.replace("_", "-")] = run
    return function
