"""Question 11: elastic weight consolidation, the Fisher information, measures of forgetting."""
# ruff: noqa: N803, N806 -- X, H, F and R are matrices

from typing import Annotated

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.neuron import activate
from nnquiz.examples.notation import addition, equals, number, operand, row, total
from nnquiz.examples.parameters import Labels, Matrix, Real, Tensor, Vector, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

# Task A is solved by (1, 2) and leans on the first weight, task B by (3, -1) and on the second.
X_A = np.array([[2.0, 0], [0, 1], [2, 1], [-2, 1]])
Y_A = np.array([2.0, 2, 4, 0])
X_B = np.array([[0.0, 2], [1, 0], [1, 2], [1, -2]])
Y_B = np.array([-2.0, 3, 1, 5])
# A logistic regression with two features.
X_LOGISTIC = np.array([[1.0, 2], [2, 0], [-1, 1], [0, -2]])
Y_LOGISTIC = np.array([1, 1, 0, 0])
W_LOGISTIC = np.array([0.5, 0.5])
# Row i: accuracies on tasks 1 to 3 after training on task i. Task 1 is at its best after task 2.
ACCURACIES = np.array([[0.8, 0.3, 0.2], [0.9, 0.8, 0.4], [0.6, 0.7, 0.9]])

Strength = Annotated[float, Real(0.0, 1e6)]
Share = Annotated[float, Real(0.0, 1.0)]
Accuracies = Annotated[Array, Tensor(2, drawn=(0.0, 1.0), low=0.0, high=1.0)]


