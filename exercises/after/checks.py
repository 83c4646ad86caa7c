"""What is checked in the assignment *after*, on which inputs, and the known mistakes."""

from __future__ import annotations

import numpy as np

from exercises.drawing import normal, sizes
from exercises.hand_set import parameters_and_readout
from grader.checks import Assignment, Case, Check, Outcome, case_by_case, mistake
from solutions import after as reference


def draw_query(rng: np.random.Generator) -> list[Case]:
    """Sequences with padding at either end, then large scores, then a single step."""
    cases = []
    for T, scale in ((7, 1.0), (5, 1.5), (6, 60.0), (1, 1.0)):
        N, H = sizes(rng, 2)
        mask = rng.uniform(size=(N, T)) < 0.7
        mask[np.arange(N), rng.integers(0, T, N)] = True
        if T > 1:
            mask[0], mask[1] = np.arange(T) < T - 2, np.arange(T) > 0
        cases.append(
            {
                "query": normal(rng, N, H, scale=scale),
                "keys": normal(rng, N, T, H, scale=scale),
                "mask": mask,
            }
        )
    return cases


def draw_attention(rng: np.random.Generator) -> list[Case]:
    cases = []
    for case in draw_query(rng):
        N, T, H = case["keys"].shape
        mask = case.pop("mask")
        cases.append({**case, "values": normal(rng, N, T, H + 2), "mask": mask})
    return cases


