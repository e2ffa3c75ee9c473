"""Question 21: the loss of masked language modelling."""

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.functions import log_softmax
from nnquiz.examples.notation import addition, equals, number, total
from nnquiz.examples.parameters import Labels, Matrix, Names, require
from nnquiz.examples.trace import Plot, Series, Step, Try, Working, same

# A sentence of six tokens from a vocabulary of five, two of them masked.
TOKENS = ("the", "cat", "sat", "on", "the", "mat")
VOCABULARY = ("the", "cat", "sat", "on", "mat")
MASK = np.array([0, 1, 0, 0, 0, 1])
LOGITS = np.array(
    [
        [2.0, 0, 0, 0, 0],
        [0, 2, 0.5, -1, 1],
        [0, 0, 3, 1, 0],
        [0.5, 0, 0, 2, 0],
        [1, 0, 0, 0, 1],
        [0, 1.5, 0, -1, 1],
    ]
)


@example
def masked_lm(
    *,
    logits: Matrix = LOGITS,
    mask: Labels = MASK,
    tokens: Names = TOKENS,
    vocabulary: Names = VOCABULARY,
) -> Working:
    """The loss of BERT's masked language model (Devlin et al. 2019): masked tokens only.

    `mask` marks with 1 the tokens to predict; row t of the logits is the network's answer there.
    """
    n, words = logits.shape
    require(len(tokens) == n, f"logits has {n} rows and tokens has {len(tokens)} words")
    given = f"logits has {words} columns and vocabulary has {len(vocabulary)} words"
    require(len(vocabulary) == words, given)
    require(mask.size == n, f"mask has {mask.size} entries and tokens has {n} words")
    require(bool(mask.any()), "mask hides no token; without one there is no loss")
    strange = [token for token in tokens if token not in vocabulary]
    require(not strange, f"{', '.join(strange)}: not in the vocabulary")

    hidden = np.flatnonzero(mask)  # (m,)
    targets = np.array([vocabulary.index(tokens[t]) for t in hidden])
    log_p = log_softmax(logits[hidden])  # (m, words)
    losses = -log_p[np.arange(hidden.size), targets]  # (m,)
    loss = losses.mean()
    perplexity = np.exp(loss)

    at, first = int(targets[0]), logits[hidden[0]]
    places = tuple(f"{tokens[t]} ({t + 1})" for t in hidden)
    read = tuple("[MASK]" if hide else token for token, hide in zip(tokens, mask, strict=True))
    elsewhere = np.where(mask[:, None] == 1, logits, 0.0)
    flipped = -log_softmax(elsewhere)[hidden, targets].mean()
    below = total(f"e^{{{number(value)}}}" for value in first)
    p_first = np.exp(log_p[0, at])
    return Working(
        inputs={"logits": logits, "mask": mask},
        steps=(
            Step(
                "P",
                r"p_{tw} = \frac{e^{l_{tw}}}{\sum_v e^{l_{tv}}}",
                rf"p_{{{hidden[0] + 1},\text{{{vocabulary[at]}}}}} = "
                rf"\frac{{e^{{{number(first[at])}}}}}{{{below}}} {equals(p_first)}",
                np.exp(log_p),
                f"The network read “{' '.join(read)}”; only the masked places count.",
            ),
            Step(
                "losses",
                r"\ell_t = -\log p_{t, w_t}",
                rf"\ell_{{{hidden[0] + 1}}} = -\log {number(p_first)} {equals(losses[0])}",
                losses,
                "Cross-entropy with the word that stood there.",
            ),
            Step(
                "loss",
                r"L = \frac{1}{|M|} \sum_{t \in M} \ell_t",
                rf"L = \frac{{1}}{{{hidden.size}}} ({addition(losses)}) {equals(loss)}",
                loss,
                "The mean over the masked tokens, not over the sentence.",
            ),
            Step(
                "perplexity",
                r"e^L",
                f"e^{{{number(loss)}}} {equals(perplexity)}",
                perplexity,
                "As if it had to choose among so many words, all alike.",
            ),
        ),
        results={"P": np.exp(log_p), "losses": losses, "loss": loss, "perplexity": perplexity},
        axes={
            "logits": (tokens, vocabulary),
            "mask": (tokens,),
            "P": (places, vocabulary),
            "losses": (places,),
        },
        plots=(
            Plot(
                "bar",
                "what the network expects at each mask",
                "word",
                "probability",
                tuple(
                    Series(place, np.arange(words), row)
                    for place, row in zip(places, np.exp(log_p), strict=True)
                ),
                x_ticks=vocabulary,
            ),
        ),
        invariants=(
            same("each row of P sums to 1", np.exp(log_p).sum(axis=1), 1.0),
            same("logits at other tokens change nothing", flipped, loss),
        ),
        conventions=(
            "In PyTorch the other targets are -100, which cross_entropy ignores by default.",
            "BERT picks 15% of the tokens: 80% become [MASK], 10% another word, 10% stay.",
        ),
        tries=(
            Try(("mask=1,1,1,1,1,1",), "a loss on every token"),
            Try(("mask=0,1,0,0,0,0",), "one masked token"),
        ),
    )
