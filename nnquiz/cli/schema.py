"""`nnquiz schema`: what editors complete with, and what `nnquiz check` holds a bank to."""

import sys


def schema() -> None:
    """Print the JSON Schema of a question file.

    It also describes decks, bank.yaml and sources.yaml. Save it beside your bank and put
    `# yaml-language-server: $schema=schema.json` first in a file: many editors then complete it.
    """
    from nnquiz.bank.schema import schema_text

    sys.stdout.write(schema_text())
