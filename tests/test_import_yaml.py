"""What importers write is YAML that says what they were given."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from builder.importers.yamlout import front_matter, to_yaml

WORDS = st.text("aZé9:#-|>'\"[]{},&*!%@`~?= \n\\<.", max_size=40)


def _mappings(values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(WORDS.map(str.strip), values, min_size=1, max_size=3)


TREES = st.recursive(
    WORDS, lambda inner: st.lists(inner, min_size=1, max_size=3) | _mappings(inner), max_leaves=8
)


def bare(value: Any) -> Any:
    """The tree without what a hand would not have kept: breaks at the ends, blanks before breaks."""
    if isinstance(value, dict):
        return {bare(key): bare(item) for key, item in value.items()}
    if isinstance(value, list):
        return [bare(item) for item in value]
    return "\n".join(line.rstrip() for line in str(value).split("\n")).strip("\n")


def read(text: str) -> Any:
    return yaml.load(text, yaml.BaseLoader)


@given(_mappings(TREES))
def test_a_tree_comes_back_as_it_was(tree: dict[str, Any]) -> None:
    assert bare(read(to_yaml(tree))) == bare(tree)


def test_lines_in_lists_and_below_them() -> None:
    tree = {"redirect_from": ["/a\n/b"], "deep": {"list": [{"text": "  indented\nlines"}]}}
    assert read(to_yaml(tree)) == tree
    assert read(front_matter(tree, "Words.").split("---")[1]) == tree
