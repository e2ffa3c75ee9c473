"""The table of commands: name, module and the line that help shows.

A command's module is imported only when it is called, so that `--help` costs the same with any
number of them. A test compares the lines with the docstrings.
"""

from typing import NamedTuple


class Command(NamedTuple):
    """One row: `nnquiz NAME` calls the function `function` of `nnquiz.cli.<module>`.

    Where it has `commands` of its own, `nnquiz NAME` alone calls the function as well.
    """

    name: str
    module: str
    function: str
    help: str
    commands: "tuple[Command, ...]" = ()


_HISTORY = (
    Command("verify", "history", "verify", "Replay the whole log and compare the states with it."),
    Command("rebuild", "history", "rebuild", "Compute every state anew from the log."),
    Command("export", "history", "export", "Write the log to a file, as JSON lines."),
    Command("import", "history", "import_events", "Add the events of an exported file."),
)


COMMANDS = (
    Command("drill", "drill", "drill", "Study what is waiting, card by card."),
    Command("show", "show", "show", "Print a question with its answer."),
    Command("list", "list_questions", "list_questions", "List the questions."),
    Command("search", "search", "search", "Find questions by the words in them."),
    Command("due", "due", "due", "Count what is waiting, on one line."),
    Command(
        "plan", "plan", "plan", "Plan the days until an interview, and see what to expect of it."
    ),
    Command("ready", "ready", "ready", "Say how ready you are, and what to do about it."),
    Command(
        "stats", "stats", "stats", "Show what you have done, what you remember, and what is coming."
    ),
    Command(
        "tune",
        "tune",
        "tune",
        "Fit the memory model to your own answers, where it helps.",
    ),
    Command("cards", "cards", "cards", "List the cards and how they stand, or change that."),
    Command("card", "card", "card", "Show a card, its answers and its forgetting curve."),
    Command(
        "history",
        "history",
        "history",
        "Show the last answers; verify or exchange the log.",
        _HISTORY,
    ),
    Command("config", "config", "config", "Show the settings, or change one."),
    Command("run-example", "run_example", "run_example", "Run a worked example, step by step."),
    Command("examples", "examples", "examples", "List the worked examples."),
    Command("problems", "problems", "problems", "List the numeric problems."),
    Command("problem", "problem", "problem", "Ask one numeric problem with fresh numbers."),
    Command("check", "check", "check", "Check banks of questions and report every problem."),
    Command("schema", "schema", "schema", "Print the JSON Schema of a question file."),
    Command("where", "where", "where", "Print where banks, data and cache are kept."),
)
