from hypothesis import given
from hypothesis import strategies as st

from archive.ingest.extractors.bounded import cut_blocks
from archive.model.pages import Block, BlockField, Paragraph

_paragraphs = st.lists(st.builds(Paragraph, st.text(max_size=20)), max_size=5).map(tuple)
_rows = st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), max_size=5).map(tuple)
_blocks = st.lists(
    st.builds(Block, st.just(BlockField.BODY), _paragraphs)
    | st.builds(Block, st.just(BlockField.TABLE), st.just(()), _rows),
    max_size=6,
)


@given(blocks=_blocks, max_chars=st.integers(0, 120))
def test_words_stay_within_the_bound_and_none_is_lost_below(blocks: list[Block], max_chars: int) -> None:
    kept, was_cut = cut_blocks(blocks, max_chars)
    assert sum(len(block.text) for block in kept) <= max_chars
    if sum(len(block.text) for block in blocks) <= max_chars:
        assert kept == tuple(blocks)
        assert not was_cut
    else:
        assert was_cut
