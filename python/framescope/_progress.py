"""How far a run is, in a notebook or a terminal."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any


class Progress:
    """Called with articles, bytes read, and all bytes or none; shows nothing where nobody would see it."""

    def __init__(self, wanted: bool | None) -> None:
        self._handle: Any = None
        self._notebook = wanted is not False and _in_notebook()
        self._terminal = wanted is not False and not self._notebook and (wanted is True or sys.stderr.isatty())
        self._shown = False

    def __enter__(self) -> Progress:
        return self

    def __call__(self, articles: int, done: int, whole: int | None) -> None:
        text = f"{articles:,} articles"
        if self._notebook:
            from IPython.display import HTML, display

            of = f' value="{done}" max="{whole}"' if whole else ""
            bar = HTML(f"<progress{of}></progress> {text}")
            if self._handle is None:
                self._handle = display(bar, display_id=True)
            else:
                self._handle.update(bar)
        elif self._terminal:
            share = f"{100 * done // whole:3d} %  " if whole else ""
            print(f"\r{share}{text}", end="", file=sys.stderr, flush=True)
            self._shown = True

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._handle is not None:
            from IPython.display import HTML

            self._handle.update(HTML(""))
        if self._shown:
            print("\r" + " " * 40 + "\r", end="", file=sys.stderr, flush=True)


def _in_notebook() -> bool:
    shell = sys.modules.get("IPython")
    instance = shell.get_ipython() if shell is not None else None
    return type(instance).__name__ == "ZMQInteractiveShell"
