"""What is checked in the assignment *bptt*, on which inputs, and the mistakes that are known."""

from __future__ import annotations

import numpy as np

from exercises.drawing import normal, sizes
from grader.checks import Assignment, Case, Check, Outcome, mistake
from solutions import bptt as reference


def probabilities(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Distributions along the last axis, none so near to 0 that a guard against log(0) matters."""
    e = np.exp(normal(rng, *shape))
    return 0.75 * e / e.sum(axis=-1, keepdims=True) + 0.25 / shape[-1]


def draw_loss(rng: np.random.Generator) -> list[Case]:
    cases = []
    for (N, T, K), dtype in (
        (sizes(rng, 3), np.int64),
        (sizes(rng, 3), np.int32),
        ((1, *sizes(rng, 2)), np.uint8),
        ((sizes(rng, 1)[0], 1, 8), np.int64),
    ):
        tokens = rng.integers(K, size=(N, T)).astype(dtype)
        cases.append({"O": probabilities(rng, N, T, K), "Y": tokens})
    return cases


def draw_gradient(rng: np.random.Generator) -> list[Case]:
    rows, columns, depth = sizes(rng, 3, high=4)
    thetas = [
        normal(rng, rows, columns),
        normal(rng, depth),
        rng.integers(-2, 3, size=(columns, depth)),
        normal(rng, rows, columns, depth),
    ]
    return [
        {"theta": theta, "weights": normal(rng, *theta.shape) + 2, "eps": float(eps)}
        for theta, eps in zip(thetas, rng.uniform(0.2, 0.6, len(thetas)), strict=True)
    ]


WAVY_FUNCTION = """
import numpy as _np

def f(theta):
    if _np.shape(theta) != weights.shape:
        raise ValueError(
            f"f takes an array of shape {weights.shape}; it was given one of shape {_np.shape(theta)}"
        )
    theta = _np.asarray(theta, dtype=float)
    waves = _np.sin(400 * theta).sum() / 400
    return float((weights * theta**3).sum() + _np.sin(theta.sum()) + waves)
"""
"""Cubic, so that the size of eps shows; all entries together in one sine, so that a push that is not
taken back shows; and waves that are too short for another default than 1e-5."""


def draw_backward(rng: np.random.Generator) -> list[Case]:
    cases = []
    shapes = (sizes(rng, 5), sizes(rng, 5), (1, 1, *sizes(rng, 3)))
    for number, (N, T, D, H, K) in enumerate(shapes):
        inputs = normal(rng, N, T, D)
        if number == 1:
            inputs = np.eye(D, dtype=int)[rng.integers(D, size=(N, T))]
        cases.append(
            {
                "X": inputs,
                "s_0": np.tanh(normal(rng, N, H)),
                "Y": rng.integers(K, size=(N, T)),
                "U": normal(rng, D, H, scale=0.7),
                "W": normal(rng, H, H, scale=0.7),
                "b": normal(rng, H, scale=0.5),
                "V": normal(rng, H, K),
                "c": normal(rng, K, scale=0.5),
            }
        )
    return cases


def draw_states(rng: np.random.Generator) -> list[Case]:
    cases = []
    for T, H in (sizes(rng, 2, low=3), sizes(rng, 2, low=3), (4, 1), (1, 3), (2, 3)):
        cases.append({"S": np.tanh(normal(rng, T, H, scale=0.7)), "W": normal(rng, H, H)})
    return cases


def draw_gradients(rng: np.random.Generator) -> list[Case]:
    D, H, K = sizes(rng, 3, low=3)
    shapes = {"U": (D, H), "W": (H, H), "b": (H,), "V": (H, K), "c": (K,)}

    def gradients(scale):
        return {name: normal(rng, *shape, scale=scale) for name, shape in shapes.items()}

    whole = {name: rng.integers(1, 9, size=shape) for name, shape in shapes.items()}
    zero = {name: np.zeros(shape) for name, shape in shapes.items()}
    return [
        {"grads": gradients(3.0), "max_norm": float(rng.uniform(1.5, 4))},
        {"grads": whole, "max_norm": 5.0},
        {"grads": gradients(0.1), "max_norm": float(rng.uniform(6, 9))},
        {"grads": zero, "max_norm": 1.0},
        {"grads": {"w": normal(rng, H) + 5}, "max_norm": 0.5},
    ]


LOSS = Check(
    "sequence_loss",
    points=2,
    draw=draw_loss,
    misconceptions=(
        mistake(
            "averaged-over-time",
            """Your loss is averaged over the time steps too. Here the steps are summed: there is
            more to be surprised at in a longer sequence. Only the batch is averaged.""",
            "/ len(O)",
            "/ Y.size",
        ),
        mistake(
            "summed-over-the-batch",
            """You sum over the batch. Take the mean over it, so that the loss does not depend on
            how many sequences happen to be in a batch.""",
            " / len(O)",
            "",
        ),
        mistake(
            "averaged-over-time-only",
            """You average over time and sum over the batch. It should be the other way round: a sum
            over time, a mean over the batch.""",
            "/ len(O)",
            "/ Y.shape[1]",
        ),
        mistake(
            "no-minus",
            """Your loss is negative. The logarithms of probabilities are negative; with the sign
            turned they measure the surprise, and that is what training makes small.""",
            "-np.log(right)",
            "np.log(right)",
        ),
        mistake(
            "no-logarithm",
            """You add up how far each probability is from 1. The cross-entropy takes the logarithm:
            being sure of a wrong token has to cost far more than being unsure.""",
            "-np.log(right)",
            "(1 - right)",
        ),
        mistake(
            "logarithm-to-base-2",
            """You take the logarithm to base 2 and measure in bits. Here it is the natural
            logarithm, as in Keras.""",
            "np.log(",
            "np.log2(",
        ),
        mistake(
            "all-tokens",
            """You add up the logarithms of all K probabilities. Only that of the right token
            counts, Y[n, t] at each step.""",
            "-np.log(right)",
            "-np.log(O)",
        ),
        mistake(
            "only-the-last-step",
            """You look at the last step only. The network answers at every step, and the error is
            the sum over all of them.""",
            "-np.log(right)",
            "-np.log(right[:, -1])",
        ),
        mistake(
            "probability-of-the-likeliest",
            """You take the probability of the token that the network finds likeliest. What counts
            is the probability that it gave to the right one.""",
            "np.take_along_axis(O, Y[:, :, None], axis=2)",
            "O.max(axis=2)",
        ),
        mistake(
            "one-value-for-each-sequence",
            """You return one loss for each sequence. Take their mean, a single number.""",
            "float(-np.log(right).sum() / len(O))",
            "-np.log(right).sum(axis=(1, 2))",
        ),
        mistake(
            "looked-up-too-often",
            """For each step of each sequence, `O[:, :, Y]` takes the tokens of all steps of all
            sequences. Put an index for the sequence and one for the step beside Y, or use
            np.take_along_axis.""",
            source="""
            def sequence_loss(O, Y):
                return float(-np.log(O[:, :, Y]).sum() / len(O))
            """,
        ),
        mistake(
            "softmax-again",
            """You put the probabilities through a softmax once more. They come out of one already:
            all that is left to take is the logarithm.""",
            source="""
            def sequence_loss(O, Y):
                e = np.exp(O)
                right = np.take_along_axis(e / e.sum(axis=2, keepdims=True), Y[:, :, None], axis=2)
                return float(-np.log(right).sum() / len(O))
            """,
        ),
        mistake(
            "binary-cross-entropy",
            """You add the logarithms of 1 - O for the wrong tokens, as for K separate questions.
            Here one token out of K is right, and only its probability counts.""",
            source="""
            def sequence_loss(O, Y):
                right = np.eye(O.shape[2])[Y]
                with np.errstate(all="ignore"):
                    terms = right * np.log(O) + (1 - right) * np.log(1 - O)
                return float(-terms.sum() / len(O))
            """,
        ),
        mistake(
            "squared-error",
            """You take squared differences from the one-hot tokens. For probabilities the loss is
            the cross-entropy: minus the logarithm of what the right token was given.""",
            source="""
            def sequence_loss(O, Y):
                return float(((O - np.eye(O.shape[2])[Y]) ** 2).sum() / len(O))
            """,
        ),
    ),
)

GRADIENT = Check(
    "numerical_gradient",
    points=3,
    draw=draw_gradient,
    setup=WAVY_FUNCTION,
    call="{'with the default eps': numerical_gradient(f, theta),"
    " 'with the given eps': numerical_gradient(f, theta, eps)}",
    misconceptions=(
        mistake(
            "one-sided",
            """You push to one side only, and the error of that shrinks like eps. With a push to
            both sides the largest part of the error cancels, and the rest shrinks like eps
            squared.""",
            "f(theta - push)) / (2 * eps)",
            "f(theta)) / eps",
        ),
        mistake(
            "one-sided-downwards",
            """You push downwards only. Push to both sides: the largest part of the error
            cancels.""",
            "f(theta + push) - f(theta - push)) / (2 * eps)",
            "f(theta) - f(theta - push)) / eps",
        ),
        mistake(
            "divided-by-eps",
            """Your gradient is twice as large as it should be: from theta - eps to theta + eps the
            distance is 2 eps.""",
            "(2 * eps)",
            "eps",
        ),
        mistake(
            "sign",
            """Your gradient points downhill. Take the loss after the push up minus the loss after
            the push down.""",
            "f(theta + push) - f(theta - push)",
            "f(theta - push) - f(theta + push)",
        ),
        mistake(
            "all-entries-at-once",
            """You push all entries at once, which gives one slope for all of them. Push one entry
            at a time, and leave the others where they are.""",
            "push = np.zeros(theta.shape)\n        push[index] = eps",
            "push = np.full(theta.shape, eps)",
        ),
        mistake(
            "push-not-taken-back",
            """An entry stays pushed while the next one is tried. Put it back before you go on.""",
            source="""
            def numerical_gradient(f, theta, eps=1e-5):
                theta = np.array(theta, dtype=float)
                gradient = np.zeros(theta.shape)
                for index in np.ndindex(theta.shape):
                    theta[index] += eps
                    above = f(theta)
                    theta[index] -= 2 * eps
                    gradient[index] = (above - f(theta)) / (2 * eps)
                return gradient
            """,
        ),
        mistake(
            "theta-left-changed",
            """The gradient is right, but theta is not what it was before: += eps and -= eps do not
            cancel to the last bit. Keep the old value and put that back, or push a copy.""",
            source="""
            def numerical_gradient(f, theta, eps=1e-5):
                if theta.dtype.kind in "iu":
                    theta = theta.astype(float)
                gradient = np.zeros(theta.shape)
                for index in np.ndindex(theta.shape):
                    theta[index] += eps
                    above = f(theta)
                    theta[index] -= 2 * eps
                    below = f(theta)
                    theta[index] += eps
                    gradient[index] = (above - below) / (2 * eps)
                return gradient
            """,
        ),
        mistake(
            "integers-truncated",
            """Where theta holds integers, a push of less than 1 is cut off when you write it into
            theta, and nothing moves. Push an array of floats.""",
            source="""
            def numerical_gradient(f, theta, eps=1e-5):
                theta = theta.copy()
                gradient = np.zeros(theta.shape)
                for index in np.ndindex(theta.shape):
                    old = theta[index]
                    theta[index] = old + eps
                    above = f(theta)
                    theta[index] = old - eps
                    below = f(theta)
                    theta[index] = old
                    gradient[index] = (above - below) / (2 * eps)
                return gradient
            """,
        ),
        mistake(
            "result-of-integers",
            """Where theta holds integers, so does your gradient, cut off at the decimal point. An
            array made like theta takes over its dtype: make the result an array of floats.""",
            "gradient = np.zeros(theta.shape)",
            "gradient = np.zeros_like(theta)",
        ),
        mistake(
            "eps-ignored",
            """You push by 1e-5, whatever eps you are given. The caller chooses the size of the
            push.""",
            "    gradient = np.zeros(theta.shape)\n",
            "    eps = 1e-5\n    gradient = np.zeros(theta.shape)\n",
        ),
        mistake(
            "relative-push",
            """You push by eps times the entry. The push is eps itself, the same for every entry,
            even for one that is 0.""",
            "push[index] = eps",
            "push[index] = eps * theta[index]",
            "/ (2 * eps)",
            "/ (2 * eps * theta[index])",
        ),
        mistake(
            "flattened",
            """Your gradient is a flat list of numbers. It should have the shape of theta, so that
            one can be subtracted from the other.""",
            "return gradient",
            "return gradient.ravel()",
        ),
    ),
)

BACKWARD = Check(
    "rnn_backward",
    points=5,
    draw=draw_backward,
    misconceptions=(
        mistake(
            "not-through-time",
            """Each of your steps learns from its own output only. A state also matters through all
            later states: what arrives from the next step, through W, has to be added.""",
            "dz @ V.T + da @ W.T",
            "dz @ V.T",
        ),
        mistake(
            "only-the-last-loss",
            """Only the loss of the last step flows back in your function. Every step has a loss of
            its own, which joins in where the way back passes it.""",
            "dz = (o - np.eye(len(c))[Y[:, t]]) / N",
            "dz = (o - np.eye(len(c))[Y[:, t]]) / N * (t == T - 1)",
        ),
        mistake(
            "averaged-over-time",
            """Your gradients are those of a loss that is averaged over time. sequence_loss sums
            over time, and averages only over the batch.""",
            "/ N",
            "/ (N * T)",
        ),
        mistake(
            "summed-over-the-batch",
            """Your gradients are those of a loss that is summed over the batch. sequence_loss takes
            the mean over it: somewhere a division by N is missing.""",
            " / N",
            "",
        ),
        mistake(
            "tanh-slope-left-out",
            """On its way from a state to the weights and to the step before, the gradient has to
            pass the tanh: its slope, one minus the state squared, is missing.""",
            "ds * (1 - s**2)",
            "ds",
        ),
        mistake(
            "tanh-slope-left-out-through-time",
            """The weights get the right slope, but what you hand to the step before has not passed
            this step's tanh. What W carries back is the gradient of the sum inside the tanh.""",
            "        ds = dz @ V.T + da @ W.T  # what this step says, and what all later steps say\n"
            "        da = ds * (1 - s**2)  # before the tanh\n",
            "        da = dz @ V.T + da @ W.T\n        ds, da = da, da * (1 - s**2)\n",
            '        grads["b"] += da.sum(axis=0)\n',
            '        grads["b"] += da.sum(axis=0)\n        da = ds\n',
        ),
        mistake(
            "slope-of-the-state-before",
            """You take the slope of the tanh at the state before the step. The tanh gave the state
            after the step, and its slope is one minus that squared.""",
            "ds * (1 - s**2)",
            "ds * (1 - s_prev**2)",
        ),
        mistake(
            "w-with-the-wrong-state",
            """W multiplies the state before the step. In its gradient you have used the state after
            it.""",
            "s_prev.T @ da",
            "s.T @ da",
        ),
        mistake(
            "w-not-transposed",
            """Forwards a row vector goes through W, backwards through W transposed. Yours goes
            through W both times; the shapes do not show it, because W is square.""",
            "da @ W.T",
            "da @ W",
        ),
        mistake(
            "only-the-first-step",
            """You overwrite the gradients at each step, so that in the end they are those of step
            one. All steps share the weights: their shares add up.""",
            'grads["V"] += ',
            'grads["V"] = ',
            'grads["c"] += ',
            'grads["c"] = ',
            'grads["U"] += ',
            'grads["U"] = ',
            'grads["W"] += ',
            'grads["W"] = ',
            'grads["b"] += ',
            'grads["b"] = ',
        ),
        mistake(
            "initial-state-ignored",
            """You start from a state of zeros, whatever s_0 is. But s_0 changes every state after
            it, and it enters the gradient of W directly.""",
            "states = [s_0]",
            "states = [0 * s_0]",
        ),
        mistake(
            "right-token-not-subtracted",
            """At the output you use the probabilities alone. Through softmax and cross-entropy
            together the gradient is the probabilities minus the one-hot vector of the right
            token.""",
            "(o - np.eye(len(c))[Y[:, t]]) / N",
            "o / N",
        ),
        mistake(
            "sign-of-the-output",
            """All your gradients have the wrong sign: they should start from the probabilities
            minus the right token, not the other way round. A step against your gradient would make
            the loss larger.""",
            "(o - np.eye(len(c))[Y[:, t]]) / N",
            "(np.eye(len(c))[Y[:, t]] - o) / N",
        ),
        mistake(
            "biases-averaged",
            """The gradients of the biases are averaged over the batch. They are summed like those
            of the matrices: the division by N is in the loss already.""",
            "dz.sum(axis=0)",
            "dz.mean(axis=0)",
            "da.sum(axis=0)",
            "da.mean(axis=0)",
        ),
    ),
)

