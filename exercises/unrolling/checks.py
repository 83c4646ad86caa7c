"""What is checked in the assignment *unrolling*, on which inputs, and the mistakes that are known."""

from __future__ import annotations

import numpy as np

from exercises.drawing import normal, sizes
from grader.checks import Assignment, Case, Check, Outcome, case_by_case, mistake
from solutions import unrolling as reference


def layer(rng: np.random.Generator, D: int, H: int, scale: float = 0.8) -> dict:
    """Weights of a recurrent layer."""
    return {
        "U": normal(rng, D, H, scale=scale),
        "W": normal(rng, H, H, scale=scale),
        "b": normal(rng, H, scale=scale),
    }


def one_hot(tokens, size: int) -> np.ndarray:
    """Whole numbers, as `np.eye(size, dtype=int)` gives them."""
    return np.eye(size, dtype=int)[tokens]


def draw_step(rng: np.random.Generator) -> list[Case]:
    cases = []
    for scale in (0.5, 1.0):
        N, D, H = sizes(rng, 3)
        state = np.tanh(normal(rng, N, H))
        cases.append({"x_t": normal(rng, N, D), "s_prev": state} | layer(rng, D, H, scale))
    D, H = sizes(rng, 2)
    tokens = one_hot([int(rng.integers(D))], D)
    return [*cases, {"x_t": tokens, "s_prev": np.zeros((1, H)) + 0.5} | layer(rng, D, H)]


def draw_sequences(rng: np.random.Generator) -> list[Case]:
    cases = []
    for N, T, D, H in (sizes(rng, 4), sizes(rng, 4), (1, 1, *sizes(rng, 2))):
        state = np.tanh(normal(rng, N, H))
        cases.append({"X": normal(rng, N, T, D), "s_0": state} | layer(rng, D, H))
    N, T, D, H = sizes(rng, 4)
    tokens = one_hot(rng.integers(D, size=(N, T)), D)
    return [*cases, {"X": tokens, "s_0": np.zeros((N, H), dtype=int)} | layer(rng, D, H)]


def draw_softmax(rng: np.random.Generator) -> list[Case]:
    rows, columns, depth = sizes(rng, 3, low=3)
    far = np.array([[1e4, 1e4 - 1.0, -1e4], [-1e4, -1e4 + 0.5, -1e4 + 2.0], [0.0, 750.0, -750.0]])
    return [
        {"z": normal(rng, rows, columns, scale=2.0)},
        {"z": normal(rng, rows, columns, depth)},
        {"z": normal(rng, depth)},
        {"z": rng.integers(-3, 4, size=(depth, rows))},
        {"z": far + rng.uniform(-0.2, 0, far.shape)},
        {"z": np.full((2, 1), 3.0)},
    ]


def draw_outputs(rng: np.random.Generator) -> list[Case]:
    cases = []
    for N, T, H, K in (sizes(rng, 4), sizes(rng, 4), (1, 1, *sizes(rng, 2))):
        states = np.tanh(normal(rng, N, T, H))
        cases.append({"S": states, "V": normal(rng, H, K, scale=1.5), "c": normal(rng, K)})
    return cases


def draw_sizes(rng: np.random.Generator) -> list[Case]:
    triples = [sizes(rng, 3, high=60), sizes(rng, 3, high=60), (40, 7, 40), (1, 1, 1)]
    return [{"D": D, "H": H, "K": K} for D, H, K in triples]


def draw_generate(rng: np.random.Generator) -> list[Case]:
    cases = [draw_lively(rng) for _ in range(4)]
    return [*cases, cases[0] | {"steps": 1}]


def draw_lively(rng: np.random.Generator) -> Case:
    """A network that writes several tokens, none by so small a margin that rounding decides."""
    while True:
        K, H = sizes(rng, 2, low=4, high=9)
        case = {"first": int(rng.integers(K)), "s_0": np.tanh(normal(rng, 1, H))}
        case |= layer(rng, K, H, 1.2) | {"V": normal(rng, H, K, scale=1.5), "c": normal(rng, K)}
        case["steps"] = int(rng.integers(9, 13))
        written = reference.generate(**case)
        if len(set(written)) >= 4 and written[0] != case["first"] and margin(case, written) > 1e-3:
            return case


