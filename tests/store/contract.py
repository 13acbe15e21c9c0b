"""What every store must do. A subclass opens one, and says how its bytes are damaged."""

import hashlib
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.errors import NotFound, OriginalDamaged, PathError, TooLarge
from archive.store.store import Store

MIB = 1024 * 1024

Damage = Callable[[str, bytes], None]
"""Put other bytes where the object of this SHA-256 is kept."""


class StoreContract:
    """Tests for the fixtures `store` (an empty one) and `damage`."""

    def test_file_is_kept_under_its_hash(self, store: Store, tmp_path: Path) -> None:
        data = os.urandom(11 * MIB + 17)  # more than a request to a storage service carries
        (tmp_path / "deck.pptx").write_bytes(data)
        stored = store.put_file(tmp_path / "deck.pptx", max_bytes=len(data))
        digest = hashlib.sha256(data).hexdigest()
        assert (stored.sha256, stored.size_bytes, stored.created) == (digest, len(data), True)
        assert store.path(digest).read_bytes() == data
        assert store.size_bytes(digest) == len(data)
        store.verify(digest)

    def test_same_bytes_are_kept_once(self, store: Store) -> None:
        first, second = store.put_bytes(b"samma"), store.put_bytes(b"samma")
        assert (first.created, second.created) == (True, False)
        assert first.sha256 == second.sha256
        assert list(store.digests()) == [first.sha256]

    def test_empty_file_is_an_object(self, store: Store, tmp_path: Path) -> None:
        (tmp_path / "empty").touch()
        stored = store.put_file(tmp_path / "empty", max_bytes=1)
        assert stored.size_bytes == store.size_bytes(stored.sha256) == 0
        assert store.path(stored.sha256).read_bytes() == b""

    @pytest.mark.parametrize("damaged", [b"felaktiga byt", b"felaktiga", b""])
    def test_damaged_object_is_found_and_healed(self, store: Store, damage: Damage, damaged: bytes) -> None:
        sha256 = store.put_bytes(b"riktiga bytes").sha256
        damage(sha256, damaged)
        with pytest.raises(OriginalDamaged):
            store.verify(sha256)
        assert not store.put_bytes(b"riktiga bytes").created
        store.verify(sha256)
        assert store.path(sha256).read_bytes() == b"riktiga bytes"

    def test_file_that_is_too_large_leaves_nothing(self, store: Store, tmp_path: Path) -> None:
        (tmp_path / "big").write_bytes(b"x" * 11)
        with pytest.raises(TooLarge):
            store.put_file(tmp_path / "big", max_bytes=10)
        assert list(store.digests()) == []

    @pytest.mark.parametrize("name", ["missing", "folder", "nul\0byte"])
    def test_what_is_not_a_file_is_a_path_error(self, store: Store, tmp_path: Path, name: str) -> None:
        (tmp_path / "folder").mkdir()
        with pytest.raises(PathError):
            store.put_file(tmp_path / name, max_bytes=10)
        assert list(store.digests()) == []

    @pytest.mark.parametrize("name", ["", "../../etc/passwd", "a" * 63, "A" * 64, "0" * 64])
    def test_unknown_names_are_not_found(self, store: Store, name: str) -> None:
        for ask in (store.path, store.verify, store.size_bytes, store.remove):
            with pytest.raises(NotFound):
                ask(name)

    def test_removed_object_is_gone(self, store: Store) -> None:
        sha256 = store.put_bytes(b"bort").sha256
        store.remove(sha256)
        for ask in (store.path, store.verify, store.size_bytes, store.remove):
            with pytest.raises(NotFound):
                ask(sha256)
        assert list(store.digests()) == []

    def test_digests_come_in_order(self, store: Store) -> None:
        stored = [store.put_bytes(bytes([number])).sha256 for number in range(20)]
        assert list(store.digests()) == sorted(stored)

    def test_many_threads_may_put_the_same_bytes(self, store: Store) -> None:
        data = os.urandom(200_000)
        failures: list[Exception] = []

        def put() -> None:
            try:
                store.put_bytes(data)
            except Exception as error:
                failures.append(error)

        threads = [threading.Thread(target=put) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failures
        (only,) = store.digests()
        store.verify(only)
