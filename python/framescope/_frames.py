"""Frames of all kinds in and out. Each kind is imported only when it is used."""

from __future__ import annotations

import csv
import datetime
import importlib.util
import json
import math
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

KINDS = ("pandas", "polars", "pyarrow", "dicts")

# A field of a table's schema, as `datapackage.json` has it: name, type, description.
Fields = list[dict[str, Any]]


def kind_of(articles: object) -> str | None:
    """The kind of a frame; `None` for what is none."""
    module = type(articles).__module__.split(".")[0]
    return module if module in KINDS else None


def default_kind() -> str:
    """The first kind that is installed."""
    return next((kind for kind in KINDS[:3] if importlib.util.find_spec(kind)), "dicts")


def records(articles: Any, kind: str) -> Iterator[dict[str, Any]]:
    """The rows of a frame."""
    if kind == "polars":
        if hasattr(articles, "collect"):
            articles = articles.collect()
        names, columns = articles.columns, [articles[name].to_list() for name in articles.columns]
    elif kind == "pyarrow":
        names = articles.column_names
        columns = [articles.column(at).to_pylist() for at in range(len(names))]
    else:
        names = [str(name) for name in articles.columns]
        columns = [articles.iloc[:, at].tolist() for at in range(len(names))]
    if len(set(names)) < len(names):
        twice = next(name for name in names if list(names).count(name) > 1)
        raise ValueError(f"two columns have the name `{twice}`; rename one of them")
    for row in zip(*columns):
        yield dict(zip(names, row))


def write_records(rows: Iterable[dict[str, Any]], path: Path) -> None:
    """Writes rows as JSON Lines, which is how the program takes articles that lie in no file of their own."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number, row in enumerate(rows, 1):
            if not isinstance(row, dict):
                raise TypeError(f"row {number} is a {type(row).__name__}; a list of articles holds dicts")
            line = {name: plain for name, value in row.items() if (plain := _plain(value)) is not None}
            try:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
            except UnicodeEncodeError as error:
                raise ValueError(f"row {number} has a character that is no text ({error.reason})") from None


def _plain(value: Any) -> Any:
    """A cell as JSON has it; `None` for every kind of missing value."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return None if math.isnan(value) else value
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if hasattr(value, "item"):
        return _plain(value.item())
    return str(value)


def read_table(path: Path, fields: Fields, kind: str) -> Any:
    """A table as a frame of a kind, each column of its type. An empty cell is a missing value."""
    return _READERS[kind](path, fields)


def _pandas(path: Path, fields: Fields) -> Any:
    import pandas

    types = {"string": str, "integer": "Int64", "number": "float64", "boolean": "boolean"}
    # Since 3.1 numbers are always read to the last digit.
    version = tuple(int(part) for part in pandas.__version__.split(".")[:2])
    exact: dict[str, Any] = {} if version >= (3, 1) else {"float_precision": "round_trip"}
    frame = pandas.read_csv(
        path,
        dtype={field["name"]: types[field["type"]] for field in fields},
        keep_default_na=False,
        na_values=[""],
        true_values=["true"],
        false_values=["false"],
        **exact,
        encoding="utf-8",
    )
    plain = {"integer": "int64", "boolean": "bool"}
    whole = {
        field["name"]: plain[field["type"]]
        for field in fields
        if field["type"] in plain and not frame[field["name"]].isna().any()
    }
    return frame.astype(whole)


def _polars(path: Path, fields: Fields) -> Any:
    import polars

    types = {"string": polars.String, "integer": polars.Int64, "number": polars.Float64, "boolean": polars.Boolean}
    schema = {field["name"]: types[field["type"]] for field in fields}
    return polars.read_csv(path, schema=schema, null_values=[""], raise_if_empty=False)


def _pyarrow(path: Path, fields: Fields) -> Any:
    import pyarrow
    from pyarrow import csv as arrow_csv

    types = {
        "string": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
    }
    table = arrow_csv.read_csv(
        path,
        parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(
            column_types={field["name"]: types[field["type"]] for field in fields},
            null_values=[""],
            strings_can_be_null=True,
            true_values=["true"],
            false_values=["false"],
        ),
    )
    about = [
        pyarrow.field(field["name"], types[field["type"]], metadata={"about": field.get("description", "")})
        for field in fields
    ]
    return table.cast(pyarrow.schema(about))


def _dicts(path: Path, fields: Fields) -> list[dict[str, Any]]:
    of_type: dict[str, Callable[[str], Any]] = {
        "string": str,
        "integer": int,
        "number": float,
        "boolean": lambda cell: cell == "true",
    }
    read = [of_type[field["type"]] for field in fields]
    names = [field["name"] for field in fields]
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows, None)
        return [
            {name: convert(cell) if cell else None for name, convert, cell in zip(names, read, row)} for row in rows
        ]


_READERS: dict[str, Callable[[Path, Fields], Any]] = {
    "pandas": _pandas,
    "polars": _polars,
    "pyarrow": _pyarrow,
    "dicts": _dicts,
}