def margin(case: Case, written: list[int]) -> float:
    """By how much the likeliest token leads at the closest step."""
    read = one_hot([[case["first"], *written[:-1]]], len(case["U"]))
    states = reference.rnn_forward(read, case["s_0"], case["U"], case["W"], case["b"])
    ranked = np.sort(states[0] @ case["V"] + case["c"], axis=1)
    return float((ranked[:, -1] - ranked[:, -2]).min())


STEP = Check(
    "rnn_step",
    points=2,
    draw=draw_step,
    misconceptions=(
        mistake(
            "no-memory",
            """The state of the step before has no part in yours: this is a feed-forward layer. Add
            the old state times W, and you have the loop.""",
            " + s_prev @ W",
            "",
        ),
        mistake(
            "no-input",
            """Your state changes without looking at the input. The input times U belongs in the sum.""",
            "x_t @ U + ",
            "",
        ),
        mistake(
            "no-tanh",
            """The sum is right, but its tanh is missing. Without it a state can grow without bound,
            and many steps in a row are no more than one linear map.""",
            "np.tanh(x_t @ U + s_prev @ W + b)",
            "x_t @ U + s_prev @ W + b",
        ),
        mistake(
            "sigmoid-instead-of-tanh",
            """Your state goes through the logistic function, from 0 to 1. The function here is tanh,
            from -1 to 1, so that a state can be negative, too.""",
            "np.tanh(x_t @ U + s_prev @ W + b)",
            "1 / (1 + np.exp(-(x_t @ U + s_prev @ W + b)))",
        ),
        mistake(
            "relu-instead-of-tanh",
            """You cut off what is negative (ReLU). This layer squashes with tanh instead.""",
            "np.tanh(x_t @ U + s_prev @ W + b)",
            "np.maximum(0, x_t @ U + s_prev @ W + b)",
        ),
        mistake(
            "no-bias",
            """The bias b is missing: with an input and a state of zeros the new state has to be
            tanh(b).""",
            " + b)",
            ")",
        ),
        mistake(
            "bias-after-the-tanh",
            """You add the bias after the tanh. It belongs in the sum, or the state leaves the range
            from -1 to 1.""",
            " + b)",
            ") + b",
        ),
        mistake(
            "state-weights-transposed",
            """You multiply the state by W transposed. Here vectors are rows and stand on the left
            of the matrix: the state, then W as it is.""",
            "s_prev @ W",
            "s_prev @ W.T",
        ),
        mistake(
            "two-squashings",
            """You squash input and state separately and add the results, whose sum can reach 2.
            There is one sum, and one tanh around all of it.""",
            "np.tanh(x_t @ U + s_prev @ W + b)",
            "np.tanh(x_t @ U) + np.tanh(s_prev @ W + b)",
        ),
        mistake(
            "state-not-weighted",
            """You add the old state as it is. It has weights of its own: multiply it by W.""",
            "s_prev @ W",
            "s_prev",
        ),
    ),
)