@example
def ewc_quadratic(
    *,
    X_a: Matrix = X_A,
    y_a: Vector = Y_A,
    X_b: Matrix = X_B,
    y_b: Vector = Y_B,
    lam: Strength = 5.0,
    overlap: Share = 0.0,
) -> Working:
    """Elastic weight consolidation (Kirkpatrick et al. 2017, equation 3) on linear regressions.

    Both losses are half a mean squared error, so everything has a closed form. `overlap` mixes
    the inputs of task A into those of task B: 1 makes them the same.
    """
    _check_tasks(X_a, y_a, X_b, y_b)
    if overlap:
        given = (
            f"overlap mixes the rows of X_a ({len(X_a)}) and X_b ({len(X_b)}); they need as many"
        )
        require(len(X_a) == len(X_b), given)
    x_b = (1 - overlap) * X_b + overlap * X_a if overlap else X_b  # (n, d)

    H_a, H_b = X_a.T @ X_a / len(X_a), x_b.T @ x_b / len(x_b)  # (d, d)
    for name, H in (("X_a", H_a), ("X_b", H_b)):
        low, high = np.linalg.eigvalsh(H)[[0, -1]]
        dependent = f"{name} has columns that depend on each other; many weights fit it equally"
        require(low > 1e-10 * high, dependent)
    theta_a = np.linalg.solve(H_a, X_a.T @ y_a / len(X_a))
    theta_b = np.linalg.solve(H_b, x_b.T @ y_b / len(x_b))
    fisher = np.diag(H_a)  # (d,)

    pull = H_b @ (theta_a - theta_b)  # task B's gradient where task A left the weights
    A = H_b + lam * np.diag(fisher)
    theta = np.linalg.solve(A, H_b @ theta_b + lam * fisher * theta_a)
    gradient = H_b @ (theta - theta_b) + lam * fisher * (theta - theta_a)

    weights = np.stack([theta_a, theta_b, theta])
    losses = np.array([[_loss(X_a, y_a, w), _loss(x_b, y_b, w)] for w in weights])
    total_loss = losses[:, 1] + lam / 2 * ((weights - theta_a) ** 2 @ fisher)
    names = tuple(f"w{j}" for j in range(1, len(theta) + 1))
    points = ("after A", "after B", "EWC")
    size = np.abs(A).sum() * np.abs(weights).max()
    return Working(
        inputs={"X_a": X_a, "y_a": y_a, "X_b": X_b, "y_b": y_b},
        steps=(
            Step(
                "theta_a",
                r"\theta_A = (X_A^\top X_A)^{-1} X_A^\top y_A",
                rf"\theta_A = {row(theta_a)}",
                theta_a,
                "Task A comes first and is learned to the end.",
            ),
            Step(
                "fisher",
                r"F_j = \frac{1}{n} \sum_i x_{ij}^2",
                rf"F_1 = \frac{{1}}{{{len(X_a)}}} ({_squares(X_a[:, 0])}) {equals(fisher[0])}",
                fisher,
                "How much task A's loss curves along each weight: how much it needs it.",
            ),
            *_mixed(X_a, X_b, x_b, overlap),
            Step(
                "theta_b",
                r"\theta_B = (X_B^\top X_B)^{-1} X_B^\top y_B",
                rf"\theta_B = {row(theta_b)}",
                theta_b,
                "Where plain training on task B would end: task A forgotten.",
            ),
            Step(
                "pull",
                r"\nabla L_B(\theta_A) = H_B (\theta_A - \theta_B), "
                r"\quad H_B = \frac{1}{n} X_B^\top X_B",
                rf"\nabla_1 = {row(H_b[0])} \cdot {row(theta_a - theta_b)} {equals(pull[0])}",
                pull,
                "The first step away from task A; the penalty has no gradient there yet.",
            ),
            Step(
                "theta",
                r"\theta = (H_B + \lambda F)^{-1} (H_B \theta_B + \lambda F \theta_A)",
                rf"\theta = {row(theta)}, \quad \lambda = {number(lam)}",
                theta,
                "Weights that task A needs stay; the others follow task B.",
            ),
            Step(
                "gradient",
                r"H_B (\theta - \theta_B) + \lambda F (\theta - \theta_A) = 0",
                rf"{number((H_b @ (theta - theta_b))[0])} + {number(lam)} \cdot "
                rf"{number(fisher[0])} \cdot {operand(theta[0] - theta_a[0])} = 0",
                np.where(np.abs(gradient) <= 1e-12 * size, 0.0, gradient),
                "Task B's pull and the springs balance: this is the minimum.",
            ),
            Step(
                "losses",
                r"L(\theta) = \frac{1}{2 n} \sum_i (x_i \cdot \theta - y_i)^2",
                rf"L_A(\theta) {equals(losses[2, 0])}, \quad L_B(\theta) {equals(losses[2, 1])}",
                losses,
                "What each choice costs on the old task and on the new one.",
            ),
        ),
        results={
            "theta_a": theta_a,
            "theta_b": theta_b,
            "fisher": fisher,
            "theta": theta,
            "losses": losses,
        },
        axes={
            **dict.fromkeys(("X_a", "X_b"), ((), names)),
            **dict.fromkeys(
                ("theta_a", "theta_b", "fisher", "pull", "theta", "gradient"), (names,)
            ),
            "losses": (points, ("task A", "task B")),
        },
        plots=(_path(H_b, fisher, theta_a, theta_b, theta),),
        invariants=(
            same("the gradient of the whole loss is 0 at the solution", gradient, 0.0, scale=size),
            same(
                "neither task's own weights have a lower whole loss",
                np.maximum(total_loss[2] - total_loss, 0),
                0.0,
                scale=1 + np.abs(total_loss).max(),
            ),
        ),
        conventions=(
            "The penalty is λ/2 · Σ F (θ - θ_A)², as in the paper; some code leaves the 1/2 out.",
            "F is the Fisher diagonal of a Gaussian with variance 1; EWC ignores the rest of F.",
        ),
        tries=(
            Try(("lam=0",), "no memory: task B takes all"),
            Try(("lam=100",), "a stiff memory: task A keeps all"),
            Try(("overlap=1",), "the same inputs: both tasks need the same weights"),
        ),
    )


def _mixed(X_a: Array, X_b: Array, x_b: Array, overlap: float) -> tuple[Step, ...]:
    """Return the step that mixes the inputs, where they are mixed."""
    if not overlap:
        return ()
    kept, taken = (rf"{number(s)} \cdot {operand(v)}" for s, v in _shares(X_a, X_b, overlap))
    return (
        Step(
            "mixed X_b",
            r"X_B \leftarrow (1 - o) X_B + o X_A",
            rf"x_{{11}} = {kept} + {taken} {equals(x_b[0, 0])}",
            x_b,
            "With inputs in common, the tasks want the same weights.",
        ),
    )


def _shares(X_a: Array, X_b: Array, overlap: float) -> tuple[tuple[float, float], ...]:
    return (1 - overlap, X_b[0, 0]), (overlap, X_a[0, 0])


def _check_tasks(X_a: Array, y_a: Array, X_b: Array, y_b: Array) -> None:
    for name, X, y in (("a", X_a, y_a), ("b", X_b, y_b)):
        given = f"X_{name} has {len(X)} rows and y_{name} has {y.size} entries; they come in pairs"
        require(len(X) == y.size, given)
    d = X_a.shape[1]
    require(
        d == X_b.shape[1], f"X_a has {d} columns and X_b has {X_b.shape[1]}; weights are shared"
    )


