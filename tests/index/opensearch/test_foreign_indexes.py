"""Indexes that are not as the archive makes them are told from good ones, and a rebuild mends them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import opensearchpy
import pytest

from archive.errors import IndexOutdated, IndexUnusable
from archive.index.engine import SearchEngine
from archive.index.opensearch.mapping import LAYOUT, index_body
from archive.index.query import MatchAll
from archive.settings.opensearch import OpenSearchSettings
from tests.filled_archive import add, ask, opened
from tests.index.index_documents import ask as ask_engine
from tests.index.index_documents import document, documents_found, mark, write


@pytest.fixture
def client(settings: OpenSearchSettings) -> Iterator[Any]:
    with opensearchpy.OpenSearch(list(settings.hosts)) as client:
        yield client


def _replace(client: Any, settings: OpenSearchSettings, body: dict[str, Any], layout: int) -> None:
    """Put an index with a good watermark, but made otherwise, in the place of the archive's own."""
    old, new = f"{settings.index_prefix}-000001", f"{settings.index_prefix}-000002"
    state = client.get(index=old, id="state")["_source"]
    state["state"]["layout"] = layout
    client.indices.delete(index=old)
    client.indices.create(index=new, body=body)
    client.index(index=new, id="state", body=state, refresh=True)
    client.indices.put_alias(index=new, name=settings.index_prefix)


def _rebuilt(engine: SearchEngine) -> str:
    with engine.rebuild() as rebuild:
        rebuild.write([document("ny", "skog")])
        rebuild.publish(mark(9))
    engine.check()
    return documents_found(engine, MatchAll())


def test_index_of_another_version(client: Any, settings: OpenSearchSettings, engine: SearchEngine) -> None:
    write(engine, document("a", "skog"))
    _replace(client, settings, index_body(settings), LAYOUT - 1)
    for call in (engine.check, engine.watermark, lambda: ask_engine(engine, MatchAll())):
        with pytest.raises(IndexOutdated, match="archive rebuild"):
            call()
    assert _rebuilt(engine) == "ny"


def test_index_with_other_fields(client: Any, settings: OpenSearchSettings, engine: SearchEngine) -> None:
    write(engine, document("a", "skog"))
    _replace(client, settings, {"mappings": {"properties": {"group": {"type": "text"}}}}, LAYOUT)
    for call in (lambda: ask_engine(engine, MatchAll()), lambda: write(engine, document("b", "sjö"))):
        with pytest.raises(IndexUnusable, match="archive rebuild"):
            call()
    assert _rebuilt(engine) == "ny"


def test_index_without_a_watermark(client: Any, settings: OpenSearchSettings, engine: SearchEngine) -> None:
    write(engine, document("a", "skog"))
    client.delete(index=settings.index_prefix, id="state")
    for call in (engine.watermark, engine.check, engine.counts):
        with pytest.raises(IndexUnusable, match="archive rebuild"):
            call()
    assert _rebuilt(engine) == "ny"


def test_index_in_the_place_of_the_alias(
    client: Any, settings: OpenSearchSettings, engine: SearchEngine
) -> None:
    client.indices.create(index=settings.index_prefix)
    try:
        for call in (engine.watermark, engine.check, engine.counts):
            with pytest.raises(IndexUnusable, match=r"opensearch\.index_prefix"):
                call()
    finally:
        client.indices.delete(index=settings.index_prefix)


def test_archive_makes_an_outdated_index_anew_when_it_is_opened(
    tmp_path: Path, client: Any, settings: OpenSearchSettings
) -> None:
    with opened(tmp_path, search={"engine": "opensearch"}, opensearch=settings) as archive:
        add(archive, "Gruvor", "gruva")
        archive.indexer.catch_up()
    _replace(client, settings, index_body(settings), LAYOUT - 1)
    with opened(tmp_path, search={"engine": "opensearch"}, opensearch=settings) as archive:
        assert ask(archive, "gruva").total_slides == 1


def test_old_indexes_go_later(client: Any, settings: OpenSearchSettings, engine: SearchEngine) -> None:
    from archive.index.opensearch.generations import RemoteGenerations

    write(engine, document("a", "skog"))
    with engine.rebuild() as rebuild:
        rebuild.publish(mark(2))
    names = f"{settings.index_prefix}-*"
    assert len(client.indices.get(index=names)) == 2
    engine.compact(lambda: False)
    assert len(client.indices.get(index=names)) == 2
    RemoteGenerations(client, settings).clear_old(retired_s=0)
    assert list(client.indices.get(index=names)) == [f"{settings.index_prefix}-000002"]
