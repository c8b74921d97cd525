"""The program `framescope`, as it is on the path after an installation."""

import signal
import sys

from ._framescope import main as program


def main() -> None:
    """Does what the command line says and ends."""
    # Python would only note a Ctrl-C and wait for its own turn, which never comes.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(program(["framescope", *sys.argv[1:]]))
