"""What is looked for, compiled once and used for any number of corpora."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from . import _frames, _framescope
from ._options import arguments
from ._progress import Progress
from ._result import Result


class Study:
    """A codebook and the settings it is used with.

    Parameters
    ----------
    by
        The columns that make the groups to compare; `article_id`, `year` and `month` are always there.
    dictionaries
        The folder of a codebook. `None` is the folder `dictionaries`, when there is one here, or else the codebook
        that comes with the program.
    **options
        Every option of `framescope run` that decides what is counted, with underscores: `unit=["sentence"]`,
        `voice=["own"]`, `not_target=["UKR"]`, `zones=["body"]`, `reference="Reuters"`, `measures="all"` ...

    Raises
    ------
    Error
        A codebook with a fault, or an option that there is not; the text is the program's.
    """

    def __init__(
        self,
        by: str | Iterable[str] = ("source",),
        dictionaries: str | os.PathLike[str] | None = None,
        **options: Any,
    ) -> None:
        self._words = arguments({"by": by, "dictionaries": dictionaries, **options})
        self._study = _framescope.Study(self._words)

    def __repr__(self) -> str:
        return f"framescope.Study({' '.join(self._words)})"

    def run(
        self,
        articles: Any,
        *,
        frames: str | None = None,
        report: bool = True,
        progress: bool | None = None,
        **options: Any,
    ) -> Result:
        """Counts a corpus.

        Parameters
        ----------
        articles
            A frame (pandas, polars, pyarrow) or a list of dicts with `text` and any of `id`, `source`, `date`,
            `title`, `author`, `language` and further columns; or the path of a folder or file, or several paths.
        frames
            The kind of the tables: `"pandas"`, `"polars"`, `"pyarrow"` or `"dicts"`. By default that of `articles`,
            and for paths the first of these that is installed.
        report
            `False` leaves out the report and the files for other programs.
        progress
            Whether to show how far the run is; `None` shows it in notebooks and terminals.
        **options
            Further options of `framescope run`: `only=["frame_frequency"]`, `text_column="body"`, `threads=1` ...

        Raises
        ------
        Error
            Articles that cannot be read, or an option that there is not.
        """
        kind = _frames.kind_of(articles)
        folder = tempfile.TemporaryDirectory(prefix="framescope-")
        try:
            if kind is not None:
                inputs = [_written(_frames.records(articles, kind), folder.name)]
            elif isinstance(articles, (str, os.PathLike)):
                inputs = [os.fspath(articles)]
            elif isinstance(articles, Iterable):
                articles = list(articles)
                if articles and all(isinstance(item, (str, os.PathLike)) for item in articles):
                    inputs = [os.fspath(item) for item in articles]
                else:
                    kind = "dicts"
                    inputs = [_written(articles, folder.name)]
            else:
                raise TypeError(f"articles are a frame, a path or a list of dicts, not a {type(articles).__name__}")
            output = Path(folder.name) / "output"
            words = arguments({"no_report": not report, **options, "output": output})
            with Progress(progress) as shown:
                summary = self._study.run([*words, "--", *inputs], shown)
        except BaseException:
            folder.cleanup()
            raise
        corpus_options = ("text_column", "name_pattern", "input_format")
        reading = arguments({name: options.get(name) for name in corpus_options})
        return Result(
            output,
            frames=frames or kind or _frames.default_kind(),
            summary=summary,
            corpus=(self._study, reading, inputs),
            keep=folder,
        )


def _written(rows: Iterable[dict[str, Any]], folder: str) -> str:
    path = Path(folder) / "articles.jsonl"
    _frames.write_records(rows, path)
    return str(path)
