"""What the comparison prints: one row for each set, measure and engine."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure, of `n` questions, words or texts."""

    set: str
    measure: str
    engine: str
    value: float
    n: int


def as_table(rows: Sequence[Row]) -> str:
    """Return the rows as text: a line for each set and measure, a column for each engine."""
    engines = list(dict.fromkeys(row.engine for row in rows))
    figures = {(row.set, row.measure, row.engine): row.value for row in rows}
    lines = list(dict.fromkeys((row.set, row.measure, row.n) for row in rows))
    table = [("set", "measure", "n", *engines)]
    for name, measure, count in lines:
        cells = (figures.get((name, measure, engine)) for engine in engines)
        table.append((name, measure, str(count), *("" if cell is None else f"{cell:.4f}" for cell in cells)))
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in table
    )
