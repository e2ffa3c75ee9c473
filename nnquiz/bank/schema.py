"""The JSON Schema of a bank's files, as it lies in the package."""

import os


def schema_text() -> str:
    """Return schema.json as it is written."""
    path = os.path.join(os.path.dirname(__file__), "schema.json")
    with open(path, encoding="utf-8") as stream:
        return stream.read()
