"""Keyword arguments as the words of a command line, so that Python has every option that the program has."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any


def arguments(options: dict[str, Any]) -> list[str]:
    """`not_target=["UKR"]` as `--not-target=UKR`; `True` is an option without a value, `None` and `False` are none."""
    words = []
    for name, value in options.items():
        option = "--" + name.replace("_", "-")
        if value is None or value is False:
            continue
        if value is True:
            words.append(option)
        elif isinstance(value, (str, int, float, os.PathLike)):
            words.append(f"{option}={os.fspath(value) if isinstance(value, os.PathLike) else value}")
        elif isinstance(value, Iterable):
            words += [f"{option}={part}" for part in value]
        else:
            raise TypeError(f"`{name}` is a {type(value).__name__}; it takes a text, a number, a list or True")
    return words