JACOBIANS = Check(
    "state_jacobian_norms",
    points=3,
    draw=draw_states,
    misconceptions=(
        mistake(
            "no-tanh-slope",
            """You multiply by W at each step and leave the tanh out. Its slope, one minus the state
            squared, shrinks what passes wherever a unit is far from 0.""",
            "W * (1 - s**2)",
            "W",
        ),
        mistake(
            "one-step-only",
            """Your entry t covers a single step, from S_t to the next. It should cover the whole
            way from S_t to the last state: the product of all steps in between.""",
            "jacobian = W * (1 - s**2) @ jacobian",
            "jacobian = W * (1 - s**2)",
        ),
        mistake(
            "product-of-norms",
            """You multiply the norms of the single steps. That is only an upper bound: a direction
            that one step stretches may be one that the next step shrinks. Multiply the matrices,
            then take the norm.""",
            "norms.append(np.linalg.norm(jacobian, 2))",
            "norms.append(norms[-1] * np.linalg.norm(W * (1 - s**2), 2))",
        ),
        mistake(
            "frobenius-norm",
            """This is the Frobenius norm, the root of all squares together. The spectral norm is
            the largest singular value: the most that any direction is stretched.""",
            "np.linalg.norm(jacobian, 2)",
            "np.linalg.norm(jacobian)",
        ),
        mistake(
            "spectral-radius",
            """You take the largest eigenvalue. The spectral norm is the largest singular value; the
            two agree for symmetric matrices, but not in general.""",
            "np.linalg.norm(jacobian, 2)",
            "np.abs(np.linalg.eigvals(jacobian)).max()",
        ),
        mistake(
            "smallest-singular-value",
            """You take the smallest singular value. The spectral norm is the largest one.""",
            "np.linalg.norm(jacobian, 2)",
            "np.linalg.norm(jacobian, -2)",
        ),
        mistake(
            "slope-of-the-state-before",
            """You take the slope of the tanh at the state before each step. The tanh gave the state
            after the step: that is where its slope is to be taken.""",
            "reversed(S[1:])",
            "reversed(S[:-1])",
        ),
        mistake(
            "slope-on-the-wrong-side",
            """You multiply the rows of W by the slopes. States are rows here and W stands on their
            right, so column j of W leads to unit j: the slopes belong to the columns.""",
            "W * (1 - s**2)",
            "W * (1 - s**2)[:, None]",
        ),
        mistake(
            "transposed",
            """You take W transposed. States are rows, and a step is the state times W, so row i of
            W says where unit i leads.""",
            "W * (1 - s**2)",
            "W.T * (1 - s**2)",
        ),
        mistake(
            "factors-in-the-wrong-order",
            """You multiply the steps in the wrong order. Matrices do not commute: keep the steps in
            the order in which a row vector on its way from S_t meets them.""",
            "jacobian = W * (1 - s**2) @ jacobian",
            "jacobian = jacobian @ (W * (1 - s**2))",
        ),
        mistake(
            "order-reversed",
            """Your entries are in reverse order: the first belongs to S_1, and the last, which is
            1, belongs to S_T.""",
            "np.array(norms[::-1])",
            "np.array(norms)",
        ),
        mistake(
            "one-step-too-many",
            """Each of your products has one step too many. From S_t to S_T there are T - t steps:
            none at all for the last entry, which is 1.""",
            "jacobian, norms = np.eye(len(W)), [1.0]",
            "jacobian, norms = np.eye(len(W)), []",
            "reversed(S[1:])",
            "reversed(S)",
        ),
        mistake(
            "from-the-first-state",
            """You follow the first state forwards. Each entry should say how much its own state
            still means for the last one: start at the end and go back.""",
            source="""
            def state_jacobian_norms(S, W):
                jacobian, norms = np.eye(len(W)), [1.0]
                for s in S[1:]:
                    jacobian = jacobian @ (W * (1 - s**2))
                    norms.append(np.linalg.norm(jacobian, 2))
                return np.array(norms)
            """,
        ),
    ),
)

