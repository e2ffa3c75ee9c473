"""`nnquiz where`: the paths of this run."""

import json
import os
import sys
from typing import Annotated

import typer

from nnquiz.model.visible import visible_line
from nnquiz.paths import locate


def where(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON (docs/json.md).")] = False,
) -> None:
    """Print where banks, data and cache are kept.

    NNQUIZ_HOME moves data, cache and configuration; NNQUIZ_BANK adds banks. The data folder is
    what to back up; the cache may be deleted at any time.
    """
    paths = locate(os.environ)
    rows: dict[str, str | list[str]] = {
        "bank": paths.shipped,
        "banks": list(paths.banks),
        "overrides": paths.overrides,
        "data": paths.data,
        "history": paths.history,
        "cache": paths.cache,
        "config": paths.config,
    }
    if as_json:
        shape = {"schema": "nnquiz.paths/1", **rows}
        sys.stdout.write(json.dumps(shape, ensure_ascii=False, indent=2) + "\n")
        return
    rows["banks"] = list(paths.banks) or [
        f"none yet; put files into {os.path.join(paths.data, 'banks')}"
    ]
    for name, value in rows.items():
        for path in value if isinstance(value, list) else [value]:
            typer.echo(f"{name:<10} {visible_line(path)}")
