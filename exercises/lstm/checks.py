"""What is checked in the assignment *lstm*, on which inputs, and the mistakes that are known."""

from __future__ import annotations

import numpy as np

from exercises.drawing import normal, sizes
from exercises.hand_set import parameters_and_readout
from grader.checks import Assignment, Case, Check, Outcome, case_by_case, mistake
from solutions import lstm as reference


def parameters(rng: np.random.Generator, D: int, H: int, scale: float = 0.8) -> dict:
    params = {}
    for gate in "fico":
        params["W" + gate] = normal(rng, H + D, H, scale=scale)
        params["b" + gate] = normal(rng, H, scale=scale)
    return params


def draw_sigmoid(rng: np.random.Generator) -> list[Case]:
    rows, columns, depth = sizes(rng, 3)
    return [
        {"z": normal(rng, rows, columns, scale=3.0)},
        {"z": normal(rng, depth)},
        {"z": rng.integers(-4, 5, size=(columns, depth))},
        {"z": np.array([-1e4, -750.0, -1.5, 0.0, 1.5, 750.0, 1e4]) + rng.uniform(0, 0.1, 7)},
    ]


def draw_step(rng: np.random.Generator) -> list[Case]:
    cases = []
    for scale in (0.5, 2.0, 1.0):
        N, D, H = sizes(rng, 3) if cases else (1, *sizes(rng, 2))
        cases.append(
            {
                "x_t": normal(rng, N, D),
                "h_prev": np.tanh(normal(rng, N, H)),
                "c_prev": normal(rng, N, H, scale=2.0),
                "params": parameters(rng, D, H, scale),
            }
        )
    return cases[1:] + cases[:1]  # the single sequence last: an edge case is no good first report


def draw_sequences(rng: np.random.Generator) -> list[Case]:
    cases = []
    for N, T, D, H in (sizes(rng, 4), sizes(rng, 4), (1, 1, *sizes(rng, 2))):
        cases.append(
            {
                "X": normal(rng, N, T, D),
                "h_0": np.tanh(normal(rng, N, H)),
                "c_0": normal(rng, N, H),
                "params": parameters(rng, D, H),
            }
        )
    return cases


def draw_step_backward(rng: np.random.Generator) -> list[Case]:
    cases = []
    for case in draw_step(rng):
        shape = case["h_prev"].shape
        cases.append({"dh": normal(rng, *shape), "dc": normal(rng, *shape), **case})
    return cases


def draw_keras_weights(rng: np.random.Generator) -> list[Case]:
    cases = []
    for D, H in (sizes(rng, 2), sizes(rng, 2), (sizes(rng, 1)[0], 1)):
        cases.append(
            {
                "kernel": normal(rng, D, 4 * H),
                "recurrent_kernel": normal(rng, H, 4 * H),
                "bias": normal(rng, 4 * H),
            }
        )
    return cases


SIGMOID = Check(
    "sigmoid",
    points=1,
    draw=draw_sigmoid,
    silent=True,
    misconceptions=(
        mistake(
            "overflow",
            """The values are right, but for large negative entries np.exp(-z) overflows and NumPy
            warns. Only ever take the exponential of numbers that are not positive, or clip z far
            out.""",
            source="""
            def sigmoid(z):
                return 1 / (1 + np.exp(-np.asarray(z, dtype=float)))
            """,
        ),
        mistake(
            "sign-of-the-exponent",
            """Your curve falls where it should rise: a large positive entry must open the gate
            (give 1). Look at the sign in the exponent.""",
            "np.where(np.asarray(z) >= 0,",
            "np.where(np.asarray(z) < 0,",
        ),
        mistake(
            "tanh-instead",
            """This is tanh, which runs from -1 to 1. A gate runs from 0 to 1, and at 0 it is 1/2.""",
            source="""
            def sigmoid(z):
                return np.tanh(z)
            """,
        ),
        mistake(
            "derivative-instead",
            """This is the slope of the logistic function, s (1 - s), not the function itself. At 0 a
            gate is half open.""",
            source="""
            def sigmoid(z):
                s = 1 / (1 + np.exp(-np.clip(z, -500, 500)))
                return s * (1 - s)
            """,
        ),
        mistake(
            "hard-sigmoid",
            """This is the hard sigmoid, straight lines with corners. The gates of an LSTM use the
            smooth logistic function: its slope is nowhere exactly zero.""",
            source="""
            def sigmoid(z):
                return np.clip(0.2 * np.asarray(z) + 0.5, 0, 1)
            """,
        ),
        mistake(
            "integers-truncated",
            """For an array of integers your result is made of integers, too, so every gate ends as 0
            or 1. An array made like z takes over its dtype: make the result an array of floats.""",
            source="""
            def sigmoid(z):
                out = np.empty_like(z)
                e = np.exp(-np.abs(z))
                out[z >= 0] = (1 / (1 + e))[z >= 0]
                out[z < 0] = (e / (1 + e))[z < 0]
                return out
            """,
        ),
        mistake(
            "softmax-instead",
            """This is the softmax: its numbers share a sum of 1. A gate lets each number pass by
            itself, with the logistic function.""",
            source="""
            def sigmoid(z):
                e = np.exp(z - np.max(z, axis=-1, keepdims=True)) if np.ndim(z) else np.ones(())
                return e / e.sum(axis=-1, keepdims=True) if np.ndim(z) else e
            """,
        ),
        mistake(
            "softmax-over-all",
            """This is a softmax over all numbers: they share a sum of 1. A gate lets each number pass
            by itself, with the logistic function.""",
            source="""
            def sigmoid(z):
                e = np.exp(z - np.max(z))
                return e / np.sum(e)
            """,
        ),
    ),
)

