"""Who may see what: the rules themselves, and that nothing else in the source decides it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import archive
from archive import visibility
from archive.index.engines import ENGINES
from archive.model.pages import UNSEARCHED_FIELDS, Block, BlockField, Page, Paragraph
from archive.model.visibility import Visibility
from archive.visibility import STAFF_FIELDS

PUBLIC, MEMBERS, STAFF = Visibility.PUBLIC, Visibility.MEMBERS, Visibility.STAFF
SOURCE = Path(archive.__file__).parent
DECIDING = {"visibility.py", "catalogue/visibility.py"}
# The engine keeps its pages by rank and is asked for ranks; which rank a page has it is told.
ENGINE_FOLDERS = tuple(f"index/{name}" for name in ENGINES)
RANKS = {"rank", "ranks", "max_rank"}
# Names that mean another thing there.
OF_THEIR_OWN = {
    "index/validation.py",  # whether a page's rank is one at all
    "highlight/snippet.py",
    "analysis/language.py",
    "ingest/extractors/pdf/miner/interpreter.py",  # layers that are off
}


@pytest.mark.parametrize(
    ("visitor", "seen"), [(PUBLIC, {PUBLIC}), (MEMBERS, {PUBLIC, MEMBERS}), (STAFF, {PUBLIC, MEMBERS, STAFF})]
)
def test_a_visitor_sees_what_is_for_them_and_for_those_below(
    visitor: Visibility, seen: set[Visibility]
) -> None:
    assert {level for level in Visibility if visibility.may_see(visitor, level.rank)} == seen


def test_the_strictest_part_decides() -> None:
    assert visibility.strictest_rank([PUBLIC, STAFF, MEMBERS]) == STAFF.rank
    assert visibility.strictest_rank([]) == PUBLIC.rank


def test_hidden_pages_notes_and_old_versions_are_for_staff_alone() -> None:
    pages = [Page(1), Page(2, hidden=True)]
    for visitor in (PUBLIC, MEMBERS):
        assert visibility.visible_pages(visitor, pages) == pages[:1]
        assert not visibility.may_see_staff_words(visitor)
        assert not visibility.may_see_old_versions(visitor)
    assert visibility.visible_pages(STAFF, pages) == pages
    assert visibility.may_see_staff_words(STAFF)
    assert visibility.may_see_old_versions(STAFF)


def test_a_hidden_page_is_found_from_the_rank_of_staff_on_whatever_its_document_is() -> None:
    hidden, shown = Page(1, hidden=True), Page(2)
    assert visibility.index_rank(PUBLIC.rank, hidden) == STAFF.rank
    assert [visibility.index_rank(level.rank, shown) for level in Visibility] == [0, 1, 2]
    assert visibility.is_for_everybody(PUBLIC.rank, shown)
    assert not visibility.is_for_everybody(PUBLIC.rank, hidden)
    assert not visibility.is_for_everybody(MEMBERS.rank, shown)


def test_replaced_version_is_for_those_who_could_see_it_then() -> None:
    for seen_then in (PUBLIC, MEMBERS, STAFF):
        allowed = [one for one in (PUBLIC, MEMBERS, STAFF) if visibility.may_see_old_version(one, seen_then)]
        assert allowed == [PUBLIC, MEMBERS, STAFF][seen_then.rank :]


def test_slide_of_a_replaced_version_is_hidden_for_any_of_three_reasons() -> None:
    shown, hidden = Page(1), Page(1, hidden=True)
    assert not visibility.is_hidden_since(shown, shown, is_like_hidden=False)
    assert visibility.is_hidden_since(hidden, shown, is_like_hidden=False)
    assert visibility.is_hidden_since(shown, hidden, is_like_hidden=False)
    assert visibility.is_hidden_since(shown, shown, is_like_hidden=True)


def test_notes_and_comments_are_read_by_staff_and_page_numbers_by_nobody() -> None:
    blocks = [Block(field) for field in BlockField]
    for visitor in (PUBLIC, MEMBERS):
        read = {block.field for block in visibility.readable_blocks(visitor, blocks)}
        assert (
            read == set(BlockField) - STAFF_FIELDS - UNSEARCHED_FIELDS == visibility.readable_fields(visitor)
        )
    assert visibility.readable_fields(STAFF) == set(BlockField) - UNSEARCHED_FIELDS
    assert {BlockField.NOTES, BlockField.COMMENT} == STAFF_FIELDS


def test_properties_that_say_what_only_a_hidden_page_says_are_for_nobody_else() -> None:
    def page(number: int, text: str, *, hidden: bool) -> Page:
        return Page(number, (Block(BlockField.BODY, (Paragraph(text),)),), hidden=hidden)

    properties = {
        "title": "Sparkrav 2024",
        "subject": "Vätgas",
        "keywords": "norr",
        "author": "Kim Ek",
        "description": "",
    }
    hidden = page(1, "Våra sparkrav: sparkrav 2024, norr, vätgas. Kim Ek", hidden=True)
    shown = page(2, "Vätgas är lätt", hidden=False)
    assert visibility.open_properties(properties, [hidden, shown]) == {
        "subject": "Vätgas",
        "author": "Kim Ek",
        "description": "",
    }
    assert visibility.open_properties(properties, [shown]) == properties


def test_no_other_module_decides_by_rank_or_by_hidden() -> None:
    found = {
        f"{path.relative_to(SOURCE)}:{line}"
        for path in SOURCE.rglob("*.py")
        if not _may_decide(path)
        for line in _decisions(ast.parse(path.read_text("utf-8")))
    }
    assert not found


def test_words_of_hidden_pages_notes_and_comments_are_for_staff() -> None:
    words = [Block(field) for field in (BlockField.BODY, BlockField.NOTES, BlockField.COMMENT)]
    assert [visibility.is_for_staff(Page(1), block) for block in words] == [False, True, True]
    assert all(visibility.is_for_staff(Page(1, hidden=True), block) for block in words)


@pytest.mark.parametrize(
    "line",
    [
        "record.rank <= visitor.rank",
        "max(ranks) > 0",
        "[page for page in pages if not page.hidden]",
        "[page for page in pages if page.hidden]",
        "staff or not page.hidden",
        "PageRow.hidden.is_(False)",
        "visitor is Visibility.STAFF",
        "visitor in (Visibility.STAFF, Visibility.MEMBERS)",
        "block.field in STAFF_FIELDS - {1}",
    ],
)
def test_such_decisions_would_be_noticed(line: str) -> None:
    assert list(_decisions(ast.parse(line)))


def _may_decide(path: Path) -> bool:
    name = path.relative_to(SOURCE).as_posix()
    return name in DECIDING | OF_THEIR_OWN or name.startswith(ENGINE_FOLDERS)


def _decisions(tree: ast.AST) -> Iterator[int]:
    """Yield the lines on which ranks are compared, a visitor with a level, or pages chosen by `hidden`."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare() if _names(node) & RANKS or _has_level(node):
                yield node.lineno
            case ast.UnaryOp(op=ast.Not()) | ast.BoolOp() if "hidden" in _attributes(node):
                yield node.lineno
            case ast.comprehension(ifs=ifs) if any("hidden" in _attributes(one) for one in ifs):
                yield ifs[0].lineno
            case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="hidden"))):
                yield node.lineno
            case ast.BinOp() if "STAFF_FIELDS" in _names(node) and isinstance(node.op, ast.Sub):
                yield node.lineno


def _names(node: ast.AST) -> set[str]:
    names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    return names | _attributes(node)


def _attributes(node: ast.AST) -> set[str]:
    return {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}


def _has_level(node: ast.Compare) -> bool:
    """Return whether a visitor is compared with a level."""
    levels = any(
        isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id == "Visibility"
        for one in ast.walk(node)
    )
    return levels and "visibility" not in _attributes(node)