def draw_steps(rng: np.random.Generator) -> list[Case]:
    """Factors that keep, flip and forget; lengths that are and aren't powers of two."""
    cases = []
    for T in (6, 8, 1, 11):
        N, H = sizes(rng, 2)
        a = rng.uniform(-0.5, 1.2, size=(N, T, H))
        a[0, T // 2] = 0.0  # whoever divides by a product of factors gets nan
        cases.append({"a": a, "b": normal(rng, N, T, H)})
    return cases


def draw_recurrence(rng: np.random.Generator) -> list[Case]:
    cases = []
    for case in draw_steps(rng):
        N, _, H = case["b"].shape
        cases.append({**case, "s_0": normal(rng, N, H)})
    return cases


def draw_min_gru(rng: np.random.Generator) -> list[Case]:
    cases = []
    for T in (7, 8, 1):
        N, D, H = sizes(rng, 3)
        params = {"Wz": normal(rng, D, H), "bz": normal(rng, H)}
        params |= {"Wh": normal(rng, D, H), "bh": normal(rng, H)}
        cases.append({"X": normal(rng, N, T, D), "h_0": normal(rng, N, H), "params": params})
    return cases


WEIGHTS = Check(
    "attention_weights",
    points=2,
    draw=draw_query,
    silent=True,
    misconceptions=(
        mistake(
            "not-scaled",
            """The scores aren't divided by the square root of H. With many units they grow, and the
            softmax then looks at a single step.""",
            " / np.sqrt(query.shape[1])",
            "",
        ),
        mistake(
            "divided-by-the-size",
            """You divide the scores by H. A sum of H random products is about as large as the
            square root of H, so divide by that.""",
            " / np.sqrt(query.shape[1])",
            " / query.shape[1]",
        ),
        mistake(
            "padding-counts",
            """Padding gets a share of the attention. Steps where the mask is False must have the weight
            0, and the others share the 1 among themselves.""",
            "np.where(mask, scores, -np.inf)",
            "scores",
        ),
        mistake(
            "padding-scored-zero",
            """You give padding the score 0, but exp(0) is 1, so padding still gets a share. Which score
            has the exponential 0?""",
            "np.where(mask, scores, -np.inf)",
            "np.where(mask, scores, 0.0)",
        ),
        mistake(
            "mask-after-the-softmax",
            """Padding has the weight 0, but the other weights no longer sum to 1: padding still
            counted in the sum by which you divide.""",
            source="""
            def attention_weights(query, keys, mask):
                scores = np.einsum("nh,nth->nt", query, keys) / np.sqrt(query.shape[1])
                e = np.exp(scores - scores.max(axis=1, keepdims=True))
                return e / e.sum(axis=1, keepdims=True) * mask
            """,
        ),
        mistake(
            "mask-reversed",
            """You look at the padding and at nothing else. True in the mask stands for a word.""",
            "np.where(mask, scores, -np.inf)",
            "np.where(mask == mask.all(axis=1, keepdims=True), scores, -np.inf)",
        ),
        mistake(
            "softmax-over-the-batch",
            """Your weights sum to 1 over the sentences of the batch. A sentence has to share its
            attention among its own steps.""",
            source="""
            def attention_weights(query, keys, mask):
                scores = np.einsum("nh,nth->nt", query, keys) / np.sqrt(query.shape[1])
                e = np.exp(scores - scores.max()) * mask
                return e / np.maximum(e.sum(axis=0, keepdims=True), 1e-300)
            """,
        ),
        mistake(
            "shares-of-the-scores",
            """You divide the scores by their sum. But a score can be negative: the exponential has
            to make it positive first.""",
            source="""
            def attention_weights(query, keys, mask):
                scores = np.einsum("nh,nth->nt", query, keys) / np.sqrt(query.shape[1]) * mask
                return scores / scores.sum(axis=1, keepdims=True)
            """,
        ),
        mistake(
            "cosine",
            """You divide by the lengths of query and key, so that only their directions count.
            Divide the product by the square root of H, and by nothing else.""",
            " / np.sqrt(query.shape[1])",
            """ / (
        np.linalg.norm(query, axis=1)[:, None] * np.linalg.norm(keys, axis=2)
    )""",
        ),
        mistake(
            "scores-only",
            """These are scores, not weights. The softmax makes them positive and makes them sum to
            1.""",
            source="""
            def attention_weights(query, keys, mask):
                return np.einsum("nh,nth->nt", query, keys) / np.sqrt(query.shape[1]) * mask
            """,
        ),
    ),
)

ATTEND = Check(
    "attend",
    points=1,
    draw=draw_attention,
    needs=("attention_weights",),
    misconceptions=(
        mistake(
            "plain-mean",
            """This is the plain mean of the values of all words. Each value has to be multiplied by its
            own weight.""",
            "attention_weights(query, keys, mask)",
            "mask / mask.sum(axis=1, keepdims=True)",
        ),
        mistake(
            "mean-after-weighting",
            """Your context is T times too small: you take the mean of the weighted values. The
            weights sum to 1 already, so the weighted sum is a mean.""",
            ".sum(axis=1)",
            ".mean(axis=1)",
        ),
        mistake(
            "hard-attention",
            """You take the value of the likeliest step and leave out all others. Attention is soft:
            every step gives something, according to its weight.""",
            "attention_weights(query, keys, mask)",
            "np.eye(mask.shape[1])[attention_weights(query, keys, mask).argmax(axis=1)]",
        ),
        mistake(
            "mask-ignored",
            """You don't hand the mask on, so padding contributes its values as well.""",
            "attention_weights(query, keys, mask)",
            "attention_weights(query, keys, np.ones_like(mask))",
        ),
    ),
)

RECURRENCE = Check(
    "linear_recurrence",
    points=2,
    draw=draw_recurrence,
    misconceptions=(
        mistake(
            "starts-at-zero",
            """You begin with zero in place of `s_0`. What was remembered before the first step still
            counts.""",
            "np.empty(b.shape), s_0",
            "np.empty(b.shape), 0 * s_0",
        ),
        mistake(
            "state-not-carried",
            """Each of your steps begins again at `s_0`. The state that a step leaves is what the next
            one begins with.""",
            "        s = a[:, t] * s + b[:, t]\n        states[:, t] = s\n",
            "        states[:, t] = a[:, t] * s + b[:, t]\n",
        ),
        mistake(
            "factor-of-the-first-step",
            """You use the factor of the first step at every step. Here the factor changes: that is
            what makes this more than the leaky memory.""",
            "a[:, t] * s",
            "a[:, 0] * s",
        ),
        mistake(
            "factor-on-the-sum",
            """You multiply what comes in by the factor as well. It belongs to the old state
            alone.""",
            "a[:, t] * s + b[:, t]",
            "a[:, t] * (s + b[:, t])",
        ),
        mistake(
            "coupled",
            """You multiply what comes in by 1 minus the factor. In this function it comes in as it
            is. It is the minGRU, further down, that has such a pair of factors.""",
            "a[:, t] * s + b[:, t]",
            "a[:, t] * s + (1 - a[:, t]) * b[:, t]",
        ),
        mistake(
            "states-before-the-step",
            """Your states lag by a step: the first one is `s_0`. Return the state after each
            step.""",
            "        s = a[:, t] * s + b[:, t]\n        states[:, t] = s\n",
            "        states[:, t] = s\n        s = a[:, t] * s + b[:, t]\n",
        ),
    ),
)

SCAN = Check(
    "scan",
    points=3,
    draw=draw_steps,
    misconceptions=(
        mistake(
            "factor-of-the-earlier-step",
            """You multiply what came in earlier by the factor of the earlier step. It goes through the
            later step, so it meets the later step's factor.""",
            "late_a * b[:, :-distance] + late_b",
            "a[:, :-distance] * b[:, :-distance] + late_b",
        ),
        mistake(
            "order-of-two-steps",
            """You have joined two steps in the wrong order: the earlier one comes first, and the later
            one works on what it leaves. The order counts, although the brackets don't.""",
            "late_a * b[:, :-distance] + late_b",
            "a[:, :-distance] * late_b + b[:, :-distance]",
        ),
        mistake(
            "factors-not-joined",
            """You join what comes in, but not the factors. Without their product the next round
            doesn't know how much of the earlier steps is still there.""",
            "late_a * a[:, :-distance]",
            "late_a",
        ),
        mistake(
            "no-partner-no-step",
            """You lose the steps that have nothing that far before them. They stay as they are; nothing is
            joined to them in this round.""",
            "a[:, :distance], joined_a",
            "0 * a[:, :distance], joined_a",
            "b[:, :distance], joined_b",
            "0 * b[:, :distance], joined_b",
        ),
        mistake(
            "around-the-end",
            """Your first steps are joined with the last ones, as `np.roll` would do it. A step with
            nothing that far before it stays as it is.""",
            source="""
            def scan(a, b):
                rounds = [(a, b)]
                for r in range((a.shape[1] - 1).bit_length()):
                    before_a, before_b = (np.roll(each, 2**r, axis=1) for each in (a, b))
                    a, b = a * before_a, a * before_b + b
                    rounds.append((a, b))
                return rounds
            """,
        ),
        mistake(
            "always-from-the-start",
            """Each of your rounds joins the steps as they were given. A round has to join what the
            round before it has left.""",
            source="""
            def scan(a, b):
                rounds = [(a, b)]
                for r in range((a.shape[1] - 1).bit_length()):
                    k = 2**r
                    joined_a = np.concatenate([a[:, :k], a[:, k:] * a[:, :-k]], axis=1)
                    joined_b = np.concatenate([b[:, :k], a[:, k:] * b[:, :-k] + b[:, k:]], axis=1)
                    rounds.append((joined_a, joined_b))
                return rounds
            """,
        ),
        mistake(
            "over-the-sentences",
            """You join sentences of the batch. The first axis is that of the sentences, which have
            nothing to do with each other; the steps stand along the second.""",
            source="""
            def scan(a, b):
                rounds = [(a, b)]
                for r in range((len(a) - 1).bit_length()):
                    k = 2**r
                    joined_b = np.concatenate([b[:k], a[k:] * b[:-k] + b[k:]])
                    a, b = np.concatenate([a[:k], a[k:] * a[:-k]]), joined_b
                    rounds.append((a, b))
                return rounds
            """,
        ),
        mistake(
            "distance-not-doubled",
            """Your distance grows by one from round to round. After a round of distance 1 an entry
            holds two steps, so the next one to join lies two before it, then four.""",
            "2**r",
            "r + 1",
        ),
        mistake(
            "every-distance",
            """You make a round for every distance. After a round of distance 1 an entry holds two steps,
            so the distance doubles from round to round: 1, 2, 4.""",
            "for r in range((T - 1).bit_length()):",
            "for distance in range(1, T):",
            "        distance = 2**r\n",
            "",
        ),
        mistake(
            "one-round-too-few",
            """The last round is missing, at least where T isn't a power of two. The rounds end
            when the next distance would be T or more.""",
            "(T - 1).bit_length()",
            "T.bit_length() - 1",
        ),
        mistake(
            "one-round-too-many",
            """You make one round too many: at a distance of T there is nothing left to join.""",
            "(T - 1).bit_length()",
            "T.bit_length()",
        ),
        mistake(
            "start-left-out",
            """The list has to begin with the pair (a, b), before the first round.""",
            "return rounds",
            "return rounds[1:]",
        ),
        mistake(
            "result-only",
            """You return only the last pair. Return the list of all the pairs, from (a, b) to that
            of the last round.""",
            "return rounds",
            "return rounds[-1:]",
        ),
    ),
)

MIN_GRU = Check(
    "min_gru_forward",
    points=2,
    draw=draw_min_gru,
    needs=("scan",),
    misconceptions=(
        mistake(
            "gate-reversed",
            """Your gate is the other way round: z_t is the share of the candidate, and 1 - z_t that of
            the old state.""",
            "scan(1 - z, z * candidate)",
            "scan(z, (1 - z) * candidate)",
        ),
        mistake(
            "starts-at-zero",
            """The state before the first step is lost. The last pair of the scan says how much of it is
            still there at each step.""",
            "kept * h_0[:, None] + added",
            "added",
        ),
        mistake(
            "start-added-in-full",
            """You add `h_0` to every state in full. It fades as everything else does, by the product
            of the factors.""",
            "kept * h_0[:, None] + added",
            "h_0[:, None] + added",
        ),
        mistake(
            "candidate-through-tanh",
            """Your candidate goes through a tanh, as in the GRU. In a minGRU it is linear: the state is
            a mean of candidates, so it can't grow beyond them.""",
            'X @ params["Wh"] + params["bh"]',
            'np.tanh(X @ params["Wh"] + params["bh"])',
        ),
        mistake(
            "candidate-not-gated",
            """Your candidate comes in whole. It is multiplied by the gate, so that what is kept and
            what is new share a 1.""",
            "scan(1 - z, z * candidate)",
            "scan(1 - z, candidate)",
        ),
        mistake(
            "biases-left-out",
            """The biases are missing. Without bz an untrained gate can't be nearly shut.""",
            ' + params["bz"]',
            "",
            ' + params["bh"]',
            "",
        ),
    ),
)

# ---------------------------------------------------------------- the open task


def draw_marks(rng: np.random.Generator) -> list[Case]:
    """Marks at distances from 1 to 100, which only the judge sees."""
    marks = np.zeros((40, 400, 1))
    for row in marks:
        places = np.cumsum(rng.integers(1, 101, size=400))
        row[0] = 1
        row[places[places < len(row)]] = 1
    marks[0] = 0
    marks[0, ::100] = 1  # the longest waits that there may be
    return [{"X": marks}]


STOPWATCH_MISTAKES = (
    mistake(
        "never-reset",
        """Your stopwatch runs on at a mark: it counts from the first step. At a mark the gate has to
        open wide, so that nothing of the old state is left.""",
        'np.array([[k]]), "bz"',
        'np.array([[0.0]]), "bz"',
    ),
    mistake(
        "runs-full",
        """Your stopwatch slows down and stops: a state that goes a fixed share of the way to its
        candidate at each step is soon there. How small must that share be for a hundred steps to
        stay on the straight beginning of the curve?""",
        "leak, k = 1e-5, 60.0",
        "leak, k = 0.05, 60.0",
    ),
    mistake(
        "starts-from-one",
        """Your stopwatch is set to the far end at a mark, where it can't run any more. At a mark the
        candidate has to be 0.""",
        "np.array([[-1.0]])",
        "np.array([[0.0]])",
    ),
    mistake(
        "not-read-out",
        """The state grows as it should, but what your read-out makes of it isn't a number of steps.
        By how much does the state grow in a step?""",
        "np.array([1 / leak])",
        "np.array([1.0])",
    ),
)


def runs_straight(case: Case, answer: object) -> Outcome | str | None:
    """By the error of the steps that it shows, on marks that the student hasn't seen."""
    parts = parameters_and_readout(
        answer,
        lambda H: {"Wz": (1, H), "bz": (H,), "Wh": (1, H), "bh": (H,)},
        "The keys are Wz, bz, Wh and bh; the shapes are (1, H) and (H,), since D = 1.",
    )
    if isinstance(parts, Outcome):
        return parts
    params, readout = parts
    X = np.asarray(case["X"])
    step = np.arange(X.shape[1])
    since = step - np.maximum.accumulate(np.where(X[..., 0] > 0, step, 0), axis=1)
    with np.errstate(all="ignore"):
        shown = reference.min_gru_forward(X, np.zeros((len(X), readout.size)), params) @ readout
    if not np.isfinite(shown).all():
        return Outcome(0, "What your stopwatch shows isn't finite.")
    error, constant = np.mean((shown - since) ** 2), since.var()
    if abs(shown - since).max() < 0.5:
        return None
    if error < constant / 10:
        return Outcome(
            0.5,
            f"Your mean squared error is {error:.2g}, far below the number to beat, {constant:.0f}."
            " For full marks no step may be off by a half; the worst is off by"
            f" {abs(shown - since).max():.1f}.",
        )
    if np.ptp(shown) == 0 or X.shape[1] < 2:
        return Outcome(
            0,
            f"Your stopwatch stands still; its error is {error:.0f}, and the number to beat is"
            f" {constant:.0f}.",
        )
    line = np.corrcoef(shown.ravel(), since.ravel())[0, 1]
    ages = np.broadcast_to(step, since.shape)
    if line > 0.999:
        return "not-read-out"
    if np.corrcoef(shown.ravel(), ages.ravel())[0, 1] > 0.99:
        return "never-reset"
    marked = X[..., 0] > 0
    if np.median(shown[marked]) >= 0.9 * shown.max():
        return "starts-from-one"
    if np.abs(shown[marked]).max() < 0.05 * shown.max() and line > 0.3:
        return "runs-full"
    return Outcome(
        0,
        f"Your mean squared error is {error:.0f}; the number to beat is {constant:.0f}, that of a"
        " constant.",
    )


STOPWATCH = Check(
    "stopwatch",
    points=2,
    draw=draw_marks,
    judge=case_by_case(runs_straight, STOPWATCH_MISTAKES),
    withheld=("X",),
    misconceptions=STOPWATCH_MISTAKES,
)

ASSIGNMENT = Assignment(
    "after",
    reference,
    (WEIGHTS, ATTEND, RECURRENCE, SCAN, MIN_GRU, STOPWATCH),
    minutes=90,
)
