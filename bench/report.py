"""Rows of figures, as `--json` gives them, and the table of them."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

Row = dict[str, str | float]


def value_row(work: str, engine: str, value: float, unit: str) -> Row:
    """Return a row with one value."""
    return {"work": work, "engine": engine, "value": round(value, 2), "unit": unit}


def print_table(rows: Sequence[Row]) -> None:
    """Print a line for each work and a column for each engine."""
    names = list(dict.fromkeys(str(row["engine"]) for row in rows))
    table = Table("work", "hits", *names)
    for work in dict.fromkeys(str(row["work"]) for row in rows):
        of_work = {str(row["engine"]): row for row in rows if row["work"] == work}
        first = next(iter(of_work.values()))
        title = f"{work}, {first['unit']}" if "unit" in first else f"{work}, ms (p50 / p95)"
        cells = [_cell(of_work.get(name)) for name in names]
        table.add_row(title, f"{first['hits']:.0f}" if "hits" in first else "", *cells)
    Console(width=140).print(table)


def _cell(row: Row | None) -> str:
    if row is None:
        return "–"
    return f"{row['value']:,}" if "value" in row else f"{row['p50_ms']:.2f} / {row['p95_ms']:.2f}"


def percentile(values: Sequence[float], share: int) -> float:
    """Return the value that `share` per cent do not exceed, by the nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]
