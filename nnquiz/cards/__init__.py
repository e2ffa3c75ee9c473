"""The kinds of cards, a module each: what is asked, and which grade an answer suggests."""

# The kinds that a drill can ask.
KINDS = ("explain",)
