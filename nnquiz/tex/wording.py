"""The words for signs, as one says them aloud: a sign and its words a line."""

from typing import Final


def _table(listing: str) -> "dict[str, str]":
    pairs = (entry.strip().partition(" ") for entry in listing.strip().splitlines())
    return {sign: words for sign, _, words in pairs}


RELATIONS: Final = _table("""
    = equals
    ≠ is not equal to
    < is less than
    > is greater than
    ≤ is at most
    ≥ is at least
    ≪ is much less than
    ≫ is much greater than
    ≮ is not less than
    ≯ is not greater than
    ≈ is approximately
    ≉ is not approximately
    ≃ is asymptotically equal to
    ≅ is congruent to
    ≡ is identical to
    ≢ is not identical to
    ∼ distributed as
    ≁ not distributed as
    ∝ is proportional to
    | given
    ∤ does not divide
    ‖ double bar
    ∥ is parallel to
    ⊥ is perpendicular to
    : colon
    ∈ in
    ∉ not in
    ∋ contains
    ⊂ is a proper subset of
    ⊆ is a subset of
    ⊃ is a proper superset of
    ⊇ is a superset of
    → goes to
    ⟶ goes to
    ← is set to
    ↔ corresponds to
    ↦ maps to
    ⇒ implies
    ⇐ is implied by
    ⇔ if and only if
    ↑ rises
    ↓ falls
""")
OPERATORS: Final = _table("""
    + plus
    - minus
    ± plus or minus
    ∓ minus or plus
    · dot
    × times
    ÷ divided by
    / divided by
    * asterisk
    ∗ asterisk
    ⊙ element-wise times
    ⊕ circled plus
    ⊖ circled minus
    ⊗ circled times
    • bullet
    ∩ intersected with
    ∪ united with
    ∖ set minus
    ∧ and
    ∨ or
    mod modulo
    @ at
""")
LARGE: Final = _table("""
    ∑ sum
    ∏ product
    ∫ integral
    ∬ double integral
    ∮ contour integral
    ⋃ union
    ⋂ intersection
    ⨁ direct sum
""")
LETTERS: Final = _table("""
    ∂ partial
    ∞ infinity
    ∅ the empty set
    ∀ for all
    ∃ there exists
    ¬ not
    ⊤ top
    ⊥ bottom
    ∘ ring
    ⋆ star
    † dagger
    ℏ h bar
    ℜ the real part
    ℑ the imaginary part
    ✓ check mark
    , comma
    ; semicolon
    ! factorial
    ? question mark
    % percent
    ′ prime
    . point
    … dot dot dot
    ⋯ dot dot dot
    ⋮ vertical dots
    ⋱ diagonal dots
    _ underscore
    $ dollar
    # hash
    & ampersand
""")
DELIMITERS: Final = _table("""
    ( open paren
    ) close paren
    [ open bracket
    ] close bracket
    { open brace
    } close brace
    ⟨ open angle
    ⟩ close angle
    ⌊ open floor
    ⌋ close floor
    ⌈ open ceiling
    ⌉ close ceiling
    | bar
    ‖ double bar
""")
AROUND: Final = {
    ("|", "|"): "absolute value",
    ("‖", "‖"): "norm",
    ("⌊", "⌋"): "floor",
    ("⌈", "⌉"): "ceiling",
}
"""What two delimiters make of what is between them."""
FUNCTIONS: Final = {
    "ln": "natural log",
    "lg": "log",
    "sin": "sine",
    "cos": "cosine",
    "tan": "tangent",
    "cot": "cotangent",
    "arcsin": "arc sine",
    "arccos": "arc cosine",
    "arctan": "arc tangent",
    "det": "determinant",
    "dim": "dimension",
    "ker": "kernel",
    "deg": "degree",
}
LIMITS: Final = {
    "max": "maximum",
    "min": "minimum",
    "sup": "supremum",
    "inf": "infimum",
    "lim": "limit",
    "lim sup": "limit superior",
    "lim inf": "limit inferior",
    "Pr": "probability",
}
POWERS: Final = {
    "2": "squared",
    "3": "cubed",
    "⊤": "transpose",
    "*": "star",
    "∗": "star",
    "⋆": "star",
    "†": "dagger",
    "∘": "degrees",
    "+": "superscript plus",
    "-": "superscript minus",
    "′": "prime",
}
MARKS: Final = {
    "hat": "hat",
    "bar": "bar",
    "overline": "bar",
    "tilde": "tilde",
    "vec": "vector",
    "dot": "dot",
    "ddot": "double dot",
}
BLACKBOARD: Final = {
    "R": "the reals",
    "N": "the naturals",
    "Z": "the integers",
    "Q": "the rationals",
    "C": "the complex numbers",
}
TAKING: Final = {"E": "expectation", "P": "probability", "1": "indicator"}
r"""Letters of `\mathbb` that are operators."""
