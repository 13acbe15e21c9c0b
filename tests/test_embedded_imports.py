"""What an archive does not need is not imported: clients of a cluster, rules that another process runs."""

import json
import subprocess
import sys
from pathlib import Path

from tests.sample_archive import opened_sample

_CLIENTS = {"opensearchpy", "psycopg", "obstore", "grpc"}
_DIALECT = "sqlalchemy.dialects.postgresql"
_SCRIPT = """
import json, sys
from pathlib import Path
import archive.app.working
from archive.app import open_archive
from archive.model.visibility import Visibility
from archive.search.question import Question
from archive.settings.settings import load_settings
from archive.web.factory import create_app
with open_archive(load_settings(Path(sys.argv[1])), thorough=True) as archive:
    archive.indexer.catch_up()
    found = archive.search.search(Question("gemensam"), Visibility.PUBLIC).total_slides
    page = create_app(archive).test_client().get("/?q=gemensam").status_code
    problems = list(archive.problems())
print(json.dumps([found, page, sorted(sys.modules)]))
"""


def test_clients_of_a_cluster_and_rules_for_pages_are_not_imported(tmp_path: Path) -> None:
    with opened_sample(tmp_path):
        pass
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(tmp_path / "data")], capture_output=True, text=True, check=True
    )
    found, status, modules = json.loads(done.stdout)
    assert (found, status) == (9, 200)
    assert "whoosh" in modules
    assert not _CLIENTS & {name.partition(".")[0] for name in modules}
    assert _DIALECT not in modules
    assert not [name for name in modules if name.startswith("archive.imports.reading.")]
