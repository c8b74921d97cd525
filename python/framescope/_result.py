"""The tables of a run, read when they are asked for."""

from __future__ import annotations

import html
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from . import _frames
from ._options import arguments

# The columns of a concordance that are numbers; the others are text.
_NUMBERS = {"start_byte", "end_byte", "line"}


class Result(Mapping[str, Any]):
    """The tables of a run by their names: `result["frame_frequency"]`.

    A table is read when it is first asked for, as a frame with typed columns; an undefined value is a missing one. In a
    notebook, a result shows its report.
    """

    def __init__(
        self,
        folder: str | os.PathLike[str],
        *,
        frames: str,
        summary: str = "",
        corpus: tuple[Any, list[str], list[str]] | None = None,
        keep: tempfile.TemporaryDirectory[str] | None = None,
    ) -> None:
        if frames not in _frames.KINDS:
            raise ValueError(f"there is no kind of frame `{frames}`; known are {', '.join(_frames.KINDS)}")
        self.folder = Path(folder)
        """Where the files lie; for a run from Python, a folder that vanishes with the result."""
        self.summary = summary
        """What the program says at the end of a run: what was read, what was odd."""
        self._frames = frames
        self._corpus = corpus
        self._keep = keep
        self._tables: dict[str, Any] = {}
        package = self.folder / "datapackage.json"
        try:
            resources = json.loads(package.read_text(encoding="utf-8"))["resources"]
        except (OSError, ValueError, KeyError) as error:
            raise FileNotFoundError(f"`{self.folder}` is no output folder: `{package.name}` ({error})") from None
        self._fields = {
            resource["name"]: resource["schema"]["fields"]
            for resource in resources
            if resource["path"] == f"{resource['name']}.csv" and "schema" in resource
        }

    def __getitem__(self, name: str) -> Any:
        if name not in self._fields:
            raise KeyError(f"there is no table `{name}`; known are {', '.join(self._fields)}")
        if name not in self._tables:
            self._tables[name] = _frames.read_table(self.folder / f"{name}.csv", self._fields[name], self._frames)
        return self._tables[name]

    def __contains__(self, name: object) -> bool:
        return name in self._fields

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def columns(self, name: str) -> dict[str, str]:
        """What each column of a table means."""
        if name not in self._fields:
            raise KeyError(f"there is no table `{name}`; known are {', '.join(self._fields)}")
        return {field["name"]: field.get("description", "") for field in self._fields[name]}

    def concordance(
        self,
        actor: str | Iterable[str] | None = None,
        frame: str | Iterable[str] | None = None,
        term: str | Iterable[str] | None = None,
        pattern: str | None = None,
        source: str | Iterable[str] | None = None,
        voice: str | Iterable[str] | None = None,
        limit: int | None = None,
    ) -> Any:
        """The hits of actors, frames, terms or a regular expression, each with its sentence, as a frame.

        Raises
        ------
        Error
            A name that the codebook does not know.
        ValueError
            The result was read from a folder, which does not hold the articles.
        """
        if self._corpus is None:
            raise ValueError("a folder holds no articles: run the study, or use the table `mentions`")
        study, reading, inputs = self._corpus
        wanted = {"actor": actor, "frame": frame, "term": term, "pattern": pattern}
        words = arguments({**wanted, "source": source, "voice": voice, "limit": limit})
        rows: bytes = study.concordance([*reading, *words, "--", *inputs])
        with tempfile.TemporaryDirectory(prefix="framescope-") as folder:
            path = Path(folder) / "concordance.csv"
            path.write_bytes(rows)
            header = rows.split(b"\n", 1)[0].decode().rstrip("\r").split(",")
            fields = [{"name": name, "type": "integer" if name in _NUMBERS else "string"} for name in header]
            return _frames.read_table(path, fields, self._frames)

    @property
    def report(self) -> str:
        """The report as HTML."""
        path = self.folder / "report.html"
        if not path.is_file():
            raise FileNotFoundError(f"`{self.folder}` has no report; run with `report=True`")
        return path.read_text(encoding="utf-8")

    def save(self, folder: str | os.PathLike[str]) -> Path:
        """Copies all files into a new folder, as `framescope run -o` would have written them."""
        return Path(shutil.copytree(self.folder, folder))

    def __repr__(self) -> str:
        return self.summary.rstrip() or f"framescope.Result({str(self.folder)!r}: {', '.join(self)})"

    def _repr_html_(self) -> str:
        if not (self.folder / "report.html").is_file():
            return f"<pre>{html.escape(repr(self))}</pre>"
        page = html.escape(self.report, quote=True)
        return f'<iframe title="framescope report" style="width:100%;height:40em;border:0" srcdoc="{page}"></iframe>'


def read(folder: str | os.PathLike[str], *, frames: str | None = None) -> Result:
    """The tables of a folder that `framescope run` has written.

    `frames` is the kind of the tables: `"pandas"`, `"polars"`, `"pyarrow"` or `"dicts"`; by default the first that is
    installed.
    """
    return Result(folder, frames=frames or _frames.default_kind())
