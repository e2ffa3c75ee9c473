"""Question 8: macro, micro and weighted averages of F1 over classes."""

from typing import Annotated

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.notation import addition, dot, equals
from nnquiz.examples.parameters import Tensor, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

# Ten cases: class 0 is frequent and easy, class 2 rare and missed half the time.
Y_TRUE = np.array([0, 0, 0, 0, 0, 1, 1, 1, 2, 2])
Y_PRED = np.array([0, 0, 0, 0, 1, 1, 1, 0, 2, 0])

ClassLabels = Annotated[Array, Tensor(1, whole=True, drawn=(0, 2), low=0, high=99)]


@example
def averaging(*, y_true: ClassLabels = Y_TRUE, y_pred: ClassLabels = Y_PRED) -> Working:
    """Macro averaging asks each class alike, micro averaging each case.

    The classes are those that occur in y_true or in y_pred.
    """
    given = f"y_true has {y_true.size} entries and y_pred has {y_pred.size}; each case has both"
    require(y_true.size == y_pred.size, given)

    classes, coded = np.unique(np.concatenate([y_true, y_pred]), return_inverse=True)
    truth, guess = np.split(coded, 2)
    matrix = np.zeros((classes.size, classes.size), dtype=int)
    np.add.at(matrix, (truth, guess), 1)  # rows are the truth, columns the prediction

    tp = np.diag(matrix)  # (classes,)
    fp, fn = matrix.sum(axis=0) - tp, matrix.sum(axis=1) - tp
    f1 = 2 * tp / (2 * tp + fp + fn)
    support = matrix.sum(axis=1)
    macro = f1.mean()
    micro = 2 * tp.sum() / (2 * tp.sum() + fp.sum() + fn.sum())
    weighted = support @ f1 / support.sum()
    accuracy = tp.sum() / y_true.size

    names = tuple(f"class {c}" for c in classes)
    cases = tuple(f"#{i}" for i in range(1, y_true.size + 1))
    first, pooled = classes[0], rf"2 \cdot {tp.sum()}"
    return Working(
        inputs={"y_true": y_true, "y_pred": y_pred},
        steps=(
            Step(
                "matrix",
                r"M_{ab} = \sum_i [y_i = a] \cdot [\hat y_i = b]",
                rf"M_{{{first}{first}}} = {matrix[0, 0]}",
                matrix,
                "Rows are the truth, columns the prediction; the diagonal is right.",
            ),
            Step(
                "counts",
                r"FP_c = \sum_{a \ne c} M_{ac}, \quad FN_c = \sum_{b \ne c} M_{cb}",
                rf"FP_{{{first}}} = {fp[0]}, \quad FN_{{{first}}} = {fn[0]}",
                np.column_stack([tp, fp, fn]),
                "Each class against the rest: the others in its column, and in its row.",
            ),
            Step(
                "f1",
                r"F_c = \frac{2 \cdot TP_c}{2 \cdot TP_c + FP_c + FN_c}",
                rf"F_{{{first}}} = \frac{{2 \cdot {tp[0]}}}{{2 \cdot {tp[0]} + {fp[0]} + {fn[0]}}} "
                f"{equals(f1[0])}",
                f1,
                "One F1 a class.",
            ),
            Step(
                "macro",
                r"\text{macro} = \frac{1}{C} \sum_c F_c",
                rf"\text{{macro}} = \frac{{1}}{{{classes.size}}} ({addition(f1)}) {equals(macro)}",
                macro,
                "Every class counts the same, however rare.",
            ),
            Step(
                "micro",
                r"\text{micro} = \frac{2 \sum_c TP_c}{2 \sum_c TP_c + \sum_c FP_c + \sum_c FN_c}",
                rf"\text{{micro}} = \frac{{{pooled}}}{{{pooled} + {fp.sum()} + {fn.sum()}}} "
                f"{equals(micro)}",
                micro,
                "Every case counts the same, so frequent classes rule.",
            ),
            Step(
                "weighted",
                r"\text{weighted} = \frac{1}{n} \sum_c n_c F_c",
                rf"\text{{weighted}} = \frac{{1}}{{{y_true.size}}} ({dot(support, f1)}) "
                f"{equals(weighted)}",
                weighted,
                "The mean of the classes' F1 by how often each occurs.",
            ),
        ),
        results={
            "matrix": matrix,
            "f1": f1,
            "macro": macro,
            "micro": micro,
            "weighted": weighted,
            "accuracy": accuracy,
        },
        axes={
            **dict.fromkeys(("y_true", "y_pred"), (cases,)),
            "matrix": (names, names),
            "counts": (names, ("TP", "FP", "FN")),
            "f1": (names,),
        },
        plots=(
            Plot(
                "bar",
                "F1 of each class",
                "class",
                "F1",
                (Series("F1", np.arange(classes.size), f1),),
                x_ticks=names,
            ),
        ),
        invariants=(
            same("micro F1 is the accuracy, as each case has one label", micro, accuracy),
            same("each false alarm of a class is a miss of another", fp.sum(), fn.sum()),
        ),
        conventions=(
            "Macro F1 here is the mean of the F1s; some take F1 of mean precision and recall.",
            "With several labels a case, micro F1 and accuracy part ways.",
        ),
        tries=(
            Try(("y_pred=0,0,0,0,0,0,0,0,0,0",), "always the majority: macro falls further"),
            Try(("y_pred=0,0,0,0,0,1,1,1,2,2",), "all right: all 1"),
        ),
    )
