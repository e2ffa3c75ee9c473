"""The one-line form of the formulas of this field, and the traps that others fell into."""

import pytest

from nnquiz.tex import linear, parse

FORMULAS = [
    (r"a = \sigma\left(\sum_{i=1}^{n} w_i x_i + b\right)", "a = σ(∑ᵢ₌₁ⁿ wᵢxᵢ + b)"),
    (r"\hat{x} = \frac{x - \mu_B}{\sqrt{\sigma_B^2 + \epsilon}}", "x̂ = (x - μ_B)/√(σ²_B + ε)"),
    (
        r"\operatorname{Attention}(Q,K,V)=\operatorname{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V",
        "Attention(Q, K, V) = softmax(QKᵀ/√(dₖ))V",
    ),
    (
        r"\theta_t = \theta_{t-1} - \eta\,\frac{\hat m_t}{\sqrt{\hat v_t}+\epsilon}",
        "θₜ = θₜ₋₁ - η·(m̂ₜ/(√(v̂ₜ) + ε))",
    ),
    (r"\mathcal L = -\frac1B\sum_{i=1}^B \log p_i", "ℒ = -(1/B) ∑ᵢ₌₁ᴮ log pᵢ"),
    (
        (
            r"F_i = \mathbb E\left[\left("
            r"\frac{\partial \log p_\theta(y\mid x)}{\partial\theta_i}\right)^2\right]"
        ),
        "Fᵢ = E[((∂ log p_θ(y | x))/∂θᵢ)²]",
    ),
    (r"\min_G \max_D \mathbb{E}_{x \sim p}[\log D(x)]", "min_G max_D E_(x∼p)[log D(x)]"),
    (r"\hat\theta = \arg\max_\theta p(y \mid x, \theta)", "θ̂ = arg max_θ p(y | x, θ)"),
    (r"\sigma(z) = \frac{1}{1 + e^{-z}}", "σ(z) = 1/(1 + e⁻ᶻ)"),
    (
        r"p(x) = \frac{1}{\sqrt{2\pi\sigma^2}} e^{-\frac{(x-\mu)^2}{2\sigma^2}}",
        "p(x) = (1/√(2πσ²))·e^(-(x - μ)²/(2σ²))",
    ),
    (
        (
            r"\text{MASE} = \frac{\frac{1}{H}\sum_{h=1}^{H} |y_{T+h}|}"
            r"{\frac{1}{T-m}\sum_{t=m+1}^{T} |y_t|}"
        ),
        "MASE = ((1/H) ∑ₕ₌₁ᴴ |y_(T+h)|)/((1/(T - m)) ∑ₜ₌ₘ₊₁ᵀ |yₜ|)",
    ),
    (
        r"\operatorname{ReLU}(x) = \begin{cases} x & x > 0 \\ 0 & \text{otherwise} \end{cases}",
        "ReLU(x) = {x if x > 0; 0 otherwise}",
    ),
    (
        r"\begin{bmatrix} 1 & -2 \\ x_i & \frac12 \end{bmatrix} v",
        "[[1, -2], [xᵢ, 1/2]]v",
    ),
    (r"\begin{pmatrix} a & b \end{pmatrix}^\top", "(a, b)ᵀ"),
    (
        r"\begin{aligned} f(x) &= (x + 1)^2 \\ &= x^2 + 2x + 1 \\ g &= 0 \end{aligned}",
        "f(x) = (x + 1)² = x² + 2x + 1; g = 0",
    ),
    (
        r"\underbrace{R}_{\text{new data}} = \underbrace{R - \hat R}_{\text{gap}} + \hat R",
        "R ⟨new data⟩ = (R - R̂) ⟨gap⟩ + R̂",
    ),
    (
        r"x \xrightarrow{3 \times 3\text{ conv}} y \to z",
        "x ─(3 × 3 conv)→ y → z",
    ),
    (r"\|Xw - y\|_2^2 + \lambda \|w\|_1", "‖Xw - y‖₂² + λ‖w‖₁"),
    (r"\left\lfloor \frac{n + 2p - k}{s} \right\rfloor + 1", "⌊(n + 2p - k)/s⌋ + 1"),
    (
        r"\nabla_\theta J = \mathbb{E}[R\, \nabla_\theta \log \pi_\theta(a)]",
        "∇_θ J = E[R ∇_θ log π_θ(a)]",
    ),
    (r"W \in \mathbb{R}^{d \times d_k}, \quad n!", "W ∈ ℝ^(d × dₖ),  n!"),
    (r"\int_0^1 f(x)\,dx", "∫₀¹ f(x) dx"),
    (r"c_t = f_t \odot c_{t-1} + i_t \odot \tilde c_t", "cₜ = fₜ ⊙ cₜ₋₁ + iₜ ⊙ c̃ₜ"),
    (r"\overline{xy} - \bar x \bar y", "overline(xy) - x̄ȳ"),
]