CLIP = Check(
    "clip_by_global_norm",
    points=2,
    draw=draw_gradients,
    misconceptions=(
        mistake(
            "each-array-by-itself",
            """You clip each array by its own norm. That bends the gradient into another direction:
            there is one norm of all entries together, and one factor for all arrays.""",
            "{name: g * factor for name, g in grads.items()}",
            "{name: g * (max_norm / max(np.linalg.norm(g), max_norm)) for name, g in grads.items()}",
        ),
        mistake(
            "entry-by-entry",
            """You cut single entries off at max_norm. The whole gradient is shortened by one
            factor, so that it keeps its direction.""",
            "g * factor",
            "np.clip(g, -max_norm, max_norm)",
        ),
        mistake(
            "short-gradients-stretched",
            """You also stretch gradients that are shorter than max_norm. Those stay as they are: the
            factor is never more than 1.""",
            "1.0 if norm <= max_norm else max_norm / norm",
            "max_norm / norm if norm else 1.0",
        ),
        mistake(
            "norm-afterwards",
            """You return the norm after the clipping. Return the norm before it, which shows
            whether the gradient had exploded.""",
            "in grads.items()}, norm",
            "in grads.items()}, norm * factor",
        ),
        mistake(
            "no-square-root",
            """Your norm is the sum of the squares. Its square root is missing.""",
            "[g.ravel() for g in grads.values()])))",
            "[g.ravel() for g in grads.values()]))) ** 2",
        ),
        mistake(
            "sum-of-norms",
            """You add up the norms of the arrays. The global norm is the root of the sum of all
            squares, as if all entries stood in one long vector.""",
            "float(np.linalg.norm(np.concatenate([g.ravel() for g in grads.values()])))",
            "float(sum(np.linalg.norm(g) for g in grads.values()))",
        ),
        mistake(
            "sum-of-absolute-values",
            """You add up absolute values (the L1 norm). The length of a vector is the root of the
            sum of the squares.""",
            "np.concatenate([g.ravel() for g in grads.values()])",
            "np.concatenate([g.ravel() for g in grads.values()]), 1",
        ),
        mistake(
            "largest-entry",
            """You measure the gradient by its largest entry. The L2 norm takes all entries
            together.""",
            "np.concatenate([g.ravel() for g in grads.values()])",
            "np.concatenate([g.ravel() for g in grads.values()]), np.inf",
        ),
        mistake(
            "zero-divided-by-zero",
            """A gradient of zeros has the norm 0, and you divide by it: nan would get into all
            weights. Such a gradient is short enough and stays as it is.""",
            "1.0 if norm <= max_norm else max_norm / norm",
            "1.0 if 0 < norm <= max_norm else np.divide(max_norm, norm)",
        ),
        mistake(
            "swapped",
            """You have swapped the two results: the clipped gradient comes first, then the
            norm.""",
            "return {name: g * factor for name, g in grads.items()}, norm",
            "return norm, {name: g * factor for name, g in grads.items()}",
        ),
        mistake(
            "arguments-changed",
            """The values are right, but the caller's own arrays are changed: *= writes into them.
            Make new arrays, and a new dict.""",
            source="""
            def clip_by_global_norm(grads, max_norm):
                norm = np.sqrt(sum((g.astype(float) ** 2).sum() for g in grads.values()))
                factor = min(1.0, max_norm / norm) if norm > 0 else 1.0
                for name in grads:
                    grads[name] = grads[name] * factor
                return grads, norm
            """,
        ),
    ),
)