FORWARD = Check(
    "rnn_forward",
    points=3,
    draw=draw_sequences,
    needs=("rnn_step",),
    misconceptions=(
        mistake(
            "state-not-carried",
            """Each of your steps starts from the initial state. What step t gives is what step t + 1
            starts from: that is the loop in the network.""",
            "s = rnn_step(x_t, s, U, W, b)",
            "s = rnn_step(x_t, s_0, U, W, b)",
        ),
        mistake(
            "initial-state-ignored",
            """You start from zeros, whatever s_0 you are given. Begin with s_0: long texts are read
            in pieces, each beginning where the last one ended.""",
            "s, states = s_0, []",
            "s, states = 0 * s_0, []",
        ),
        mistake(
            "states-before-the-step",
            """Your entry t is the state before X[:, t] was read. It should be the state after that:
            the initial state is not in the result, but the last state is.""",
            "        s = rnn_step(x_t, s, U, W, b)\n        states.append(s)\n",
            "        states.append(s)\n        s = rnn_step(x_t, s, U, W, b)\n",
        ),
        mistake(
            "initial-state-in-the-result",
            """You return T + 1 states. The one before the first step was given, not computed:
            leave it out.""",
            "s, states = s_0, []",
            "s, states = s_0, [s_0]",
        ),
        mistake(
            "time-axis-first",
            """Your array has time on the first axis. The batch comes first: (N, T, H).""",
            "np.stack(states, axis=1)",
            "np.stack(states, axis=0)",
        ),
        mistake(
            "only-the-last-state",
            """You return only the last state. Return all of them, (N, T, H): the output layer reads
            every one.""",
            "np.stack(states, axis=1)",
            "s",
        ),
        mistake(
            "read-backwards",
            """You read the sequence from its end. Order matters: begin with X[:, 0].""",
            "np.swapaxes(X, 0, 1)",
            "np.swapaxes(X, 0, 1)[::-1]",
        ),
        mistake(
            "sequences-run-into-each-other",
            """Your state runs on from one sequence into the next. The sequences of a batch are
            independent: each starts from its own row of s_0.""",
            source="""
            def rnn_forward(X, s_0, U, W, b):
                s, states = s_0[:1], []
                for x in X:
                    for x_t in x:
                        s = rnn_step(x_t[None], s, U, W, b)
                        states.append(s[0])
                return np.array(states).reshape(X.shape[0], X.shape[1], -1)
            """,
        ),
        mistake(
            "axes-mixed-up",
            """Your numbers are right but stand in the wrong places: reshape keeps the order in
            memory and does not swap axes. To bring the batch to the front, stack along axis 1 or
            transpose.""",
            "np.stack(states, axis=1)",
            "np.array(states).reshape(len(s), len(states), -1)",
        ),
        mistake(
            "integers-truncated",
            """For inputs that are integers (one-hot vectors, say) your states are integers, too, cut
            down to -1, 0 or 1. Make the array for the states an array of floats.""",
            source="""
            def rnn_forward(X, s_0, U, W, b):
                states = np.zeros((X.shape[0], X.shape[1], len(b)), dtype=X.dtype)
                s = s_0
                for t in range(X.shape[1]):
                    s = rnn_step(X[:, t], s, U, W, b)
                    states[:, t] = s
                return states
            """,
        ),
        mistake(
            "initial-state-overwritten",
            """The values are right, but you write the states into s_0, which the caller still
            needs. Make each new state a new array.""",
            "s = rnn_step(x_t, s, U, W, b)\n        states.append(s)",
            "s[:] = rnn_step(x_t, s, U, W, b)\n        states.append(s.copy())",
        ),
    ),
)

