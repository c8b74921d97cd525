from collections.abc import Callable, Sequence
from typing import final

__version__: str

class Error(Exception):
    """What the program says when it cannot go on: what is wrong, where, and what to do.

    `exit_code` is that of the program: 2 wrong usage, 3 unusable input or codebook, 5 findings under `strict`, 1 any
    other failure.
    """

    exit_code: int

@final
class Study:
    def __new__(cls, arguments: Sequence[str]) -> Study: ...
    def run(self, arguments: Sequence[str], progress: Callable[[int, int, int | None], object] | None) -> str: ...
    def concordance(self, arguments: Sequence[str]) -> bytes: ...

def main(arguments: Sequence[str]) -> int: ...
