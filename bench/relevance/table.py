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
    held: dict[tuple[str, str], dict[str, Row]] = {}
    for one in rows:
        held.setdefault((str(one["set"]), str(one["measure"])), {})[str(one["engine"])] = one
    engines = list(dict.fromkeys(name for columns in held.values() for name in columns))
    table = Table("set", "measure", "n", *engines)
    for (name, measure), columns in held.items():
        counts = {str(one["n"]) for one in columns.values()}
        values = (f"{columns[one]['value']:.3f}" if one in columns else "" for one in engines)
        table.add_row(name, measure, ", ".join(counts), *values)
    Console(width=200).print(table)