def _loss(X: Array, y: Array, theta: Array) -> float:
    return float(((X @ theta - y) ** 2).mean() / 2)


def _squares(values: Array) -> str:
    return total(f"{operand(value)}^2" for value in values)


def _path(H_b: Array, fisher: Array, theta_a: Array, theta_b: Array, theta: Array) -> Plot:
    """Return the plane of the first two weights, and the way from B to A as λ grows."""
    strengths = np.geomspace(1e-3, 1e3, 25)
    path = np.array(
        [
            np.linalg.solve(H_b + s * np.diag(fisher), H_b @ theta_b + s * fisher * theta_a)
            for s in strengths
        ]
    )
    second = min(1, len(theta) - 1)  # with one weight, against itself
    series = [
        Series(name, np.atleast_1d(points[..., 0]), np.atleast_1d(points[..., second]))
        for name, points in (
            ("every λ", path),
            ("after A", theta_a),
            ("after B", theta_b),
            ("EWC", theta),
        )
    ]
    return Plot("line", "from task B's weights to task A's", "w1", f"w{second + 1}", tuple(series))


@example
def fisher_diag(
    *, X: Matrix = X_LOGISTIC, y: Labels = Y_LOGISTIC, w: Vector = W_LOGISTIC
) -> Working:
    """The diagonal of the Fisher information of a logistic regression, and its empirical cousin.

    The true one averages over labels that the model itself would draw; the empirical one takes
    the labels of the data (Kunstner, Balles and Hennig 2019).
    """
    require(
        len(X) == y.size, f"X has {len(X)} rows and y has {y.size} entries; each row has a label"
    )
    d = X.shape[1]
    require(w.size == d, f"w has {w.size} entries and X has {d} columns; each feature has a weight")

    z = X @ w  # (n,)
    p = activate(z, "sigmoid")
    gradients = (p - y)[:, None] * X  # (n, d), one per sample
    empirical = (gradients**2).mean(axis=0)
    fisher = ((p * (1 - p))[:, None] * X**2).mean(axis=0)

    drawn = p[:, None] * ((p - 1)[:, None] * X) ** 2 + (1 - p)[:, None] * (p[:, None] * X) ** 2
    rows = tuple(f"row {i}" for i in range(1, len(X) + 1))
    names = tuple(f"w{j}" for j in range(1, d + 1))
    share = rf"\frac{{1}}{{{len(X)}}}"
    return Working(
        inputs={"X": X, "y": y, "w": w},
        steps=(
            Step(
                "p",
                r"p_i = \sigma(x_i \cdot w)",
                rf"p_1 = \sigma({number(z[0])}) {equals(p[0])}",
                p,
                "What the model believes about each row.",
            ),
            Step(
                "gradients",
                r"g_{ij} = (p_i - y_i) x_{ij}",
                rf"g_{{11}} = ({number(p[0])} - {y[0]}) \cdot {operand(X[0, 0])} "
                f"{equals(gradients[0, 0])}",
                gradients,
                "One gradient a row: squaring an average would let them cancel.",
            ),
            Step(
                "empirical",
                r"\hat F_j = \frac{1}{n} \sum_i g_{ij}^2",
                rf"\hat F_1 = {share} ({_squares(gradients[:, 0])}) {equals(empirical[0])}",
                empirical,
                "With the labels of the data: small where the model fits.",
            ),
            Step(
                "fisher",
                r"F_j = \frac{1}{n} \sum_i p_i (1 - p_i) x_{ij}^2",
                rf"F_1 = {share} ({_variances(p, X[:, 0])}) {equals(fisher[0])}",
                fisher,
                "With labels drawn from the model: no data label enters.",
            ),
        ),
        results={"p": p, "gradients": gradients, "empirical": empirical, "fisher": fisher},
        axes={
            **dict.fromkeys(("X", "gradients"), (rows, names)),
            **dict.fromkeys(("y", "p"), (rows,)),
            **dict.fromkeys(("w", "empirical", "fisher"), (names,)),
        },
        plots=(
            Plot(
                "bar",
                "true and empirical Fisher",
                "weight",
                "information",
                (
                    Series("true", np.arange(d), fisher),
                    Series("empirical", np.arange(d), empirical),
                ),
                x_ticks=names,
            ),
        ),
        invariants=(
            same(
                "squared gradients, averaged over the model's labels, give the true Fisher",
                drawn.mean(axis=0),
                fisher,
            ),
            same("it is at most a quarter of the mean square", _excess(fisher, X), 0.0),
        ),
        conventions=(
            "Much EWC code uses the empirical Fisher, some of it one gradient per batch.",
        ),
        tries=(
            Try(("y=0,0,1,1",), "wrong labels: only the empirical one moves"),
            Try(("w=5,5",), "a model that is sure has little Fisher information"),
            Try(("w=0,0",), "a model in doubt has the most"),
        ),
    )