STEP = Check(
    "lstm_step",
    points=3,
    draw=draw_step,
    needs=("sigmoid",),
    misconceptions=(
        mistake(
            "no-forget-gate",
            """You do not multiply the old cell state by the forget gate: everything old is kept,
            whatever f_t says, and the cell can only pile up.""",
            "f * c_prev + i * candidate",
            "c_prev + i * candidate",
        ),
        mistake(
            "no-input-gate",
            """The candidate enters the cell state in full. The input gate decides how much of it
            is written: multiply the candidate by i_t.""",
            "f * c_prev + i * candidate",
            "f * c_prev + candidate",
        ),
        mistake(
            "forget-and-input-swapped",
            """You have swapped the forget gate and the input gate: f_t belongs to the old cell
            state, i_t to the new candidate.""",
            "f * c_prev + i * candidate",
            "i * c_prev + f * candidate",
        ),
        mistake(
            "x-before-h",
            """The weights expect [h, x]: the first H rows of each matrix multiply the hidden
            state. You have put x_t first.""",
            "[h_prev, x_t]",
            "[x_t, h_prev]",
        ),
        mistake(
            "candidate-through-sigmoid",
            """Your candidate goes through the sigmoid, so the cell can only ever be raised. The
            candidate is content, not a gate: tanh lets it be negative.""",
            'np.tanh(a @ params["Wc"] + params["bc"])',
            'sigmoid(a @ params["Wc"] + params["bc"])',
        ),
        mistake(
            "no-tanh-on-the-cell",
            """Your hidden state is o_t times the raw cell state. The cell is squashed by tanh
            first, or the hidden state grows without bound.""",
            "o * np.tanh(c_t)",
            "o * c_t",
        ),
        mistake(
            "hidden-from-the-old-cell",
            """Your hidden state is read from the cell state of the step before. What was written
            in this step has to be readable in this step: use c_t.""",
            "o * np.tanh(c_t)",
            "o * np.tanh(c_prev)",
        ),
        mistake(
            "no-output-gate",
            """The output gate is missing from your hidden state: all of the cell is shown at
            every step.""",
            "o * np.tanh(c_t)",
            "np.tanh(c_t)",
        ),
        mistake(
            "states-returned-in-the-wrong-order",
            """The two states come back in the wrong order: the hidden state h_t comes first, then
            the cell state c_t.""",
            "return o * np.tanh(c_t), c_t",
            "return c_t, o * np.tanh(c_t)",
        ),
        mistake(
            "coupled-gates",
            """You use 1 - f_t in place of the input gate. That makes a relative of the LSTM (with
            coupled gates). Here the input gate has weights of its own, Wi and bi.""",
            "i * candidate",
            "(1 - f) * candidate",
        ),
        mistake(
            "biases-left-out",
            """The biases are missing. Without bf a forget gate cannot be open by default.""",
            ' + params["bf"]',
            "",
            ' + params["bi"]',
            "",
            ' + params["bc"]',
            "",
            ' + params["bo"]',
            "",
        ),
    ),
)

