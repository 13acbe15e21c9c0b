"""An archive with everything in it, an export of it, and the reader that is in the export."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from archive.accounts.credentials import hash_password
from archive.app import Archive
from archive.catalogue import taken_out
from archive.catalogue.accounts import accounts
from archive.export.exporting import Exported
from archive.model.accounts import Role
from archive.model.documents import WithdrawalReason
from tests.export.second_reader import SecondReader
from tests.filled_archive import add, slide
from tests.sample_archive import build
from tests.waiting import HANG_S

FORMULA = '=HYPERLINK("http://example.org";"Öppna")'
PASSWORD_HASH = hash_password("dalarnas-hemliga-lösen-77")


@dataclass(frozen=True)
class Out:
    """An export of the sample, and what was exported; `withdrawn` is the tombstone's document."""

    folder: Path
    exported: Exported
    reader: SecondReader
    withdrawn: str


def ignored(what: str, count: int) -> None:
    del what, count


def fill(archive: Archive) -> str:
    build(archive)
    add(archive, "formel", slide(FORMULA, "-1 procent", "@alla"), data="formel")
    add(archive, "formel", slide("Formel, ny", "lägg märke"), data="formel två")
    gone = add(archive, "Återkallad", slide("Ska inte synas", "borttagetord"))
    with archive.database.write() as session:
        row = taken_out.live_row(session, gone)
        taken_out.tombstone(session, row, WithdrawalReason.STAFF, "test")
        account = accounts.add(session, "asta", "Asta", Role.ADMIN, "test")
        accounts.set_password_hash(session, account.id, PASSWORD_HASH, "test")
    return gone


def read(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the reader that is in the export as somebody who has nothing but Python."""
    return subprocess.run(
        [sys.executable, "-I", "-S", str(folder / "read_archive.py"), *arguments],
        env={"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=HANG_S,
        check=False,
    )