def _variances(p: Array, x: Array) -> str:
    return total(
        rf"{number(p_i * (1 - p_i))} \cdot {operand(x_i)}^2" for p_i, x_i in zip(p, x, strict=True)
    )


def _excess(fisher: Array, X: Array) -> Array:
    quarter = (X**2).mean(axis=0) / 4
    excess: Array = np.maximum(fisher - quarter, 0) / np.maximum(quarter, 1)
    return excess


@example
def forgetting_matrix(*, R: Accuracies = ACCURACIES) -> Working:
    """Average accuracy, backward transfer and forgetting after a sequence of tasks.

    R_ij is the accuracy on task j after training on tasks 1 to i. The first two are from
    Lopez-Paz and Ranzato (2017), forgetting from Chaudhry et al. (2018).
    """
    T = len(R)
    require(
        R.shape == (T, T), f"R has {T} rows and {R.shape[1]} columns; tasks are rows and columns"
    )
    require(T > 1, "R has one task; forgetting takes two at least")

    last, learned = R[-1], np.diag(R)
    average = last.mean()
    changes = (last - learned)[:-1]
    bwt = changes.mean()
    best = R[:-1].max(axis=0)[:-1]
    drops = best - last[:-1]
    forgetting = drops.mean()

    tasks = tuple(f"task {j}" for j in range(1, T + 1))
    stages = tuple(f"after {i}" for i in range(1, T + 1))
    places = np.arange(T)
    share = rf"\frac{{1}}{{{T - 1}}}"
    return Working(
        inputs={"R": R},
        steps=(
            Step(
                "average_accuracy",
                r"A = \frac{1}{T} \sum_j R_{Tj}",
                rf"A = \frac{{1}}{{{T}}} ({addition(last)}) {equals(average)}",
                average,
                "The last row: how good it is at everything in the end.",
            ),
            Step(
                "changes",
                r"c_j = R_{Tj} - R_{jj}",
                rf"c_1 = {number(last[0])} - {number(learned[0])} {equals(changes[0])}",
                changes,
                "Each earlier task in the end, against when it was just learned.",
            ),
            Step(
                "bwt",
                r"\text{BWT} = \frac{1}{T - 1} \sum_{j < T} c_j",
                rf"\text{{BWT}} = {share} ({addition(changes)}) {equals(bwt)}",
                bwt,
                "Backward transfer: below 0, later tasks did harm.",
            ),
            Step(
                "drops",
                r"f_j = \max_{i < T} R_{ij} - R_{Tj}",
                rf"f_1 = {number(best[0])} - {number(last[0])} {equals(drops[0])}",
                drops,
                "Each earlier task in the end, against the best it ever was.",
            ),
            Step(
                "forgetting",
                r"F = \frac{1}{T - 1} \sum_{j < T} f_j",
                rf"F = {share} ({addition(drops)}) {equals(forgetting)}",
                forgetting,
                "It also counts what was gained after a task and lost again.",
            ),
        ),
        results={"average_accuracy": average, "bwt": bwt, "forgetting": forgetting},
        axes={
            "R": (stages, tasks),
            **dict.fromkeys(("changes", "drops"), (tasks[:-1],)),
        },
        plots=(
            Plot(
                "heatmap",
                "accuracy by stage and task",
                "task",
                "stage",
                tuple(Series(stage, places, R[i]) for i, stage in enumerate(stages)),
                x_ticks=tasks,
            ),
        ),
        invariants=(
            same("forgetting is at least minus BWT", np.maximum(-bwt - forgetting, 0), 0.0),
            same(
                "T times A is what was learned plus what changed",
                learned.sum() + (T - 1) * bwt,
                T * average,
            ),
        ),
        conventions=(
            "Forgetting takes the best before the last task, also from before task j was learned.",
            "Zero forgetting is easy for who learns nothing: read it beside A.",
        ),
        tries=(
            Try(("R=[[0.9,0.2],[0.9,0.8]]",), "nothing forgotten"),
            Try(("R=[[0.9,0.2],[0.2,0.9]]",), "catastrophic forgetting"),
            Try(("R=[[0.7,0.2],[0.8,0.8]]",), "positive backward transfer"),
        ),
    )