GATES = Check(
    "lstm_gates",
    points=2,
    draw=draw_sequences,
    needs=("sigmoid", "lstm_step"),
    misconceptions=(
        mistake(
            "state-not-carried",
            """Your gates see the initial state at every step. After each step the new h and c
            are what the next step starts from.""",
            "        h, c = lstm_step(x_t, h, c, params)\n",
            "",
        ),
        mistake(
            "cell-state-reset",
            """You carry the hidden state on, but every step starts again from c_0. The cell state is
            the long memory: carry that on, too.""",
            "lstm_step(x_t, h, c, params)",
            "lstm_step(x_t, h, c_0, params)",
        ),
        mistake(
            "gates-not-squashed",
            """These are the values before the nonlinearity. A gate is their sigmoid, and the
            candidate is their tanh.""",
            '(sigmoid(z["f"]), sigmoid(z["i"]), sigmoid(z["o"]), np.tanh(z["c"]))',
            '(z["f"], z["i"], z["o"], z["c"])',
        ),
        mistake(
            "candidate-through-sigmoid",
            """Your candidate goes through the sigmoid. The candidate is content, not a gate: it
            goes through tanh.""",
            'np.tanh(z["c"])',
            'sigmoid(z["c"])',
        ),
        mistake(
            "candidate-already-gated",
            """Your candidate is already multiplied by the input gate. Return the candidate itself,
            before the gate lets any of it in.""",
            'np.tanh(z["c"])',
            'sigmoid(z["i"]) * np.tanh(z["c"])',
        ),
        mistake(
            "time-axis-first",
            """Your arrays have time on the first axis. The batch comes first: (N, T, H).""",
            "np.stack(values, axis=1)",
            "np.stack(values, axis=0)",
        ),
        mistake(
            "x-before-h",
            """The weights expect [h, x], the hidden state first. You have put x_t first.""",
            "np.concatenate([h, x_t], axis=1)",
            "np.concatenate([x_t, h], axis=1)",
        ),
        mistake(
            "gates-after-the-update",
            """You compute each step's gates from the state after that step. The gates decide on
            the update, so they look at the state before it.""",
            "        h, c = lstm_step(x_t, h, c, params)\n",
            "",
            "        a = np.concatenate([h, x_t], axis=1)\n",
            "        h, c = lstm_step(x_t, h, c, params)\n"
            "        a = np.concatenate([h, x_t], axis=1)\n",
        ),
    ),
)

FORWARD = Check(
    "lstm_forward",
    points=2,
    draw=draw_sequences,
    needs=("sigmoid", "lstm_step"),
    misconceptions=(
        mistake(
            "state-not-carried",
            """Each of your steps starts from the initial state. What step t returns is what step t +
            1 starts from: that is the loop in the network.""",
            "h, c = lstm_step(x_t, h, c, params)",
            "h, c = lstm_step(x_t, h_0, c_0, params)",
        ),
        mistake(
            "cell-state-reset",
            """You carry h on, but every step starts again from c_0. The cell state is the long
            memory: carry that on, too.""",
            "lstm_step(x_t, h, c, params)",
            "lstm_step(x_t, h, c_0, params)",
        ),
        mistake(
            "initial-state-ignored",
            """You start from zeros, whatever states you are given. Begin with h_0 and c_0: long
            texts are read in pieces, each beginning where the last one ended.""",
            "h, c, hs, cs = h_0, c_0, [], []",
            "h, c, hs, cs = 0 * h_0, 0 * c_0, [], []",
        ),
        mistake(
            "states-before-the-step",
            """Your entry t is the state before step t was read. It should be the state after that:
            the initial state is not in the result, but the last state is.""",
            "        h, c = lstm_step(x_t, h, c, params)\n",
            "",
            "        cs.append(c)\n",
            "        cs.append(c)\n        h, c = lstm_step(x_t, h, c, params)\n",
        ),
        mistake(
            "time-axis-first",
            """Your arrays have time on the first axis. The batch comes first: (N, T, H).""",
            "np.stack(hs, axis=1), np.stack(cs, axis=1)",
            "np.stack(hs, axis=0), np.stack(cs, axis=0)",
        ),
        mistake(
            "only-the-last-state",
            """You return only the last states. Return all of them, (N, T, H): a many-to-many
            network reads every one.""",
            "np.stack(hs, axis=1), np.stack(cs, axis=1)",
            "h, c",
        ),
        mistake(
            "sequences-in-the-wrong-order",
            """You have swapped the two results: the hidden states come first, then the cell
            states.""",
            "np.stack(hs, axis=1), np.stack(cs, axis=1)",
            "np.stack(cs, axis=1), np.stack(hs, axis=1)",
        ),
        mistake(
            "read-backwards",
            """You read the sequence from its end. Order matters: begin with X[:, 0].""",
            "np.swapaxes(X, 0, 1)",
            "np.swapaxes(X, 0, 1)[::-1]",
        ),
    ),
)