# ---------------------------------------------------------------- the open task


def draw_starts(rng: np.random.Generator) -> list[Case]:
    """Sizes and seeds; the inputs are drawn from a seed that only the judge knows."""
    return [
        {"H": int(H), "seed": int(rng.integers(2**31)), "inputs": int(rng.integers(2**31))}
        for H in rng.integers(12, 25, size=9)
    ]


START_MISTAKES = (
    mistake(
        "normal-weights",
        """These are normal weights as they come, the very ones to beat: some of their singular
        values are far below 1 and some above it, and over a hundred steps both do harm. A matrix
        that keeps all lengths treats all directions alike.""",
        "    rotation = np.linalg.qr(rng.normal(size=(H, H)))[0]\n"
        "    return 1.1 * rotation  # a little more than one, since the tanh takes a little away\n",
        "    return rng.normal(size=(H, H)) / np.sqrt(H)\n",
    ),
    mistake(
        "rotation-alone",
        """Your W keeps every length, and yet too little arrives: at each step the tanh takes a little
        away. Give back what it takes.""",
        "1.1 * rotation",
        "rotation",
    ),
    mistake(
        "vanishes",
        """Hardly anything is left after a hundred steps: your weights are too small.""",
        "1.1 * rotation",
        "0.8 * rotation",
    ),
    mistake(
        "explodes",
        """After a hundred steps the gradient has grown out of all proportion: your weights are too
        large.""",
        "1.1 * rotation",
        "1.6 * rotation",
    ),
)