SOFTMAX = Check(
    "softmax",
    points=2,
    draw=draw_softmax,
    misconceptions=(
        mistake(
            "overflow",
            """The formula is right, but for large entries np.exp overflows and infinity divided
            by infinity is not a number. Subtract the largest entry first: it cancels out.""",
            "np.exp(z - np.max(z, axis=-1, keepdims=True))",
            "np.exp(z)",
        ),
        mistake(
            "clipped",
            """You clip large entries, so that 10,000 and 9,999 come out alike. It is their
            difference that counts: subtract the largest entry, and then nothing needs to be clipped.""",
            "np.exp(z - np.max(z, axis=-1, keepdims=True))",
            "np.exp(np.clip(z, -500, 500))",
        ),
        mistake(
            "one-maximum-for-all",
            """You subtract the largest entry of the whole array. Where all entries of a row are
            far below it, that row is 0 divided by 0. Take each row's own maximum.""",
            "np.max(z, axis=-1, keepdims=True)",
            "np.max(z)",
        ),
        mistake(
            "sums-over-everything",
            """Your whole array sums to 1. Each row along the last axis should: every one is a
            distribution of its own.""",
            "e.sum(axis=-1, keepdims=True)",
            "e.sum()",
        ),
        mistake(
            "first-axis",
            """You normalise along the first axis. The classes stand on the last one, whatever the
            number of axes.""",
            "np.max(z, axis=-1, keepdims=True)",
            "np.max(z, axis=0, keepdims=True)",
            "e.sum(axis=-1, keepdims=True)",
            "e.sum(axis=0, keepdims=True)",
        ),
        mistake(
            "second-axis",
            """You normalise along axis 1, which is the last one only in a matrix. Use axis -1: it is
            the last one in any array.""",
            source="""
            def softmax(z):
                axis = min(1, np.ndim(z) - 1)
                e = np.exp(z - np.max(z, axis=axis, keepdims=True))
                return e / e.sum(axis=axis, keepdims=True)
            """,
        ),
        mistake(
            "no-exponential",
            """You divide the numbers themselves by their sum. They can be negative, and so could
            your probabilities: take the exponentials first.""",
            source="""
            def softmax(z):
                return z / np.sum(z, axis=-1, keepdims=True)
            """,
        ),
        mistake(
            "sigmoid-instead",
            """This is the logistic function of each entry. A softmax lets the entries of a row
            compete: they have to sum to 1.""",
            source="""
            def softmax(z):
                return 1 / (1 + np.exp(-np.clip(z, -500, 500)))
            """,
        ),
        mistake(
            "logarithms",
            """These are the logarithms of the probabilities. Return the probabilities
            themselves.""",
            "return e / e.sum(axis=-1, keepdims=True)",
            "return z - np.max(z, axis=-1, keepdims=True) - np.log(e.sum(axis=-1, keepdims=True))",
        ),
        mistake(
            "hard-maximum",
            """Yours gives 1 to the largest entry and 0 to the others. A softmax is soft: a number
            that is nearly as large gets nearly as much.""",
            source="""
            def softmax(z):
                return 1.0 * (z == np.max(z, axis=-1, keepdims=True))
            """,
        ),
        mistake(
            "integers-truncated",
            """For an array of integers your result is cut down to integers. An array made like z
            takes over its dtype: make the result an array of floats.""",
            source="""
            def softmax(z):
                out = np.zeros_like(z)
                e = np.exp(z - np.max(z, axis=-1, keepdims=True))
                out[...] = e / e.sum(axis=-1, keepdims=True)
                return out
            """,
        ),
        mistake(
            "argument-changed",
            """The values are right, but -= changes the caller's own array. Write z = z - ..., which
            makes a new one.""",
            source="""
            def softmax(z):
                z -= np.max(z, axis=-1, keepdims=True)
                e = np.exp(z)
                return e / e.sum(axis=-1, keepdims=True)
            """,
        ),
        mistake(
            "no-exponential-after-the-shift",
            """You divide the shifted numbers by their sum, but the exponential is missing. It makes
            all of them positive, and turns differences into ratios.""",
            source="""
            def softmax(z):
                shifted = z - z.max(axis=-1, keepdims=True)
                with np.errstate(all="ignore"):
                    return shifted / shifted.sum(axis=-1, keepdims=True)
            """,
        ),
    ),
)