STEP_BACKWARD = Check(
    "lstm_step_backward",
    points=4,
    draw=draw_step_backward,
    needs=("sigmoid", "lstm_step"),
    misconceptions=(
        mistake(
            "hidden-path-left-out",
            """The cell state gets its gradient from two sides: directly (dc) and through h_t = o_t
            * tanh(c_t). The second path is missing.""",
            "dc_total = dc + dh * o * (1 - tanh_c**2)",
            "dc_total = dc",
        ),
        mistake(
            "cell-path-left-out",
            """You use only what comes through h_t. The gradient dc that arrives along the cell
            state, the highway of the LSTM, has to be added.""",
            "dc_total = dc + dh * o * (1 - tanh_c**2)",
            "dc_total = dh * o * (1 - tanh_c**2)",
        ),
        mistake(
            "tanh-slope-of-the-cell-left-out",
            """On its way from h_t to c_t the gradient passes tanh: its slope at c_t is missing.""",
            "dh * o * (1 - tanh_c**2)",
            "dh * o",
        ),
        mistake(
            "sigmoid-slope-left-out",
            """The gradient of a gate has to pass the sigmoid on its way to the weights: multiply
            by the slope s (1 - s) of each of the three gates.""",
            "dc_total * c_prev * f * (1 - f)",
            "dc_total * c_prev",
            "dc_total * candidate * i * (1 - i)",
            "dc_total * candidate",
            "dh * tanh_c * o * (1 - o)",
            "dh * tanh_c",
        ),
        mistake(
            "candidate-slope-left-out",
            """The candidate's gradient has to pass its tanh: the slope 1 - candidate^2 is
            missing.""",
            "dc_total * i * (1 - candidate**2)",
            "dc_total * i",
        ),
        mistake(
            "c-prev-without-hidden-path",
            """c_prev gets the total gradient of the cell times f_t. You pass on dc alone, without
            what came through h_t.""",
            "dc_total * f}",
            "dc * f}",
        ),
        mistake(
            "averaged-over-the-batch",
            """Your parameter gradients are averaged over the batch. Here they are summed: where
            a mean is wanted, it is in the loss already.""",
            "a.T @ dz[gate]",
            "a.T @ dz[gate] / len(a)",
            "dz[gate].sum(axis=0)",
            "dz[gate].mean(axis=0)",
        ),
        mistake(
            "x-and-h-swapped",
            """You have swapped the gradients of x_t and h_prev: the first H columns of [h, x]
            belong to h.""",
            '{"x_t": da[:, H:], "h_prev": da[:, :H],',
            '{"x_t": da[:, :-H], "h_prev": da[:, -H:],',
        ),
        mistake(
            "one-path-into-the-inputs",
            """x_t and h_prev feed four layers: the candidate and the three gates. You follow the
            candidate's path only; the gradients of all four add up.""",
            'params["W" + gate].T for gate in "fico")',
            'params["W" + gate].T for gate in "c")',
        ),
        mistake(
            "output-gate-without-tanh",
            """The output gate multiplies tanh(c_t). In its gradient you have used c_t itself.""",
            "dh * tanh_c * o",
            "dh * np.arctanh(tanh_c) * o",
        ),
    ),
)

FROM_KERAS = Check(
    "from_keras",
    points=2,
    draw=draw_keras_weights,
    misconceptions=(
        mistake(
            "order-f-i-c-o",
            """You take the four blocks as f, i, c, o. Keras stores them as i, f, c, o: your forget
            gate gets the input gate's weights.""",
            'zip("ifco", blocks',
            'zip("fico", blocks',
            'zip("ifco", biases',
            'zip("fico", biases',
        ),
        mistake(
            "order-i-f-o-c",
            """You take the four blocks as i, f, o, c, as some other libraries do. Keras stores
            them as i, f, c, o.""",
            'zip("ifco", blocks',
            'zip("ifoc", blocks',
            'zip("ifco", biases',
            'zip("ifoc", biases',
        ),
        mistake(
            "x-rows-first",
            """Keras's kernel multiplies x, and you have put it on top. Here the rows of h come
            first: the recurrent kernel on top, the kernel below.""",
            "[recurrent_kernel, kernel]",
            "[kernel, recurrent_kernel]",
        ),
        mistake(
            "blocks-interleaved",
            """You take every fourth column. Keras stores the blocks side by side: the first H
            columns belong to i, the next H to f, and so on.""",
            source="""
            def from_keras(kernel, recurrent_kernel, bias):
                stacked = np.concatenate([recurrent_kernel, kernel])
                params = {"W" + gate: stacked[:, n::4] for n, gate in enumerate("ifco")}
                return params | {"b" + gate: bias[n::4] for n, gate in enumerate("ifco")}
            """,
        ),
        mistake(
            "bias-order",
            """The matrices are right, but the biases are not: their blocks come in the same order,
            i, f, c, o.""",
            'zip("ifco", biases',
            'zip("fico", biases',
        ),
        mistake(
            "transposed",
            """Your matrices are transposed. A row vector [h, x] multiplies them from the left, so
            they are (H + D, H).""",
            '{"W" + gate: block for',
            '{"W" + gate: block.T for',
        ),
        mistake(
            "recurrent-part-only",
            """Your matrices hold the recurrent kernel alone: (H, H). Each has to multiply both h
            and x: (H + D, H).""",
            "np.concatenate([recurrent_kernel, kernel])",
            "recurrent_kernel",
        ),
    ),
)

