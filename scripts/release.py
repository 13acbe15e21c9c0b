"""Build what a release consists of, of a commit: wheel, sdist and the list of their parts (SBOM, CycloneDX).

    python -m scripts.release [--sbom] [FOLDER] [COMMIT]     default: dist, HEAD

Built is what the commit has, whatever the working tree has, with the commit's time as that of every file: two
builds of one commit are the same, byte for byte. With --sbom it is the list alone.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).parents[1]


def release(folder: Path, commit: str = "HEAD", only_parts: bool = False) -> list[Path]:
    """Build the files of a release into a folder; return them."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        tree, built = Path(made) / "tree", Path(made) / "built"
        _check_out(commit, tree)
        built.mkdir()
        seconds = _git("log", "-1", "--format=%ct", commit).decode().strip()
        environment = {**os.environ, "SOURCE_DATE_EPOCH": seconds}
        if not only_parts:
            build = [sys.executable, "-m", "hatchling", "build", "--directory", str(built)]
            subprocess.run(build, cwd=tree, env=environment, check=True, stdout=subprocess.DEVNULL)
        version = tomllib.loads((tree / "pyproject.toml").read_text("utf-8"))["project"]["version"]
        list_parts(tree, built / f"archive-{version}.cdx.json", environment)
        return [Path(shutil.move(path, folder / path.name)) for path in sorted(built.iterdir())]


def list_parts(tree: Path, target: Path, environment: Mapping[str, str]) -> None:
    """Write the list of all packages that run, each with version and hashes; it is checked by its schema."""
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", "requirements.txt"]
    told = ["--pyproject", "pyproject.toml", "--output-reproducible", "--no-validate"]
    # It would warn that there is no graph of what needs what, which a list of pins does not have.
    quiet = {**environment, "PYTHONWARNINGS": "ignore"}
    made = subprocess.run(
        [*command, *told, "--output-file", str(target)],
        cwd=tree,
        env=quiet,
        stderr=subprocess.PIPE,
        check=False,
    )
    if made.returncode:
        raise SystemExit(made.stderr.decode(errors="replace"))
    if (wrong := differs_from_schema(target.read_text("utf-8"))) is not None:
        raise SystemExit(f"{target.name} does not keep to the schema of CycloneDX: {wrong}")


@lru_cache(maxsize=1)
def differs_from_schema(text: str) -> str | None:
    """Return what in a list of parts its schema does not allow, None where all is well.

    What checks takes a second to import and two for such a list, and the same list comes again: two builds of
    a commit have one.
    """
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    return None if wrong is None else str(wrong)


def _check_out(commit: str, tree: Path) -> None:
    with tarfile.open(fileobj=BytesIO(_git("archive", commit))) as packed:
        extract_all(packed, tree)


def extract_all(packed: tarfile.TarFile, folder: Path) -> None:
    """Unpack into a folder, nothing outside of it: Debian 12's Python has no argument for that yet."""
    packed.extraction_filter = getattr(tarfile, "data_filter", None)
    packed.extractall(folder)


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True).stdout


if __name__ == "__main__":
    given = [argument for argument in sys.argv[1:] if argument != "--sbom"]
    folder, commit = (given + ["dist", "HEAD"][len(given) :])[:2]
    for path in release(Path(folder), commit, only_parts="--sbom" in sys.argv):
        print(path)
