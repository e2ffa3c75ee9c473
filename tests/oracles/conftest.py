"""What the oracles say is stored for the ordinary tests, or compared with what is stored."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from oracle_values import FILE, VALUES, differences, read, write

from nnquiz.examples.example import Example
from nnquiz.examples.trace import Trace


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes the file anew."""
    parser.addoption("--store", action="store_true", help=f"write {FILE.name} anew")


@pytest.fixture(autouse=True, scope="session")
def _runs_are_noted() -> Iterator[None]:
    """Every run is made with the seed of its round, and is known with its settings."""
    original = Example.__call__

    def call(example: Example, *, seed: int | None = None, **settings: Any) -> Trace:
        trace = original(example, seed=VALUES.seed if seed is None else seed, **settings)
        VALUES.note(trace, settings)
        return trace

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Example, "__call__", call)
        yield


@pytest.fixture(autouse=True, scope="session")
def _one_thread() -> None:
    """Tensors of this size are slower with more."""
    torch.set_num_threads(1)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Write what the oracles said, or fail where the file says something else."""
    if exitstatus != pytest.ExitCode.OK or not VALUES.values:
        return
    config = session.config
    complete = not config.option.keyword and all(Path(path).is_dir() for path in config.args)
    if config.option.store:
        write(VALUES.values if complete else {**read(), **VALUES.values})
        return
    wrong = sorted(differences(VALUES.values, complete=complete))
    if wrong:
        reporter = config.pluginmanager.get_plugin("terminalreporter")
        reporter.write_line(f"\n{FILE.name} is not what the oracles say; --store writes it anew")
        for line in wrong[:20]:
            reporter.write_line(line)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
