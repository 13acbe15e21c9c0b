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


def _records(kind):
    with open(HERE / "data/records" / f"{kind}.jsonl", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _counts():
    return json.loads((HERE / "data/records/counts.json").read_text("utf-8"))


def _sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()


def _manifest_problems(name, listed):
    for line in (HERE / name).read_text("utf-8").splitlines():
        digest, path = line.split(None, 1)
        listed.add(path)
        if not (HERE / path).is_file():
            yield f"{path} is missing."
        elif _sha256(HERE / path) != digest:
            yield f"{path} does not have the bytes that were exported."


def _record_problems(listed):
    excused = {one["path"] for one in _records("missing_files")}
    kinds = {"talk_id": "talks", "document_id": "documents", "event_id": "events"}
    ids = {field: {one["id"] for one in _records(kind)} | {None} for field, kind in kinds.items()}
    for kind in set(_counts()) - {"files", "missing_files"}:
        found = 0
        for record in _records(kind):
            found += 1
            for field, known in ids.items():
                if field in record and record[field] not in known:
                    yield f"{kind}: there is no {field} {record[field]}."
            for path in {record.get(field) for field in FILES} - listed - excused - {None, ""}:
                yield f"{kind}: the file {path} is not in the export."
        if found != _counts()[kind]:
            yield f"{kind}: {found} records, and {_counts()[kind]} were exported."


def _check():
    tags, payload = set(), set()
    problems = list(_manifest_problems("tagmanifest-sha256.txt", tags))
    problems += _manifest_problems("manifest-sha256.txt", payload)
    there = {path.relative_to(HERE).as_posix() for path in (HERE / "data").rglob("*") if path.is_file()}
    problems += [f"{path} was not exported." for path in sorted(there - payload)]
    problems += _record_problems(payload)
    print(*problems, f"{len(payload)} files, {len(problems)} problems.", sep="\n")
    for one in _records("missing_files"):
        print(f"Not exported: {one['path']}: {one['reason']}")
    return 1 if problems else 0


def _show(document_id):
    for kind, field in (("documents", "id"), ("versions", "document_id")):
        for record in _records(kind):
            if record[field] == document_id:
                print(json.dumps(record, ensure_ascii=False, indent=2))
                if record.get("text_file"):
                    print((HERE / record["text_file"]).read_text("utf-8"))


def _main(arguments):
    if arguments == ["list"]:
        print(_counts())
        for one in _records("documents"):
            print(one["id"], one["effective_visibility"], one["withdrawn_at"] or "-", one["title"], sep="\t")
        return 0
    if arguments == ["check"]:
        return _check()
    if arguments[:1] == ["show"] and len(arguments) == 2:
        return _show(arguments[1])
    print(__doc__)
    return 2


if __name__ == "__main__":
    hasattr(signal, "SIGPIPE") and signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # for list | head
    sys.exit(_main(sys.argv[1:]))
