"""The program `folio`; `python -m builder` is the same."""

import gc
import os
import sys
from contextlib import suppress


def run() -> None:
    """Do what the command line asks for, and leave at once.

    The system takes back in no time what Python would give back piece by piece: a twentieth of an
    edited build. All files are closed by then; only what was printed may still be on its way.
    """
    gc.disable()  # what is imported stays
    from builder.cli import main

    gc.enable()
    status: object = 0
    try:
        main(prog_name="folio")
    except SystemExit as end:
        status = end.code
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # whoever was to read it has gone
            stream.flush()
    os._exit(status if isinstance(status, int) else 0 if status is None else 1)


if __name__ == "__main__":
    run()