OUTPUTS = Check(
    "rnn_outputs",
    points=2,
    draw=draw_outputs,
    needs=("softmax",),
    misconceptions=(
        mistake(
            "no-softmax",
            """These are the numbers before the softmax. Probabilities are positive and sum to 1 at
            every step.""",
            "softmax(S @ V + c)",
            "S @ V + c",
        ),
        mistake(
            "softmax-over-time",
            """Your probabilities sum to 1 over the time steps. The classes of one step compete with
            each other; the steps do not.""",
            "softmax(S @ V + c)",
            "np.swapaxes(softmax(np.swapaxes(S @ V + c, 1, 2)), 1, 2)",
        ),
        mistake(
            "softmax-over-everything",
            """Your probabilities sum to 1 over all of the array. Each step of each sequence has a
            distribution of its own.""",
            "softmax(S @ V + c)",
            "softmax((S @ V + c).ravel()).reshape(*S.shape[:2], -1)",
        ),
        mistake(
            "no-bias",
            """The bias c is missing: it tells the network how frequent a token is before anything
            has been read.""",
            " + c",
            "",
        ),
        mistake(
            "bias-after-the-softmax",
            """You add the bias to the probabilities, and then they do not sum to 1. It belongs to
            the numbers that go into the softmax.""",
            "softmax(S @ V + c)",
            "softmax(S @ V) + c",
        ),
        mistake(
            "only-the-last-step",
            """You return the output of the last step only. A network that labels or writes has one
            at each step: (N, T, K).""",
            "softmax(S @ V + c)",
            "softmax(S[:, -1] @ V + c)",
        ),
        mistake(
            "sigmoid-instead",
            """Each of your outputs goes through a sigmoid of its own, so they do not sum to 1. One
            token out of K calls for a softmax.""",
            "softmax(S @ V + c)",
            "1 / (1 + np.exp(-(S @ V + c)))",
        ),
        mistake(
            "tokens-instead-of-probabilities",
            """You return which token is the likeliest. Return the probabilities of all K tokens
            instead: (N, T, K).""",
            "softmax(S @ V + c)",
            "np.argmax(S @ V + c, axis=-1)",
        ),
        mistake(
            "tanh-before-the-softmax",
            """You squash with tanh before the softmax, so that no probability can come near 0 or
            1. The states are squashed already; the output layer is linear up to its softmax.""",
            "softmax(S @ V + c)",
            "softmax(np.tanh(S @ V + c))",
        ),
    ),
)

COUNT = Check(
    "count_parameters",
    points=1,
    draw=draw_sizes,
    promises=("int",),
    misconceptions=(
        mistake(
            "no-recurrent-matrix",
            """You have left out W, the matrix through which the state feeds the next state. How many
            rows and columns does it have?""",
            "H * H + ",
            "",
        ),
        mistake(
            "no-biases",
            """The biases are missing: b has one number for each unit of the state, c one for each
            class.""",
            " + H + H * K + K",
            " + H * K",
        ),
        mistake(
            "no-output-bias",
            """The bias c of the output layer is missing: one number for each class.""",
            "H * K + K",
            "H * K",
        ),
        mistake(
            "no-state-bias",
            """The bias b of the recurrent layer is missing: one number for each unit of the
            state.""",
            "H * H + H + H * K",
            "H * H + H * K",
        ),
        mistake(
            "no-output-layer",
            """You have counted the recurrent layer only. The output layer has parameters, too: V and
            c.""",
            " + H * K + K",
            "",
        ),
        mistake(
            "square-of-the-input-size",
            """Your recurrent matrix is as large as the input. It takes a state to a state: look at
            the shape of W.""",
            "H * H",
            "D * D",
        ),
        mistake(
            "two-biases",
            """You count two biases for the recurrent layer, as PyTorch keeps them. Here input and
            state share one b.""",
            "H * H + H + ",
            "H * H + 2 * H + ",
        ),
        mistake(
            "four-gates",
            """This is the number for an LSTM, which has four such layers inside. The simple
            recurrent layer has one.""",
            "D * H + H * H + H + ",
            "4 * (D * H + H * H + H) + ",
        ),
        mistake(
            "matrices-added-up-by-their-sides",
            """A matrix with D rows and H columns holds D times H numbers, not D plus H.""",
            "D * H + H * H + H + H * K + K",
            "(D + H) + (H + H) + H + (H + K) + K",
        ),
    ),
)