def judge_starts(cases: list[Case], answers: list[object]) -> Outcome:
    """By the median of what is left of a gradient after a hundred steps."""
    hints = {known.label: known.hint for known in START_MISTAKES}
    left, spread, drawn = [], [], []
    for case, answer in zip(cases, answers, strict=True):
        try:
            W = np.asarray(answer, dtype=float)
        except (TypeError, ValueError):
            W = np.zeros(0)
        H = case["H"]
        if W.shape != (H, H) or not np.isfinite(W).all():
            return Outcome(0, "Return an (H, H) array of finite floats.")
        noise, s, states = np.random.default_rng(case["inputs"]), np.zeros(H), []
        for _ in range(100):
            s = np.tanh(s @ W + noise.normal(0, 0.1, H))
            states.append(s)
        norm = reference.state_jacobian_norms(np.array(states), W)[0]
        left.append(np.log(max(norm, 1e-300)))
        values = np.linalg.svd(W, compute_uv=False)
        spread.append(values.max() - values.min())
        drawn.append(values.max())
    middle = abs(np.median(left))
    if middle <= np.log(5):
        return Outcome(1)
    label = "vanishes" if np.median(left) < 0 else "explodes"
    if max(spread) < 1e-6 and np.allclose(drawn, 1):
        label = "rotation-alone"
    elif label == "vanishes" and min(spread) > 1:
        label = "normal-weights"
    elif middle <= np.log(30):
        found = "too little" if label == "vanishes" else "too much"
        return Outcome(
            0.5,
            "That is better than the number to beat: in the median the gradient stays within a factor of"
            f" 30. For full marks it has to stay within a factor of 5; {found} is left.",
        )
    return Outcome(0, hints[label], label)


START = Check(
    "gentle_start",
    points=2,
    draw=draw_starts,
    call="gentle_start(H, _default_rng(seed))",
    setup="from numpy.random import default_rng as _default_rng",
    judge=judge_starts,
    withheld=("inputs",),
    misconceptions=START_MISTAKES,
)

ASSIGNMENT = Assignment(
    "bptt",
    reference,
    (LOSS, GRADIENT, BACKWARD, JACOBIANS, CLIP, START),
    minutes=120,
)
