"""Folio: a static academic homepage generator. `build.py` is the place to begin reading."""

__version__ = "0.1.0"
