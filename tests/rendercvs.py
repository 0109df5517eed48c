"""RenderCV as tests ask it: 2.3, which is the last for Python 3.11, or a newer one."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

_NEWER = importlib.util.find_spec("rendercv.schema") is not None


def accepted(path: Path) -> dict[str, int]:
    """What it reads of a file: section titles with their numbers of entries."""
    sections = _read(path).cv.rendercv_sections if _NEWER else _read(path).cv.sections
    return {section.title: len(section.entries) for section in sections}


def typeset(path: Path) -> str:
    """The typst that it sets a file with: the last step before the PDF, which needs the network."""
    if _NEWER:
        from rendercv.renderer.templater.templater import render_full_template

        return str(render_full_template(_read(path), "typst"))
    from rendercv.renderer import create_contents_of_a_typst_file

    return str(create_contents_of_a_typst_file(_read(path)))


def sample(name: str) -> str:
    """The file that it makes for a beginner."""
    if _NEWER:
        from rendercv.schema import sample_generator

        return str(sample_generator.create_sample_yaml_input_file(name=name))
    from rendercv.data import generator

    return str(generator.create_a_sample_yaml_input_file(None, name=name))


def _read(path: Path) -> Any:
    if _NEWER:
        from rendercv.schema import rendercv_model_builder

        return rendercv_model_builder.build_rendercv_dictionary_and_model(path.read_text("utf-8"))[
            1
        ]
    from rendercv.data import reader

    return reader.read_input_file(path)
