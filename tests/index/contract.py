"""What every search engine must do. Each engine's tests inherit this class and give it two fixtures.

Scores of engines differ, so order is asked only where any sound ranking agrees.
"""

from collections.abc import Callable

import pytest

from archive.index.engine import SearchEngine
from tests.index.contract_concurrency import ConcurrencyContract
from tests.index.contract_fallback import FallbackContract
from tests.index.contract_history import HistoryContract
from tests.index.contract_limits import LimitsContract
from tests.index.contract_matching import MatchingContract
from tests.index.contract_order import OrderContract
from tests.index.contract_phrases import PhraseContract
from tests.index.contract_rebuilding import RebuildContract
from tests.index.contract_scope import ScopeContract
from tests.index.contract_vocabulary import VocabularyContract
from tests.index.contract_writing import WritingContract


class EngineContract(
    MatchingContract,
    PhraseContract,
    OrderContract,
    FallbackContract,
    ScopeContract,
    VocabularyContract,
    WritingContract,
    RebuildContract,
    HistoryContract,
    LimitsContract,
    ConcurrencyContract,
):
    """The whole contract."""

    @pytest.fixture
    def engine(self) -> SearchEngine:
        """Return an engine with nothing in it."""
        raise NotImplementedError

    @pytest.fixture
    def reopen(self) -> Callable[[], SearchEngine]:
        """Return a function that opens the same index as another process would."""
        raise NotImplementedError
