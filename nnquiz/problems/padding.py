"""Question 14, sequences of unequal length: padding, masks and packed batches."""

import math
from random import Random

from nnquiz.problems.digits import number, significant, vector
from nnquiz.problems.draws import choose, decimals, distinct, integer
from nnquiz.problems.problem import Draft, DrawAgain


def padding_waste(rng: Random) -> Draft:
    """Share of a padded batch that is filler."""
    lengths = tuple(integer(rng, 5, 40) for _ in range(integer(rng, 4, 6)))
    real, cells = sum(lengths), len(lengths) * max(lengths)
    if real == cells:
        raise DrawAgain
    return Draft(
        params={"lengths": lengths},
        text=f"Sequences of lengths {vector(lengths)} are padded to the longest: "
        "which fraction of the batch's tokens is padding?",
        answer=1 - real / cells,
        steps=(
            r"$1 - \frac{\sum_i n_i}{B \max_i n_i}$",
            f"1 - {real}/({len(lengths)}·{max(lengths)}) = {significant(1 - real / cells)}",
        ),
        mistakes=(
            (real / cells, "gave the share of real tokens"),
            ((cells - real) / real, "divided by the real tokens instead of all"),
            (100 * (1 - real / cells), "percent for fraction"),
            (cells - real, "counted the padding tokens"),
        ),
    )


def masked_mean(rng: Random) -> Draft:
    """Mean over the real positions alone."""
    values, valid = decimals(rng, 5, 0.5, 6.0), integer(rng, 2, 4)
    total = sum(values[:valid])
    return Draft(
        params={"values": values, "valid": valid},
        text=f"Values {vector(values)}, of which the first {valid} are valid and the others "
        "padding. Masked mean?",
        answer=total / valid,
        steps=(
            r"$\frac{\sum_t m_t x_t}{\sum_t m_t}$",
            (
                f"({' + '.join(number(x) for x in values[:valid])})/{valid} = "
                f"{significant(total / valid)}"
            ),
        ),
        mistakes=(
            (sum(values) / len(values), "took the padding into the mean"),
            (total / len(values), "divided by the padded length"),
            (total, "forgot to divide"),
        ),
    )


def masked_softmax(rng: Random) -> Draft:
    """Softmax over the valid positions alone."""
    scores, valid = decimals(rng, 4, -2.0, 2.0), integer(rng, 2, 3)
    powers = [math.exp(score) for score in scores]
    total = sum(powers[:valid])
    answer = powers[0] / total
    return Draft(
        params={"scores": scores, "valid": valid},
        text=f"Attention scores {vector(scores)}, of which the first {valid} are valid and the "
        "others padding. Softmax weight of the first?",
        answer=answer,
        steps=(
            r"scores of padding are $-\infty$: $e^{s_1} / \sum_{i \le n} e^{s_i}$ over the valid",
            f"{significant(powers[0])}/{significant(total)} = {significant(answer)}",
        ),
        mistakes=(
            (powers[0] / sum(powers), "let the padding take part in the softmax"),
            (powers[0] / (total + 4 - valid), "masked with 0 instead of minus infinity"),
            (powers[valid - 1] / total, "gave the last valid weight"),
            (100 * answer, "percent for fraction"),
        ),
    )


def packed_batch_size(rng: Random) -> Draft:
    """How many sequences of a packed batch are still running at a step."""
    lengths = tuple(sorted(distinct(rng, range(8, 51), 3), reverse=True))
    counts = tuple(integer(rng, 2, 16) for _ in lengths)
    ending = integer(rng, 1, 2)  # asked where the first of these groups has just ended, or later
    step = choose(rng, (lengths[ending], integer(rng, lengths[ending], lengths[ending - 1] - 1)))
    answer = sum(counts[:ending])
    mistakes = [
        (sum(counts), "counted the whole batch"),
        (sum(counts[ending:]), "counted the sequences that have ended"),
    ]
    if step == lengths[ending]:
        mistakes.insert(0, (answer + counts[ending], "counted steps from 1, not from 0"))
    if ending == 2:
        mistakes.append((counts[1], "counted one length alone"))
    groups = [f"{count} of length {length}" for count, length in zip(counts, lengths, strict=True)]
    return Draft(
        params={"lengths": lengths, "counts": counts, "step": step},
        text=f"pack_padded_sequence of {sum(counts)} sequences, {groups[0]}, {groups[1]} and "
        f"{groups[2]}: batch_sizes[{step}]?",
        answer=answer,
        kind="integer",
        steps=(
            f"step {step}, counted from 0, is reached by the sequences longer than {step}",
            f"{' and '.join(groups[:ending])}: {answer}",
        ),
        mistakes=tuple(mistakes),
    )
