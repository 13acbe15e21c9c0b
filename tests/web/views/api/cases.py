"""What schemathesis asks of the interface, by its OpenAPI document: every check it has, in this process.

It runs its phases: the bounds of every parameter (coverage), values at random, right and wrong (fuzzing),
and answers that lead to further questions (stateful).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from flask import Flask
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import Failure
from schemathesis.engine import from_schema
from schemathesis.engine.events import NonFatalError, ScenarioFinished

DOCUMENT = "/api/openapi.json"


@dataclass
class Asked:
    """How many cases were asked, by phase; how often each check was made; what failed."""

    cases: Counter[str] = field(default_factory=Counter)
    checks: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Return how many cases were asked."""
        return sum(self.cases.values())

    def add(self, other: "Asked") -> None:
        """Count what was asked in another round, too."""
        self.cases += other.cases
        self.checks += other.checks
        self.failures += other.failures


def ask(app: Flask, examples_max: int, seed: int) -> Asked:
    """Ask an application; `examples_max` is how many random cases an operation gets, the same for a seed."""
    config = SchemathesisConfig.from_dict(
        {
            "headers": {"Accept-Encoding": "identity"},  # the client of WSGI unpacks nothing
            "seed": seed,
            "generation": {"max-examples": examples_max, "database": "none"},
        }
    )
    schema = schemathesis.openapi.from_wsgi(DOCUMENT, app=app, config=config)
    cursors = _cursors(app)

    @schema.hook("map_query")
    def go_on(context: Any, query: Any) -> Any:
        """Put a real cursor in the place of every other one that is made up."""
        made_up = query.get("cursor") if query else None
        real = cursors.get(context.operation.path)
        if real and isinstance(made_up, str) and 0 < len(made_up) <= 200 and len(made_up) % 2:
            query["cursor"] = real
        return query

    @schema.hook("filter_failure")
    def is_failure(context: Any, failure: Failure, case: Any, response: Any) -> bool:
        """Leave out that a cursor which nobody gave is refused: no schema can say which were given."""
        del context
        is_refused = response.status_code == 400 and b'"bad_cursor"' in response.content
        return not (is_refused and case.query.get("cursor") and "accepted" in failure.message)

    asked = Asked()
    for event in from_schema(schema).execute():
        if isinstance(event, ScenarioFinished):
            _note(asked, event)
        elif isinstance(event, NonFatalError):
            asked.failures.append(f"{event.label}: {event.info.format()}")
    return asked


def _note(asked: Asked, event: ScenarioFinished) -> None:
    asked.cases[event.phase.value] += len(event.recorder.cases)
    for checks in event.recorder.checks.values():
        for check in checks:
            asked.checks[check.name] += 1
            if check.failure_info is not None:
                failure, code = check.failure_info.failure, check.failure_info.code_sample
                asked.failures.append(f"{event.recorder.label}: {check.name}: {failure.message} {code}")


def _cursors(app: Flask) -> dict[str, str]:
    """Return a cursor of each list that has more than one record, by its path in the document."""
    return dict(_found_cursors(app))


def _found_cursors(app: Flask) -> Iterator[tuple[str, str]]:
    client = app.test_client()
    for path in client.get(DOCUMENT).get_json(force=True)["paths"]:
        if path.startswith("/api/") and "{" not in path:
            following = (client.get(f"{path}?limit=1").get_json(silent=True) or {}).get("next")
            if following:
                yield path, following.partition("cursor=")[2]
