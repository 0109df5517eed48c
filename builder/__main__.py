"""`python -m builder` is `folio`."""

from builder.cli import main

main(prog_name="folio")
