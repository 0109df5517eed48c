"""JSON as values that know where they were typed: JSON is YAML but for tabs and paired escapes."""

from __future__ import annotations

import json

from builder.problems import Problems
from builder.text.csl_json import tell_syntax
from builder.text.patterns import late
from builder.text.yaml import Value, read_yaml

_PAIR = late(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")


def read_json(text: str, path: str, problems: Problems) -> Value:
    """Read one JSON document; numbers stay as they were typed. What cannot be read is an error."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        tell_syntax(error, text, path, problems)
        return None
    except RecursionError:
        pass  # the other reader tells how deep is too deep
    text = _PAIR().sub(lambda pair: str(json.loads(f'"{pair[0]}"')), text)
    return read_yaml(text.replace("\t", " "), path, problems)
