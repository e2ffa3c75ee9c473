r"""The vocabulary: which commands and characters there are, and what each shows.

Signs follow Unicode Technical Report 25 where it names one, except that `\epsilon` and `\phi`
are the everyday Greek letters (and `\varepsilon`, `\varphi` their variants), because those are
in every font.
"""

from typing import Final

from nnquiz.tex.tree import Role, Shape

_GREEK = (
    "alpha α beta β gamma γ delta δ epsilon ε varepsilon ϵ zeta ζ eta η theta θ vartheta ϑ "
    "iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς "
    "tau τ upsilon υ phi φ varphi ϕ chi χ psi ψ omega ω "
    "Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω"
)
_LETTERS = (
    "partial ∂ nabla ∇ infty ∞ ell ℓ hbar ℏ emptyset ∅ forall ∀ exists ∃ neg ¬ top ⊤ bot ⊥ "
    "dagger † star ⋆ circ ∘ prime ′ Re ℜ Im ℑ aleph ℵ angle ∠ triangle △ square □ checkmark ✓"
)
_SIGNS = "pm ± mp ∓"
_BINARY = (
    "cdot · times × div ÷ ast ∗ odot ⊙ oplus ⊕ ominus ⊖ otimes ⊗ bullet • "
    "cap ∩ cup ∪ setminus ∖ wedge ∧ land ∧ vee ∨ lor ∨"
)
_RELATIONS = (
    "leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ ll ≪ gg ≫ lt < gt > approx ≈ simeq ≃ sim ∼ cong ≅ "
    "equiv ≡ propto ∝ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ mid | "
    "perp ⊥ parallel ∥ to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ mapsto ↦ "
    "longrightarrow ⟶ Rightarrow ⇒ implies ⇒ Leftarrow ⇐ Leftrightarrow ⇔ iff ⇔ "
    "uparrow ↑ downarrow ↓ colon :"
)
_DOTS = "ldots … dots … cdots ⋯ vdots ⋮ ddots ⋱"
_LARGE = "sum ∑ prod ∏ int ∫ iint ∬ oint ∮ bigcup ⋃ bigcap ⋂ bigoplus ⨁"
_FUNCTIONS = (
    "log ln lg exp sin cos tan cot sinh cosh tanh coth arcsin arccos arctan det dim ker deg arg"
)
_LIMITS = "max min sup inf lim Pr"


def _pairs(listing: str, role: Role) -> "dict[str, tuple[str, Role]]":
    words = listing.split()
    return {f"\\{name}": (sign, role) for name, sign in zip(words[::2], words[1::2], strict=True)}


def _names(listing: str, role: Role) -> "dict[str, tuple[str, Role]]":
    return {f"\\{name}": (name, role) for name in listing.split()}


SYMBOLS: "Final[dict[str, tuple[str, Role]]]" = {
    **_pairs(_GREEK, "letter"),
    **_pairs(_LETTERS, "letter"),
    **_pairs(_SIGNS, "sign"),
    **_pairs(_BINARY, "binary"),
    **_pairs(_RELATIONS, "relation"),
    **_pairs(_DOTS, "dots"),
    **_pairs(_LARGE, "large"),
    **_names(_FUNCTIONS, "function"),
    **_names(_LIMITS, "limit"),
    "\\argmax": ("arg max", "limit"),
    "\\argmin": ("arg min", "limit"),
    "\\limsup": ("lim sup", "limit"),
    "\\liminf": ("lim inf", "limit"),
    "\\bmod": ("mod", "binary"),
    "\\colon": (":", "comma"),
    "\\%": ("%", "postfix"),
    "\\_": ("_", "letter"),
    "\\$": ("$", "letter"),
    "\\#": ("#", "letter"),
    "\\&": ("&", "letter"),
    # Spaces: the narrow ones show as one blank, quads as two.
    "\\,": (" ", "space"),
    "\\:": (" ", "space"),
    "\\;": (" ", "space"),
    "\\ ": (" ", "space"),
    "~": (" ", "space"),
    "\\!": ("", "space"),
    "\\quad": ("  ", "space"),
    "\\qquad": ("  ", "space"),
    "+": ("+", "sign"),
    "-": ("-", "sign"),
    "−": ("-", "sign"),
    "*": ("*", "binary"),
    "/": ("/", "slash"),
    "=": ("=", "relation"),
    "<": ("<", "relation"),
    ">": (">", "relation"),
    ":": (":", "relation"),
    ",": (",", "comma"),
    ";": (";", "comma"),
    "!": ("!", "postfix"),
    "?": ("?", "postfix"),
    ".": (".", "postfix"),
    "@": ("@", "binary"),
}
"""A command or character, and the sign it shows with its role."""