GENERATE = Check(
    "generate",
    points=4,
    draw=draw_generate,
    promises=("int",),
    needs=("rnn_step", "softmax", "rnn_outputs"),
    misconceptions=(
        mistake(
            "token-not-fed-back",
            """Your network reads the first token at every step. It should read what it has just
            written: that is what makes a text out of it.""",
            "        token = int(np.argmax(softmax(s @ V + c)))\n        tokens.append(token)\n",
            "        tokens.append(int(np.argmax(softmax(s @ V + c))))\n",
        ),
        mistake(
            "state-not-carried",
            """Every step starts again from s_0, so that each token depends on the one before it
            and on nothing else. Carry the state along.""",
            "rnn_step(x_t, s, U, W, b)",
            "rnn_step(x_t, s_0, U, W, b)",
        ),
        mistake(
            "first-in-the-list",
            """Your list begins with the first token, which was given. Only what the network writes
            belongs in it: `steps` tokens.""",
            "token, s, tokens = first, s_0, []",
            "token, s, tokens = first, s_0, [first]",
            "range(steps)",
            "range(steps - 1)",
        ),
        mistake(
            "first-on-top",
            """Your list has one token too many: the first one was read, not written.""",
            "token, s, tokens = first, s_0, []",
            "token, s, tokens = first, s_0, [first]",
        ),
        mistake(
            "one-token-too-few",
            """Your list has one token too few. With `steps` = 1 the network reads the first token
            and writes one.""",
            "range(steps)",
            "range(steps - 1)",
        ),
        mistake(
            "initial-state-ignored",
            """You start from a state of zeros, whatever s_0 you are given. Begin with s_0: it may
            hold what has been read before.""",
            "token, s, tokens = first, s_0, []",
            "token, s, tokens = first, 0 * s_0, []",
        ),
        mistake(
            "probabilities-fed-back",
            """You feed the probabilities back. The network has to read the token that was chosen,
            as a one-hot vector: that token is in the text, and its alternatives are not.""",
            source="""
            def generate(first, s_0, U, W, b, V, c, steps):
                x_t, s, tokens = np.eye(len(U))[[first]], s_0, []
                for _ in range(steps):
                    s = rnn_step(x_t, s, U, W, b)
                    x_t = softmax(s @ V + c)
                    tokens.append(int(np.argmax(x_t)))
                return tokens
            """,
        ),
        mistake(
            "writes-before-it-reads",
            """Your network writes its first token before it has read anything. First read the
            token and move the state on, then look at the output of the new state.""",
            "        s = rnn_step(x_t, s, U, W, b)\n"
            "        token = int(np.argmax(softmax(s @ V + c)))\n",
            "        token = int(np.argmax(softmax(s @ V + c)))\n"
            "        s = rnn_step(x_t, s, U, W, b)\n",
        ),
        mistake(
            "least-likely-token",
            """You take the token with the lowest probability. Take the one with the highest.""",
            "np.argmax(",
            "np.argmin(",
        ),
        mistake(
            "output-layer-left-out",
            """You look for the largest entry of the state. A state has no tokens; the output layer
            turns it into one number per token.""",
            "np.argmax(softmax(s @ V + c))",
            "np.argmax(s) % len(U)",
        ),
        mistake(
            "output-bias-left-out",
            """The bias c of the output is missing when you choose the token.""",
            "softmax(s @ V + c)",
            "softmax(s @ V)",
        ),
        mistake(
            "arrays-instead-of-ints",
            """The tokens are right, but each is wrapped in an array of its own. Return a list of
            plain ints: take the one entry out of each array.""",
            "token = int(np.argmax(softmax(s @ V + c)))\n        tokens.append(token)",
            "token = int(np.argmax(softmax(s @ V + c)))\n        tokens.append(np.array([token]))",
        ),
        mistake(
            "only-the-last-token",
            """You return only the last token. Return all of them, in the order in which they were
            written.""",
            "return tokens",
            "return tokens[-1]",
        ),
    ),
)

# ---------------------------------------------------------------- the open task


