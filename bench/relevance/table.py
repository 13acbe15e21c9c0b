"""Rows of figures, and how they are printed."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

Row = dict[str, str | float | int]


def row(name: str, measure: str, engine: str, value: float, count: int) -> Row:
    """Return one figure: of `count` questions or words."""
    return {"set": name, "measure": measure, "engine": engine, "value": round(value, 4), "n": count}


def print_rows(rows: Iterable[Row]) -> None:
    """Print one line a set and measure, a column an engine."""
    by_measure: dict[tuple[str, str], dict[str, Row]] = {}
    for row in rows:
        by_measure.setdefault((str(row["set"]), str(row["measure"])), {})[str(row["engine"])] = row
    engines = list(dict.fromkeys(name for columns in by_measure.values() for name in columns))
    table = Table("set", "measure", "n", *engines)
    for (name, measure), columns in by_measure.items():
        counts = {str(row["n"]) for row in columns.values()}
        values = (f"{columns[engine]['value']:.3f}" if engine in columns else "" for engine in engines)
        table.add_row(name, measure, ", ".join(counts), *values)
    Console(width=200).print(table)