@pytest.mark.parametrize(("source", "shown"), FORMULAS)
def test_formulas_of_the_field(source: str, shown: str) -> None:
    """A formula of machine learning reads as a person would type it on one line."""
    assert linear(parse(source)) == shown


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (r"\frac{\partial L}{\partial a}\frac{\partial a}{\partial z}", "(∂L/∂a)·(∂a/∂z)"),
        (r"\frac{1}{2F_i}", "1/(2Fᵢ)"),
        (r"\frac{1}{2}F_i", "(1/2)·Fᵢ"),
        (r"x\frac{1}{2}", "x·(1/2)"),
        (r"\frac{a}{b} \times c", "(a/b) × c"),
        (r"\frac{\frac{a}{b}}{c} + \frac{a}{\frac{b}{c}}", "(a/b)/c + a/(b/c)"),
        (r"\frac ab / c", "(a/b)/c"),
        (r"\sum_i \frac{x_i}{n}", "∑ᵢ (xᵢ/n)"),
        (r"\log\frac{a}{b}", "log(a/b)"),
        (r"\frac{\log a}{b}", "(log a)/b"),
        (r"\left(\frac{a}{b}\right)^2 \frac{a}{b}^2", "(a/b)²·(a/b)²"),
        (r"\frac{dy}{dx} + \frac{a}{dx}", "dy/dx + a/(dx)"),
        (r"f\frac{x+1}{2}", "f·((x + 1)/2)"),
    ],
)
def test_fractions_are_kept_apart(source: str, shown: str) -> None:
    """A fraction never swallows its neighbours, nor they it."""
    assert linear(parse(source)) == shown


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("W^Tx", "Wᵀx"),
        ("W^Qx", "W^Q x"),
        ("W^{Qx}", "W^(Qx)"),
        ("W^Q(x)", "W^Q (x)"),
        (r"f_\theta(x)", "f_θ(x)"),
        (r"x_By", "x_B y"),
        ("x_{By}", "x_By"),
        (r"x_B^2", "x²_B"),
        (r"x_B^\theta", "x_(B)^(θ)"),
        (r"x_{i,j}^2", "x²_(i,j)"),
        (r"\sum_c^C x", "∑_(c)^(C) x"),
        (r"\sum_{c \in S}^{n+1} x", "∑_(c∈S)^(n + 1) x"),
        (r"\theta^*_A x^*y", "θ*_A x* y"),
        ("e^{x^2}", "e^(x²)"),
        ("x^{ab+c}", "xᵃᵇ⁺ᶜ"),
        ("e^{-kt+n+m}", "e^(-kt + n + m)"),
        ("{x^2}^3", "(x²)³"),
        ("{a+b}^2", "(a + b)²"),
        (r"\sqrt{x}^2 + \hat{x}^2", "√(x)² + x̂²"),
        (r"x_{\text{max}} x_{\max}", "x_max x_max"),
        (r"x^{\hat{ab}}", "x^(hat(ab))"),
        (r"x^{\text{in}}", "x^in"),
        ("f'(x) f'^2", "f′(x)f′²"),
        (r"90^\circ", "90°"),
        (r"10^{-3}", "10⁻³"),
        ("h^{(t)}", "h⁽ᵗ⁾"),
        (r"\log_2^2 x", "log₂² x"),
        ("z^{[l]}x", "z^[l]x"),
        ("h^{(a,b)}", "h^((a, b))"),
    ],
)
def test_scripts_end_where_they_end(source: str, shown: str) -> None:
    """Nobody can read a factor as part of a script, or a script as a factor."""
    assert linear(parse(source)) == shown


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("a-b", "a - b"),
        ("-a-(-b)", "-a - (-b)"),
        ("a=-b", "a = -b"),
        ("a,-b", "a, -b"),
        (r"a \cdot -b", "a · -b"),
        (r"\pm x \mp y", "±x ∓ y"),
        (r"x \text{ if } -1 < x", "x if -1 < x"),
        (r"\log -x", "log -x"),
        ("-\\frac{1}{2}", "-1/2"),
        (r"x := 2", "x := 2"),
        ("2 3", "2 3"),
        ("x 2", "x 2"),
        (r"2\text{TP} + \text{TP}\,\text{FN}", "2 TP + TP FN"),
        (r"a \bmod b", "a mod b"),
        (r"x_1, \ldots, x_n; a + \cdots + b; a \cdots b", "x₁, …, xₙ; a + ⋯ + b; a ⋯ b"),
        (r"\sqrt[3]{x} \sqrt[n]{x} 2\sqrt[4]{x}", "∛(x) root(x, n) 2∜(x)"),
    ],
)
def test_spacing(source: str, shown: str) -> None:
    """One space on each side of an operator, none after a sign in front of its operand."""
    assert linear(parse(source)) == shown


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (r"\hat y", "\u0177"),  # one character where Unicode has it
        (r"\hat x", "x\u0302"),
        (r"\vec{v}", "v\u20d7"),
        (r"\tilde{\mathbf{n}}", "ñ"),
        (r"\bar{ab}", "bar(ab)"),
        (r"\hat{x_i}", "hat(xᵢ)"),
        (r"\hat x_i", "x\u0302ᵢ"),
        (r"\mathbb{R}^n", "ℝⁿ"),
        (r"\mathbb{E}[x]", "E[x]"),
        (r"\mathcal{N}(0, 1)", "N(0, 1)"),
        (r"\mathbf{W}\boldsymbol{\mu}", "Wμ"),
        (r"\mathrm{d}x", "dx"),
    ],
)
def test_accents_and_styles(source: str, shown: str) -> None:
    """A mark stands on its letter; over more than one it becomes a name with brackets."""
    assert linear(parse(source)) == shown