for _sign, _role in list(SYMBOLS.values()):
    # Whoever types ≤ or · instead of the command means the same.
    if len(_sign) == 1 and not _sign.isascii():
        SYMBOLS.setdefault(_sign, (_sign, _role))

NEGATED: Final = {"=": "≠", "∈": "∉", "≡": "≢", "∼": "≁", "≈": "≉", "<": "≮", ">": "≯", "|": "∤"}
r"""What `\not` makes of a relation."""

OPENERS: Final = {
    "(": "(",
    "[": "[",
    "\\{": "{",
    "\\lbrace": "{",
    "\\lbrack": "[",
    "\\langle": "⟨",
    "\\lfloor": "⌊",
    "\\lceil": "⌈",
    "\\lvert": "|",
    "\\lVert": "‖",
}
CLOSERS: Final = {
    ")": ")",
    "]": "]",
    "\\}": "}",
    "\\rbrace": "}",
    "\\rbrack": "]",
    "\\rangle": "⟩",
    "\\rfloor": "⌋",
    "\\rceil": "⌉",
    "\\rvert": "|",
    "\\rVert": "‖",
}
BARS: Final = {"|": "|", "\\vert": "|", "\\|": "‖", "\\Vert": "‖", "‖": "‖"}
"""Delimiters that look the same on both sides."""

PARTNERS: Final = {
    "(": ")]",
    "[": "])",
    "{": "}",
    "⟨": "⟩",
    "⌊": "⌋",
    "⌈": "⌉",
    "|": "|",
    "‖": "‖",
}
"""Which closing delimiters may end an opening one: [0, 1) is an interval."""

SIZES: Final = frozenset(
    f"\\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")
)
ACCENTS: Final = {
    "\\hat": "hat",
    "\\widehat": "hat",
    "\\bar": "bar",
    "\\tilde": "tilde",
    "\\widetilde": "tilde",
    "\\vec": "vec",
    "\\dot": "dot",
    "\\ddot": "ddot",
    "\\overline": "overline",
}
STYLES: Final = {
    "\\mathbf": "bold",
    "\\boldsymbol": "bold",
    "\\bm": "bold",
    "\\mathcal": "calligraphic",
    "\\mathbb": "blackboard",
    "\\mathsf": "sans",
}
DOUBLE_STRUCK: Final = dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))
SCRIPT: Final = dict(zip("BEFHILMR", "ℬℰℱℋℐℒℳℛ", strict=True))
"""The letters of two styles that Unicode has below U+1D400, where every font knows them."""

TEXTS: Final = frozenset({"\\text", "\\textrm", "\\textbf", "\\textit", "\\mbox"})
FRACTIONS: Final = frozenset({"\\frac", "\\dfrac", "\\tfrac"})
SHAPES: "Final[dict[str, Shape]]" = {
    "matrix": "matrix",
    "bmatrix": "bmatrix",
    "pmatrix": "pmatrix",
    "vmatrix": "vmatrix",
    "cases": "cases",
    "aligned": "aligned",
}
STRUCTURES: Final = (
    "\\sqrt",
    "\\left",
    "\\right",
    "\\middle",
    "\\begin",
    "\\end",
    "\\mathrm",
    "\\operatorname",
    "\\underbrace",
    "\\overbrace",
    "\\xrightarrow",
    "\\not",
    "\\\\",
)
"""Commands that the parser handles one by one."""


def commands() -> list[str]:
    """Return every command there is, in order; for "did you mean" and for documentation."""
    tables = (SYMBOLS, OPENERS, CLOSERS, BARS, SIZES, ACCENTS, STYLES, TEXTS, FRACTIONS)
    names = {name for table in tables for name in table if name.startswith("\\")}
    return sorted(names.union(STRUCTURES))
