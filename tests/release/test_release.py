"""A release: built twice it is the same, it installs from its files, its parts are listed."""

import json
import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

import pytest

from archive.analysis.lexicon.build import lexicon_folder
from scripts.release import differs_from_schema, release
from tests.cli.commands import SMALL
from tests.waiting import HANG_S

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Return the files of a release by how their names end."""
    return {path.suffix: path for path in release(tmp_path_factory.mktemp("built"))}


@pytest.fixture(scope="module")
def installed(built: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of an environment into which pip has put the wheel and nothing else.

    Its packages are those of this environment, put behind: nothing is fetched.
    """
    folder = tmp_path_factory.mktemp("clean") / "venv"
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    install = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "--no-index",
        "--no-deps",
        "--no-compile",
    ]
    subprocess.run([*install, "--quiet", str(built[".whl"])], check=True, timeout=HANG_S)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "others.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return folder / "bin" / "archive"


def test_two_builds_of_a_commit_are_the_same_bytes(
    built: Mapping[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("LC_ALL", "C")
    before = os.umask(0o077)
    try:
        again = release(tmp_path / "again")
    finally:
        os.umask(before)
    assert {path.name: path.read_bytes() for path in again} == {
        path.name: path.read_bytes() for path in built.values()
    }
    assert set(built) == {".whl", ".gz", ".json"}


def test_wheel_has_what_is_no_code_as_well(built: Mapping[str, Path]) -> None:
    names = zipfile.ZipFile(built[".whl"]).namelist()
    for part in (
        "archive/cli/translations/sv/LC_MESSAGES/archive.mo",
        "archive/web/translations/en/LC_MESSAGES/messages.mo",
        "archive/web/templates/search/results.html",
        "archive/catalogue/regions.toml",
        "archive/export/format.md",
        "archive/export/read_archive.py",
    ):
        assert part in names
    assert any(name.startswith("archive/catalogue/migrations/versions/") for name in names)
    assert not [name for name in names if not name.startswith(("archive/", "archive-"))]


def test_installed_wheel_says_its_version_and_works(installed: Path, tmp_path: Path) -> None:
    environment = {**os.environ, **SMALL, "ARCHIVE_TEXT__LEXICON": str(lexicon_folder())}

    def run(*arguments: str) -> str:
        command = [str(installed), "--data", str(tmp_path / "data"), *arguments]
        ended = subprocess.run(
            command,
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=HANG_S,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    assert run("--version").split() == ["archive,", "version", metadata.version("archive")]
    run("ingest", "--quiet", str(ROOT / "samples" / "seminar" / "regionens-exportvarde.pdf"))
    assert json.loads(run("search", "--json", "exportvärdet"))["total"] > 0
    missing = json.loads(run("status", "--json"))["missing_parts"]
    assert {"libreoffice-impress-nogui", "tesseract-ocr"} <= set(missing)
    run("export", "--all", "out")
    assert (tmp_path / "out" / "read_archive.py").exists()


def test_list_of_parts_keeps_to_its_schema_and_has_every_pin(built: Mapping[str, Path]) -> None:
    text = built[".json"].read_text("utf-8")
    assert differs_from_schema(text) is None
    listed = json.loads(text)
    assert differs_from_schema(json.dumps({**listed, "components": [{"name": "nameless"}]})) is not None
    assert listed["specVersion"] == "1.6"
    about = listed["metadata"]["component"]
    assert (about["name"], about["version"]) == ("archive", metadata.version("archive"))
    pins = re.findall(
        r"^([A-Za-z0-9._-]+)==([^\s;]+)", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE
    )
    assert {(one["name"], one["version"]) for one in listed["components"]} == set(pins)
    for one in listed["components"]:
        assert one["purl"].startswith("pkg:pypi/")
        assert one["purl"].endswith(f"@{one['version']}")
        assert any(
            hashes["alg"] == "SHA-256" for source in one["externalReferences"] for hashes in source["hashes"]
        )


def test_changelog_has_the_release_and_room_for_the_next() -> None:
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    version = re.escape(metadata.version("archive"))
    assert headings[0] == "[Unreleased]"
    assert re.fullmatch(rf"\[{version}\] - \d{{4}}-\d{{2}}-\d{{2}}", headings[1])