# ---------------------------------------------------------------- the open task


def draw_sums(rng: np.random.Generator) -> list[Case]:
    """Sequences of the adding problem, which only the judge sees."""
    value, mark = rng.uniform(size=(100, 100)), np.zeros((100, 100))
    for half in (0, 50):
        mark[np.arange(100), half + rng.integers(50, size=100)] = 1
    return [{"X": np.stack([value, mark], axis=-1)}]


ADDING_MISTAKES = (
    mistake(
        "adds-everything",
        """Your cell adds up all values, whether they are marked or not. The input gate is there to shut out
        what isn't marked.""",
        "np.array([-k / 2])",
        "np.array([k / 2])",
    ),
    mistake(
        "last-marked-only",
        """Only the second of the two marked values is left at the end: at a mark your cell forgets
        what it has. The forget gate has to stay open.""",
        '    params["Wi"][2] = k  # ... but at a mark\n',
        '    params["Wi"][2], params["Wf"][2] = k, -2 * k\n',
    ),
    mistake(
        "counts-the-marks",
        """Your cell counts the marks, and there are always two of them. The candidate has to carry the
        value.""",
        '    params["Wc"][1] = small\n    return params, np.array([1 / small])\n',
        '    params["Wc"][2] = small\n    return params, np.array([1 / small])\n',
    ),
    mistake(
        "forgets",
        """What was written fades before the end: over a hundred steps a forget gate that is half
        open, or even nearly open, leaves nothing of it.""",
        'params["bf"], params["bi"] = np.array([k]), np',
        'params["bf"], params["bi"] = np.array([1.0]), np',
    ),
)


def adding_problem(case: Case, answer: object) -> Outcome | str | None:
    """By the mean squared error on sequences that the student hasn't seen."""
    parts = parameters_and_readout(
        answer,
        lambda H: (
            {f"W{gate}": (H + 2, H) for gate in "fico"} | {f"b{gate}": (H,) for gate in "fico"}
        ),
        "The keys are Wf bf Wi bi Wc bc Wo bo; the shapes are (H + 2, H) and (H,), since D = 2.",
    )
    if isinstance(parts, Outcome):
        return parts
    params, readout = parts
    X = np.asarray(case["X"])
    zero = np.zeros((len(X), readout.size))
    said = reference.lstm_forward(X, zero, zero, params)[1][:, -1] @ readout
    value, mark = X[..., 0], X[..., 1]
    first, second = (value * mark)[:, :50].sum(axis=1), (value * mark)[:, 50:].sum(axis=1)
    error = np.mean((said - first - second) ** 2)
    if error < 1e-3:
        return None
    if error < 1 / 24:
        return Outcome(
            0.5,
            f"Your error is {error:.4f}, better than the number to beat. For full marks it has to be below"
            " 1/1000.",
        )
    if np.ptp(said) < 1e-3 * abs(said).max() and abs(said).max() > 0:
        return "counts-the-marks"
    likeness = {
        "adds-everything": value.sum(axis=1),
        "last-marked-only": second,
    }
    for label, other in likeness.items():
        if np.ptp(said) > 0 and np.corrcoef(said, other)[0, 1] > 0.99:
            return label
    if abs(said).max() < 1e-3 or np.abs(said).mean() < 0.5 * np.mean(first + second):
        return "forgets"
    return Outcome(0, f"Your error is {error:.3f}; the number to beat is 1/6, that of a constant.")


ADDING = Check(
    "adding_cell",
    points=2,
    draw=draw_sums,
    judge=case_by_case(adding_problem, ADDING_MISTAKES),
    withheld=("X",),
    misconceptions=ADDING_MISTAKES,
)

ASSIGNMENT = Assignment(
    "lstm",
    reference,
    (SIGMOID, STEP, GATES, FORWARD, STEP_BACKWARD, FROM_KERAS, ADDING),
    minutes=115,
)
