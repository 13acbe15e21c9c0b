"""Lists of the interface, walked from the first slice to the last."""

from collections.abc import Iterator
from typing import Any

from flask.testing import FlaskClient


def answer(client: FlaskClient, address: str, **headers: str) -> Any:
    """Return what an address answers, which has to be JSON."""
    response = client.get(address, headers=headers)
    assert response.status_code == 200, response.text
    assert response.mimetype == "application/json"
    return response.get_json()


def slices(client: FlaskClient, address: str) -> Iterator[list[dict[str, Any]]]:
    """Yield the slices of a list; the next one is asked for when the caller wants it."""
    while address:
        said = answer(client, address)
        yield said["items"]
        address = said["next"] or ""


def walked(client: FlaskClient, address: str) -> list[dict[str, Any]]:
    """Return all records of a list."""
    return [one for items in slices(client, address) for one in items]