def draw_bits(rng: np.random.Generator) -> list[Case]:
    """Bits that only the judge sees."""
    return [{"bits": rng.integers(2, size=(40, 100))}]


PARITY_MISTAKES = (
    mistake(
        "says-the-bit",
        """Your network says what it has just read: 1 is odd, 0 is even. That is right only after the first
        bit. It needs a state that a 1 turns over and a 0 leaves alone.""",
        source="""
        def parity_network():
            k = 20.0
            return (np.array([[k]]), np.zeros((1, 1)), np.array([-k / 2]),
                    np.array([[-1.0, 1.0]]), np.zeros(2))
        """,
    ),
    mistake(
        "any-one-so-far",
        """Your network says whether there has been a 1 at all: once it has seen one, it never
        changes its mind. A second 1 has to turn it back.""",
        source="""
        def parity_network():
            k = 20.0
            return (np.array([[2 * k]]), np.array([[k]]), np.array([-0.5 * k + 0.5]) * 1.0,
                    np.array([[-1.0, 1.0]]), np.zeros(2))
        """,
    ),
    mistake(
        "even-for-odd",
        """Your network is wrong nearly every time, so it knows the answer: you have swapped odd and
        even. Class 1 is odd.""",
        "np.array([[0, 1], [0, -1]]), np.array([0, -1])",
        "np.array([[1, 0], [-1, 0]]), np.array([-1, 0])",
    ),
    mistake(
        "fades",
        """Your network begins well and then loses count: its states lie between -1 and 1, and a little
        of the answer is lost at each step. Larger weights drive the units to the ends, where nothing
        is lost.""",
        "k = 20.0",
        "k = 1.6",
    ),
)


def parity_problem(case: Case, answer: object) -> Outcome | str | None:
    """By the accuracy at all steps of sequences that the student hasn't seen."""
    try:
        U, W, b, V, c = (np.asarray(weights, dtype=float) for weights in answer)
    except (TypeError, ValueError):
        return Outcome(0, "Return the five arrays U, W, b, V and c, in this order.")
    H = b.size
    shapes = [weights.shape for weights in (U, W, b, V, c)]
    if shapes != [(1, H), (H, H), (H,), (H, 2), (2,)]:
        return Outcome(0, f"The shapes {shapes} don't fit together for H = {H}, D = 1 and K = 2.")
    if H > 20 or not all(np.isfinite(weights).all() for weights in (U, W, b, V, c)):
        return Outcome(0, "Use at most 20 units, and finite weights.")
    bits = np.asarray(case["bits"])
    odd = np.cumsum(bits, axis=1) % 2
    S, said = np.zeros((len(bits), H)), []
    for x in bits.T:
        S = np.tanh(x[:, None] @ U + S @ W + b)
        z = S @ V + c
        said.append(z[:, 1] > z[:, 0])
    told = np.array(said, dtype=int).T
    right = told == odd
    if right.mean() >= 0.99:
        return None if H <= 2 else Outcome(0.5, f"It counts, with {H} units. Two are enough.")
    if right.mean() < 0.01:
        return "even-for-odd"
    if (told == bits).mean() > 0.99:
        return "says-the-bit"
    if (told == (np.cumsum(bits, axis=1) > 0)).mean() > 0.99:
        return "any-one-so-far"
    if right[:, :3].mean() > 0.9:
        return "fades"
    return Outcome(
        0, f"It is right at {right.mean():.0%} of the steps; a guess is right at about 50%."
    )


PARITY = Check(
    "parity_network",
    points=2,
    draw=draw_bits,
    judge=case_by_case(parity_problem, PARITY_MISTAKES),
    withheld=("bits",),
    misconceptions=PARITY_MISTAKES,
)

ASSIGNMENT = Assignment(
    "unrolling",
    reference,
    (STEP, FORWARD, SOFTMAX, OUTPUTS, COUNT, GENERATE, PARITY),
    minutes=95,
)
