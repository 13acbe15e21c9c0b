"""Make a small data folder as this version leaves it, which the tests of every later version open.

    python -m scripts.kept_data NAME                            of this version, into tests/data/NAME.tar.xz
    PYTHONPATH=TREE/src python -m scripts.kept_data NAME        of the version in the worktree TREE

Beside it, NAME.json says what was in it: records, originals, answers, accounts, edits. Made once for each
release, before its tag, and never again. All of it is sample content. Needs LibreOffice and Tesseract.
"""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from archive.accounts.setup_links import PATH, new_setup_link
from archive.accounts.sign_in import Client
from archive.app import open_archive
from archive.catalogue.accounts import accounts
from archive.model.accounts import Role
from archive.settings.settings import load_settings
from samples import report
from samples.deck import Deck
from samples.packages import normalised

TARGET = Path(__file__).parents[1] / "tests" / "data"
MAX_BYTES = 300_000
LOGIN, PASSWORD = "prov@example.org", "exempel-nyckel-till-provarkivet"
QUESTIONS = ("gruvnäring", "exportvärde", "industrins", '"cirkulära flöden"', "anteckningsord", "skyltord")
SMALL = {
    "ARCHIVE_PICTURES__LARGE_WIDTH_PX": "320",
    "ARCHIVE_PICTURES__SMALL_WIDTH_PX": "80",
    "ARCHIVE_PICTURES__WEBP_QUALITY": "30",
    "LC_ALL": "C.UTF-8",
    "LANGUAGE": "",
}
SEMINAR = """
[[focus_area]]
title = "Exempelområdets industri"
year_from = 2021

[event]
title = "Hållbar gruvnäring (exempelmaterial)"
kind = "seminar"
date = 2022-05-19
place = "Exempelstad"
organiser = "Exempelföreningen"

[[talk]]
topic = "Gruvnäringens framtid"
regions = ["Norra Mellansverige"]
language = "sv"
deck = "gruvor.pptx"

[[talk.speaker]]
name = "Exempel Talare"
role = "Strateg"
organisation = "Exempelregionen"

[[talk]]
topic = "Cirkulära flöden"
visibility = "members"
deck = "floden.odp"

[[talk.speaker]]
name = "Provia Exempelsson"
organisation = "Exempelkammaren"

[[report]]
title = "Regionens exportvärde"
file = "exportvarde.pdf"
year = 2021
"""

Run = Callable[..., Any]


