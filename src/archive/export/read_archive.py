"""Lists, checks and opens what was exported from an archive; needs Python 3.9 or newer and nothing else.

python3 read_archive.py list          what there is, and the documents
python3 read_archive.py check         every file against its SHA-256, every record, every reference
python3 read_archive.py show ID       a document: its records, files and words
"""

import hashlib
import json
import signal
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
FILES = ("original_file", "pdf_file", "text_file", "picture_file")


def records(kind):
    """Yield all records of a kind."""
    with open(HERE / "data/records" / f"{kind}.jsonl", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def counts():
    """Return how many records of each kind were exported."""
    return json.loads((HERE / "data/records/counts.json").read_text("utf-8"))


def sha256(path):
    """Return the SHA-256 of a file, as manifests have it."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()


def manifest_problems(name, listed):
    """Yield what is missing or changed of a manifest's files, and add their paths to `listed`."""
    for line in (HERE / name).read_text("utf-8").splitlines():
        digest, path = line.split(None, 1)
        listed.add(path)
        if not (HERE / path).is_file():
            yield f"{path} is missing."
        elif sha256(HERE / path) != digest:
            yield f"{path} does not have the bytes that were exported."


def record_problems(listed):
    """Yield references of records that lead nowhere, and files that no manifest lists."""
    excused = {one["path"] for one in records("missing_files")}
    kinds = {"talk_id": "talks", "document_id": "documents", "event_id": "events"}
    ids = {field: {one["id"] for one in records(kind)} | {None} for field, kind in kinds.items()}
    for kind in set(counts()) - {"files", "missing_files"}:
        found = 0
        for record in records(kind):
            found += 1
            for field, known in ids.items():
                if field in record and record[field] not in known:
                    yield f"{kind}: there is no {field} {record[field]}."
            for path in {record.get(field) for field in FILES} - listed - excused - {None, ""}:
                yield f"{kind}: the file {path} is not in the export."
        if found != counts()[kind]:
            yield f"{kind}: {found} records, and {counts()[kind]} were exported."


def check():
    """Print what is wrong with the export; return 1 if anything is."""
    tags, payload = set(), set()
    problems = list(manifest_problems("tagmanifest-sha256.txt", tags))
    problems += manifest_problems("manifest-sha256.txt", payload)
    there = {path.relative_to(HERE).as_posix() for path in (HERE / "data").rglob("*") if path.is_file()}
    problems += [f"{path} was not exported." for path in sorted(there - payload)]
    problems += record_problems(payload)
    print(*problems, f"{len(payload)} files, {len(problems)} problems.", sep="\n")
    for one in records("missing_files"):
        print(f"Not exported: {one['path']}: {one['reason']}")
    return 1 if problems else 0


def show(document_id):
    """Print a document with its versions and their words."""
    for kind, field in (("documents", "id"), ("versions", "document_id")):
        for record in records(kind):
            if record[field] == document_id:
                print(json.dumps(record, ensure_ascii=False, indent=2))
                if record.get("text_file"):
                    print((HERE / record["text_file"]).read_text("utf-8"))


def main(arguments):
    """Do what was asked for; return what the process is to end with."""
    if arguments == ["list"]:
        print(counts())
        for one in records("documents"):
            print(one["id"], one["effective_visibility"], one["withdrawn_at"] or "-", one["title"], sep="\t")
        return 0
    if arguments == ["check"]:
        return check()
    if arguments[:1] == ["show"] and len(arguments) == 2:
        return show(arguments[1])
    print(__doc__)
    return 2


if __name__ == "__main__":
    hasattr(signal, "SIGPIPE") and signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # for list | head
    sys.exit(main(sys.argv[1:]))
