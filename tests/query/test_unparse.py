import pytest

from archive.query.parser import parse_query
from archive.query.unparse import written


@pytest.mark.parametrize(
    "text",
    [
        "kompetens region",
        "policy AND licens",
        "policy OCH -licens",
        '"smart specialisering" -gruva',
        "(gruva OR stål) export",
        "talare:Anna år:2019-2022 typ:presentation språk:sv",
        'titel:"vägen framåt" kompetens*',
        "-(a b) c",
        "smart-grid EU:s år:2021",
        "",
        "??",
    ],
)
def test_a_written_tree_is_read_as_the_same_tree(text: str) -> None:
    tree = parse_query(text)
    if text != "??":
        assert parse_query(written(tree)) == tree
    else:
        assert written(tree) == ""