def main(name: str) -> int:
    """Make the folder, pack it, and return the exit status."""
    os.environ.update(SMALL)
    with tempfile.TemporaryDirectory() as made:
        data, files = Path(made) / name, Path(made) / "files"
        write_files(files)
        run = runner(data)
        run("ingest", "--quiet", files)
        (files / "seminarium" / "gruvor.pptx").write_bytes(mining_deck("Ny version"))
        run("ingest", "--quiet", files / "seminarium")
        edit_records(run)
        add_accounts(data)
        facts = told(data, run)
        for derived in ("tmp", "workers"):
            shutil.rmtree(data / derived, ignore_errors=True)
        packed = pack(data, TARGET / f"{name}.tar.xz")
    (TARGET / f"{name}.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"{name}: {packed} bytes packed")
    return 0 if packed <= MAX_BYTES else 1


def write_files(folder: Path) -> None:
    """Write a seminar, and files of other kinds beside it."""
    seminar, others = folder / "seminarium", folder / "annat"
    seminar.mkdir(parents=True)
    others.mkdir()
    (seminar / "seminar.toml").write_text(SEMINAR, "utf-8")
    (seminar / "gruvor.pptx").write_bytes(mining_deck("Första versionen"))
    (seminar / "exportvarde.pdf").write_bytes(report.build())
    (others / "floden.pptx").write_bytes(flows_deck())
    (others / "protokoll.txt").write_text("Protokoll\n\nIndustrins gruvor och skogar, exempel.\n", "utf-8")
    (others / "webbsida.html").write_text(
        "<html lang=sv><title>Webbsida</title><h1>Gruvnäring</h1><p>En exempelsida.</p></html>", "utf-8"
    )
    converted("odp", others / "floden.pptx", seminar)
    converted("docx:MS Word 2007 XML", others / "protokoll.txt", others)
    sign().save(others / "skylt.png")


def mining_deck(version: str) -> bytes:
    """Return a deck with notes, a hidden slide and a table."""
    deck = Deck("Gruvnäringens framtid", "Exempel Talare", version)
    deck.bullets("Gruvnäringen i länet", ["Malm och metaller", f"- {version}"], notes="Ett anteckningsord")
    deck.bullets("Reservbild", ["Bara för personalen"], hidden=True)
    deck.table("Gruvornas produktion", [("År", "Ton"), ("2020", "1 200"), ("2021", "1 350")], "Exempel")
    return normalised(deck.save())


def flows_deck() -> bytes:
    """Return another deck."""
    deck = Deck("Cirkulära flöden", "Provia Exempelsson", "Exempel")
    deck.bullets("Cirkulära flöden i industrin", ["Återbruk", "Industrins restvärme"])
    return normalised(deck.save())


def converted(to: str, path: Path, folder: Path) -> None:
    """Have LibreOffice write a file in another format into a folder."""
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", to]
        subprocess.run(
            [*command, "--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=300
        )


def sign() -> Image.Image:
    """Return a picture with words that only OCR reads."""
    image = Image.new("L", (900, 240), 255)
    font = ImageFont.load_default(64)
    ImageDraw.Draw(image).text((40, 70), "SKYLTORD EXEMPEL", fill=0, font=font)
    return image


def runner(data: Path) -> Run:
    """Return what runs a command on the folder and returns its JSON, None where it prints none."""

    def run(*arguments: str | Path) -> Any:
        command = [sys.executable, "-m", "archive.cli.main", "--data", str(data), *map(str, arguments)]
        ended = subprocess.run(command, check=True, capture_output=True, text=True, timeout=600)
        return json.loads(ended.stdout) if "--json" in arguments else None

    return run


def edit_records(run: Run) -> None:
    """Change records, take a change back, hide a slide, withdraw a document."""
    (event,) = run("event", "list", "--json")["records"]
    run("event", "edit", event["id"], "--place", "Provstad")
    talk = next(one for one in run("talk", "list", "--json")["records"] if "framtid" in one["title"])
    run("talk", "edit", talk["id"], "--topic", "Fel ämne")
    run("undo", str(run("history", "--json")["edits"][0]["edit"]))
    documents = {one["filename"]: one["document"] for one in run("list", "--json")["documents"]}
    run("hide", f"{documents['exportvarde.pdf']}/2")
    run("withdraw", documents["webbsida.html"])


def add_accounts(data: Path) -> None:
    """Add an admin with a password, and a member whose link is still to be opened."""
    with open_archive(load_settings(data)) as archive:
        settings = archive.settings
        with archive.database.write() as session:
            admin = accounts.add(session, LOGIN, "Prov", Role.ADMIN, "test")
            accounts.add(session, "medlem@example.org", "Medlem", Role.MEMBER, "test")
        link = new_setup_link(archive.database, admin.id, settings.accounts, "test")
        token = link.removeprefix(PATH)
        archive.sign_in.set_up(token, PASSWORD, Client("127.0.0.1", "test"), settings.web.site_name)


def told(data: Path, run: Run) -> dict[str, Any]:
    """Return what is in the folder."""
    stored = [path for path in (data / "originals").rglob("*") if path.is_file() and len(path.name) == 64]
    return {
        "documents": run("list", "--json")["documents"],
        "events": run("event", "list", "--json")["records"],
        "talks": run("talk", "list", "--json")["records"],
        "people": run("person", "list", "--json"),
        "originals": sorted(path.name for path in stored),
        "edits": len(run("history", "--limit", "1000", "--json")["edits"]),
        "answers": {question: answer(run, question) for question in QUESTIONS},
        "login": LOGIN,
        "password": PASSWORD,
    }


def answer(run: Run, question: str) -> list[list[str | int]]:
    """Return which pages a question finds."""
    hits = run("search", "--json", "--limit", "100", question)["hits"]
    return sorted([hit["document"], hit["page"]] for hit in hits)


def pack(data: Path, target: Path) -> int:
    """Pack the folder, nothing of this machine in it; return how many bytes that is."""
    target.parent.mkdir(exist_ok=True)

    def anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = member.mtime = 0
        member.uname = member.gname = ""
        return member

    content = BytesIO()
    with tarfile.open(fileobj=content, mode="w:xz", preset=9) as packed:
        packed.add(data, arcname=".", filter=anonymous)
    return target.write_bytes(content.getvalue())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) if len(sys.argv) == 2 else __doc__)
