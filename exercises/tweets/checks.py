"""What is checked in the assignment *tweets*, on which inputs, and the mistakes that are known."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from scipy.special import softmax
from sklearn.metrics import accuracy_score, confusion_matrix

from course.tweets import LABELS
from exercises.tweets import held_out
from grader.checks import Assignment, Case, Check, Outcome, case_by_case, mistake, type_name
from solutions import tweets as reference

if held_out.real():
    # The reference must not have seen the held-out tweets either.
    reference.texts = held_out.split()[0]["text"].tolist()
    reference.labels = held_out.split()[0]["sentiment"].tolist()

WORDS = ("debate", "candidate", "plan", "tonight", "boring", "brilliant", "answer", "answers")
WORDS += ("question", "moderator", "loud", "applause", "stage", "nobody", "economy", "closing")
WITH_RT = ("party", "art", "start", "heart", "smart", "effort", "part", "support", "dirty", "rta")
HANDLES = ("ann", "bob_2", "joe99", "kim", "lee_", "max7")


def pick(rng: np.random.Generator, words, count: int) -> list[str]:
    """`count` different ones of some words."""
    return [words[i] for i in rng.choice(len(words), size=count, replace=False)]


def draw_clean(rng: np.random.Generator) -> list[Case]:
    """Short texts, each with one trap: a report may show them. The long ones have them all."""
    first, second, third, fourth = pick(rng, WORDS, 4)
    inner, outer = pick(rng, WITH_RT, 2)
    handle, other = pick(rng, HANDLES, 2)
    number = int(rng.integers(10, 99))
    short = [
        f"{first.title()}, {second.upper()}!",
        f"RT @{handle}: {first} {second}",
        f"{inner} {first} {outer}",
        f"don't {first}-{second}",
        f"{first}  http://t.co/Ab{number}",
        f"https://t.co/x.y/?z={number} {first}",
        f"{first}!http://t.co/{number}",
        f"HTTPS://T.CO/{number} {first}",
        f"  {first}\t{second}\n{third} ",
        f"{first} #rt R.T. {second}",
        f"{first} RT @{handle}: {second}",
        f"RT @{handle} {first}: {second}",
        f"RT @{handle}: RT @{other}: {first}",
        f"  rt  @{handle}:{first}",
        f"RT@{handle}: {first}",
        f"{first}\nRT @{handle}: {second}",
        f"http://t.co/x RT @{handle}: {first}",
        f"{first} &amp; {second}",
        f"{first}_{second} [{number}]^",
        f"@{handle} {first} #{second}",
        f"{first} 20{number} caf\u00e9 100%",
        "\U0001f44f\U0001f44f RT \u2026",
    ]
    long = [
        f"RT @{handle}: {first.upper()} isn't a {inner}... it's {outer}; {second} &amp; {third}!! "
        f"#GOPDebate @{other} {fourth} http://t.co/Q{number}",
        f"So true. RT @{handle}: \u201c{second}\u201d, the {third}\u2019s {inner} {number}:00 "
        f"https://t.co/{first}\t#rt",
    ]
    return [{"text": text} for text in short + long]


def draw_groups(rng: np.random.Generator) -> list[Case]:
    low, middle, high = sorted(pick(rng, WORDS, 3))
    handle, other = pick(rng, HANDLES, 2)
    number = int(rng.integers(100, 999))
    tweets = [  # the alphabet is against the order of appearance
        f"{high.title()} is all I hear! http://t.co/a{number}",
        f"{middle} is all I hear",
        f"RT @{handle}: {high} is all I hear. http://t.co/b{number}",
        f"{low} is all I hear",
        f"RT @{other}: {middle.upper()} is all I hear #",
        f"{high} is all  I hear",
        f"@{handle} {high} is all I hear",
        f"RT @{handle} {high} is all I hear",
        f"{middle} is all I hear",
        f"RT @{other}: {high} is all I hear",
        f"{low}. Is all I hear?",
        "http://t.co/x",
        f"{middle} IS all i hear",
        "\u2026",
    ]
    start = int(rng.integers(1, 3))
    others = [f"{a} {b}" for a, b in itertools.permutations(pick(rng, WORDS, 3), 2)]
    return [
        {"texts": tweets},
        {"texts": tweets[start:]},
        {"texts": [*others, others[int(rng.integers(6))].upper()]},
        {"texts": [f"RT @{handle}: {low}"]},
    ]


def draw_texts(rng: np.random.Generator) -> list[str]:
    """Tweets whose words tie, repeat within one text, and first appear against the alphabet."""
    a, b, c, d, e, f, g = sorted(pick(rng, WORDS, 7))
    handle = pick(rng, HANDLES, 1)[0]
    number = int(rng.integers(100, 999))
    return [
        f"RT @{handle}: {g.title()}! {f} {e.upper()} http://t.co/{number}",
        f"{f}, {d} {g}... {c} #{e}",
        f"{b} {b} {b} {b}-{a} rt {handle} {d}",
        f"{g} {a} {c.title()} {number}!",
        "http://t.co/x",
        f"@{handle} {b}, {g}",
    ]


def draw_vocabulary(rng: np.random.Generator) -> list[Case]:
    texts = draw_texts(rng)
    size = len(reference.build_vocabulary(texts, 99)) + 2
    # Cut inside the words that appear twice, and where it makes a difference to count wrongly.
    return [
        {"texts": texts, "max_tokens": 50},
        {"texts": texts, "max_tokens": int(rng.integers(5, 8))},
        {"texts": draw_texts(rng), "max_tokens": size - 1},
        {"texts": texts, "max_tokens": size},
        {"texts": texts[:3], "max_tokens": 3},
        {"texts": texts, "max_tokens": 2},
        {"texts": ["http://t.co/x"], "max_tokens": 4},
    ]


def draw_encode(rng: np.random.Generator) -> list[Case]:
    cases = []
    for length in (5, 3, 1):
        known = pick(rng, WORDS, 8)
        indices = rng.permutation(np.arange(2, 2 + len(known)))
        vocabulary = {word: int(index) for word, index in zip(known, indices, strict=True)}
        a, b, c, d, e, f, g, _ = known
        handle = pick(rng, HANDLES, 1)[0]
        texts = [
            f"RT @{handle}: {a.title()}, {b}!",
            f"{b} zebra {c.upper()} {d} #{e} {f}! {a} {g} http://t.co/x",
            f"{e} yak {a}",
            f"{c} {d}  {b} {a} {g}",
            "http://t.co/x",
            f"{f}",
        ]
        order = rng.permutation(len(texts))
        cases.append(
            {"texts": [texts[i] for i in order], "vocabulary": vocabulary, "length": length}
        )
    return [*cases, {"texts": [f"{a} {b}"], "vocabulary": {}, "length": 4}]


def draw_confusion(rng: np.random.Generator) -> list[Case]:
    names = ["Positive", "Negative", "Neutral"]
    colours = ["red", "blue", "green", "grey"]
    return [
        _labelled(rng, names, 40, absent=0, as_array=False),
        _labelled(rng, [7, 3, 12, 5, 4], 60, absent=1, as_array=True),
        _labelled(rng, colours, 50, absent=1, as_array=True),
        _labelled(rng, names[1:], 12, absent=0, as_array=False),
        {"y_true": ["Neutral"], "y_pred": ["Positive"], "classes": names},
    ]


def _labelled(rng: np.random.Generator, classes: list, N: int, absent: int, as_array: bool) -> Case:
    present = classes[: len(classes) - absent]
    classes = [classes[-1], *classes[:-1]] if absent else classes
    y_true, y_pred = (list(rng.choice(len(present), size=N)) for _ in range(2))
    # More often the first for the second than the other way round.
    y_true, y_pred = y_true + [0] * N, y_pred + [1] * N
    y_true, y_pred = ([present[k] for k in labels] for labels in (y_true, y_pred))
    if as_array:
        y_true, y_pred = np.array(y_true), np.array(y_pred)
    return {"y_true": y_true, "y_pred": y_pred, "classes": classes}


def draw_held_out(rng: np.random.Generator) -> list[Case]:
    texts, labels = held_out.draw(rng)
    return [{"texts": texts[1:], "labels": labels[1:]}, {"texts": texts[:1], "labels": labels[:1]}]


def draw_models(rng: np.random.Generator) -> list[Case]:
    """Weights of a small network in the order of Keras, and tokens for it to read."""
    cases = []
    for units in (2, 3):
        vocabulary, width, T = (int(n) for n in rng.permutation([9, 5, 7]))
        shapes = [(vocabulary, width), (width, 4 * units), (units, 4 * units), (4 * units,)]
        shapes += [(units, 3), (3,)]
        cases.append(
            {
                "weights": [rng.normal(size=shape) for shape in shapes],
                "tokens": rng.integers(vocabulary, size=(6, T)),
            }
        )
    return cases


CLEAN = Check(
    "clean_tweet",
    points=2,
    draw=draw_clean,
    misconceptions=(
        mistake(
            "rt-inside-words",
            """Deleting every "rt" turns "party" into "pay" and "heart" into "hea". Delete it only where
            it is a word of its own.""",
            source="""
            def clean_tweet(text):
                text = re.sub(r"^\\s*rt\\s+@\\w+:", "", text.lower())
                text = re.sub(r"https?://\\S*", "", text)
                text = re.sub(r"[^a-z0-9\\s]", "", text)
                return " ".join(text.replace("rt", "").split())
            """,
        ),
        mistake(
            "punctuation-becomes-a-space",
            """You put a space where punctuation stood, so that "don't" falls apart into "don" and
            "t". Delete it instead: "dont" stays one word.""",
            'r"[^a-z0-9\\s]", ""',
            'r"[^a-z0-9\\s]", " "',
        ),
        mistake(
            "a-to-small-z",
            """Your range A-z is too wide: between Z and a there are six more characters, [ \\ ] ^ _
            and the backquote. They stay in your text.""",
            'r"[^a-z0-9\\s]"',
            'r"[^a-zA-z0-9\\s]"',
        ),
        mistake(
            "never-lower-cased",
            """You don't turn capitals into lower case before you delete the other characters, so
            whole letters are lost.""",
            "text.lower()",
            "text",
        ),
        mistake(
            "urls-kept",
            """The addresses are still there: without their punctuation they make words like
            httptcoab, and each of them is unique. Delete URLs while they can still be recognised:
            once the punctuation has gone there is no :// any more.""",
            '    text = re.sub(r"https?://\\S*", "", text)\n',
            "",
        ),
        mistake(
            "https-forgotten",
            """Addresses that begin with https:// stay in your text.""",
            "https?://",
            "http://",
        ),
        mistake(
            "url-to-the-end",
            """You delete everything from an address to the end of the tweet. An address ends at the
            next white space; the words after it stay.""",
            r"https?://\S*",
            "https?://.*",
        ),
        mistake(
            "urls-only-as-words",
            """A URL may follow a word or a sign without a space. You find it only at the beginning
            of a word.""",
            'r"https?://\\S*"',
            'r"(?<!\\S)https?://\\S*"',
        ),
        mistake(
            "urls-up-to-punctuation",
            """Your URL ends at the first dot or slash, and the rest of it stays as words. Everything
            up to the next white space belongs to it.""",
            "https?://\\S*",
            "https?://\\w*",
        ),
        mistake(
            "colon-not-needed",
            """You delete the name after a leading rt even without a colon. In "RT @ann nice" Ann is
            being spoken to; only "RT @ann:" says whose tweet it is.""",
            "@\\w+:",
            "@\\w+:?",
        ),
        mistake(
            "retweet-mark-anywhere",
            """You delete "rt @name:" in the middle of a tweet, too. Only a leading one says that the
            whole tweet is a copy; after a comment the name stays, and only the rt goes.""",
            'r"^\\s*rt',
            'r"\\s*rt',
        ),
        mistake(
            "retweet-mark-at-every-line",
            """You delete "rt @name:" at the beginning of every line. Only the very start of the
            text counts.""",
            'r"^\\s*rt',
            'r"(?m)^\\s*rt',
        ),
        mistake(
            "retweet-mark-more-than-once",
            """Where a retweet was retweeted you delete both marks. Only the first one goes; the
            second name is part of what was copied.""",
            'r"^\\s*rt\\s+@\\w+:"',
            'r"^(\\s*rt\\s+@\\w+:)+"',
        ),
        mistake(
            "retweet-mark-kept",
            """The name after a leading "rt @name:" is still in your text. With it every retweet
            looks different from the original. It has to go before the @ and the colon do.""",
            '    text = re.sub(r"^\\s*rt\\s+@\\w+:", "", text.lower())\n',
            "    text = text.lower()\n",
        ),
        mistake(
            "urls-before-the-retweet-mark",
            """You delete the URLs before you look for a leading "rt @name:". A mark that follows a
            URL is not leading: follow the order of the specification.""",
            source="""
            def clean_tweet(text):
                text = re.sub(r"https?://\\S*", "", text.lower())
                text = re.sub(r"^\\s*rt\\s+@\\w+:", "", text)
                text = re.sub(r"[^a-z0-9\\s]", "", text)
                return " ".join(word for word in text.split() if word != "rt")
            """,
        ),
        mistake(
            "rt-kept",
            """A single "rt" is still in your text. It says that a tweet is a copy, not what it
            means.""",
            ' if word != "rt"',
            "",
        ),
        mistake(
            "rt-before-punctuation",
            """You delete the word rt while punctuation is still there: #rt and R.T. become rt
            afterwards. Delete the characters first, then the word.""",
            source="""
            def clean_tweet(text):
                text = re.sub(r"^\\s*rt\\s+@\\w+:", "", text.lower())
                text = re.sub(r"https?://\\S*", "", text)
                text = re.sub(r"(?<!\\S)rt(?!\\S)", "", text)
                return " ".join(re.sub(r"[^a-z0-9\\s]", "", text).split())
            """,
        ),
        mistake(
            "mentions-deleted",
            """You delete every @name. Only the leading "rt @name:" goes; elsewhere just the @ is
            deleted, and the name stays as a word.""",
            'r"https?://\\S*"',
            'r"https?://\\S*|@\\w+"',
        ),
        mistake(
            "hashtags-deleted",
            """You delete hashtags with their words. Only the # goes: #fail says a lot.""",
            'r"https?://\\S*"',
            'r"https?://\\S*|#\\w+"',
        ),
        mistake(
            "digits-deleted",
            """You delete the digits. They belong to what stays: a-z, 0-9 and white space.""",
            "[^a-z0-9\\s]",
            "[^a-z\\s]",
        ),
        mistake(
            "letters-of-all-alphabets",
            """You keep letters other than a to z, such as é, or the underscore: \\w is wider than a-z
            and 0-9.""",
            "[^a-z0-9\\s]",
            "[^\\w\\s]",
        ),
        mistake(
            "tabs-and-line-ends-deleted",
            """Tabs and line ends are white space, too. You delete them, and two words grow together.""",
            "[^a-z0-9\\s]",
            "[^a-z0-9 ]",
        ),
        mistake(
            "white-space-not-collapsed",
            """Words may be separated by one space only, and no space may stand at the ends: what
            you delete leaves gaps behind.""",
            source="""
            def clean_tweet(text):
                text = re.sub(r"^\\s*rt\\s+@\\w+:", "", text.lower())
                text = re.sub(r"https?://\\S*", "", text)
                text = re.sub(r"[^a-z0-9\\s]", "", text)
                return re.sub(r"\\brt\\b", "", text).strip()
            """,
        ),
        mistake(
            "entities-decoded",
            """You turn &amp; back into an ampersand, which is then deleted. HTML entities get no
            special treatment here: amp stays.""",
            "text.lower()",
            "__import__('html').unescape(text).lower()",
        ),
        mistake(
            "lower-case-too-late",
            """You turn capitals into small letters only after you have looked for the patterns, so
            `RT @name:` and `HTTP://` are not found. Turn everything into lower case first.""",
            source="""
            def clean_tweet(text):
                text = re.sub(r"^\\s*rt\\s+@\\w+:", "", text)
                text = re.sub(r"https?://\\S*", "", text)
                text = re.sub(r"[^a-z0-9\\s]", "", text.lower())
                return " ".join(word for word in text.split() if word != "rt")
            """,
        ),
        mistake(
            "up-to-the-last-colon",
            """Your pattern runs on to the last colon of the tweet. The mark ends with the colon
            right after the name.""",
            source="""
            def clean_tweet(text):
                text = re.sub(r"^\\s*rt\\s+@.*:", "", text.lower())
                text = re.sub(r"https?://\\S*", "", text)
                text = re.sub(r"[^a-z0-9\\s]", "", text)
                return " ".join(word for word in text.split() if word != "rt")
            """,
        ),
        mistake(
            "no-space-before-the-mark",
            """A retweet mark with white space before it stays in your result. White space before
            the mark is allowed.""",
            source="""
            def clean_tweet(text):
                text = re.sub(r"^rt\\s+@\\w+:", "", text.lower())
                text = re.sub(r"https?://\\S*", "", text)
                text = re.sub(r"[^a-z0-9\\s]", "", text)
                return " ".join(word for word in text.split() if word != "rt")
            """,
        ),
        mistake(
            "other-letters-kept",
            """You keep letters with accents or from other alphabets. Only a to z, 0 to 9 and white
            space stay.""",
            source="""
            def clean_tweet(text):
                text = re.sub(r"^\\s*rt\\s+@\\w+:", "", text.lower())
                text = re.sub(r"https?://\\S*", "", text)
                text = "".join(c for c in text if c.isalnum() or c.isspace())
                return " ".join(word for word in text.split() if word != "rt")
            """,
        ),
    ),
)

GROUPS = Check(
    "retweet_groups",
    points=1,
    draw=draw_groups,
    promises=("int",),
    needs=("clean_tweet",),
    misconceptions=(
        mistake(
            "raw-texts-compared",
            """You compare the raw texts. A retweet begins with RT @name and often ends in another
            link: only after clean_tweet are the two the same.""",
            "clean_tweet(text)",
            "text",
        ),
        mistake(
            "counted-from-one",
            """Your groups are numbered from 1. The first group that appears is number 0.""",
            "len(numbers)",
            "len(numbers) + 1",
        ),
        mistake(
            "numbered-by-the-alphabet",
            """Your groups are numbered in alphabetical order, as np.unique does it. What counts is
            which group appears first.""",
            source="""
            def retweet_groups(texts):
                clean = [clean_tweet(text) for text in texts]
                return [sorted(set(clean)).index(text) for text in clean]
            """,
        ),
        mistake(
            "index-of-the-first-copy",
            """You give each group the position of its first tweet. That tells groups apart, but the
            numbers should follow one another: 0, 1, 2, ...""",
            source="""
            def retweet_groups(texts):
                clean = [clean_tweet(text) for text in texts]
                return [clean.index(text) for text in clean]
            """,
        ),
        mistake(
            "group-0-taken-for-none",
            """Number 0 counts as False, so that the first group looks as if it had no number yet and
            is numbered anew. Ask whether the text is `in` the dict.""",
            source="""
            def retweet_groups(texts):
                numbers, groups, number = {}, [], 0
                for text in texts:
                    clean = clean_tweet(text)
                    if not numbers.get(clean):
                        numbers[clean] = number
                        number += 1
                    groups.append(numbers[clean])
                return groups
            """,
        ),
        mistake(
            "neighbours-only",
            """You compare each tweet with the one before it only. Copies are spread all over the
            file.""",
            source="""
            def retweet_groups(texts):
                clean = [clean_tweet(text) for text in texts]
                groups = [0]
                for before, text in zip(clean, clean[1:]):
                    groups.append(groups[-1] + (text != before))
                return groups
            """,
        ),
        mistake(
            "only-what-starts-with-rt",
            """You put only tweets that begin with RT into groups with others. The original has no
            RT, and it belongs with its retweets.""",
            source="""
            def retweet_groups(texts):
                numbers = {}
                keys = [clean_tweet(t) if t.startswith("RT") else i for i, t in enumerate(texts)]
                return [numbers.setdefault(key, len(numbers)) for key in keys]
            """,
        ),
        mistake(
            "order-of-words-ignored",
            """You compare the sets of words. Two tweets of the same words in another order are two
            different tweets: that is what this course is about.""",
            "clean_tweet(text)",
            '" ".join(sorted(clean_tweet(text).split()))',
        ),
    ),
)

VOCABULARY = Check(
    "build_vocabulary",
    points=2,
    draw=draw_vocabulary,
    needs=("clean_tweet",),
    misconceptions=(
        mistake(
            "numbered-from-zero",
            """Your words begin at index 0, but 0 is padding and 1 stands for unknown words. The
            most frequent word is 2.""",
            "start=2",
            "start=0",
        ),
        mistake(
            "numbered-from-one",
            """Your words begin at index 1, which stands for unknown words. The most frequent word
            is 2.""",
            "start=2",
            "start=1",
        ),
        mistake(
            "padding-and-unknown-not-counted",
            """You keep max_tokens words. Padding and unknown words take two of the indices, so the
            largest index is max_tokens - 1.""",
            "ranked[: max_tokens - 2]",
            "ranked[:max_tokens]",
        ),
        mistake(
            "one-index-too-many",
            """You keep max_tokens - 1 words, so one index too many: two are taken already, by
            padding and by unknown words.""",
            "max_tokens - 2",
            "max_tokens - 1",
        ),
        mistake(
            "ties-by-first-appearance",
            """Words that are equally frequent stand in the order of their first appearance, as
            Counter.most_common gives them. They should be in alphabetical order, or the same tweets
            in another order would give another vocabulary.""",
            "(-counts[word], word)",
            "-counts[word]",
        ),
        mistake(
            "ties-against-the-alphabet",
            """Words that are equally frequent come from z to a. Reversing the whole order also
            reverses the alphabet: sort by the negative count and the word.""",
            "key=lambda word: (-counts[word], word)",
            "key=lambda word: (counts[word], word), reverse=True",
        ),
        mistake(
            "rarest-first",
            """Your rarest words come first, and the frequent ones are cut off.""",
            "-counts[word]",
            "counts[word]",
        ),
        mistake(
            "alphabet-only",
            """Your words are in alphabetical order. Frequency comes first; the alphabet only
            decides between words that are equally frequent.""",
            "(-counts[word], word)",
            "word",
        ),
        mistake(
            "tweets-counted-not-words",
            """You count each word once per tweet. A word that is repeated in a tweet counts each
            time.""",
            "clean_tweet(text).split())",
            "set(clean_tweet(text).split()))",
        ),
        mistake(
            "raw-words-counted",
            """You count the words of the raw texts: debate, Debate and debate! are then three
            words. Clean each text first.""",
            "clean_tweet(text)",
            "text",
        ),
        mistake(
            "characters-counted",
            """You count single characters: going through a string gives its letters. Split the
            clean text into words.""",
            "clean_tweet(text).split()",
            "clean_tweet(text)",
        ),
        mistake(
            "padding-and-unknown-as-words",
            """Your dict has keys for padding and for unknown words. The indices 0 and 1 are kept
            free for them, but they are not words, and neither of them is a key.""",
            "return {",
            'return {"<pad>": 0, "<unknown>": 1} | {',
        ),
        mistake(
            "counts-as-indices",
            """Your values say how often each word occurs. They should be indices: 2 for the most
            frequent word, 3 for the next, and so on.""",
            source="""
            def build_vocabulary(texts, max_tokens):
                counts = Counter(word for text in texts for word in clean_tweet(text).split())
                ranked = sorted(counts, key=lambda word: (-counts[word], word))
                return {word: counts[word] for word in ranked[: max_tokens - 2]}
            """,
        ),
    ),
)

ENCODE = Check(
    "encode",
    points=2,
    draw=draw_encode,
    promises=("int",),
    needs=("clean_tweet",),
    misconceptions=(
        mistake(
            "padded-at-the-end",
            """Your zeros stand at the end. An LSTM would read the tweet first and then forget it
            over the zeros: pad at the front, so that the last word is read last.""",
            "row[length - len(indices) :]",
            "row[: len(indices)]",
        ),
        mistake(
            "cut-at-the-end",
            """Of a long tweet you keep the first words. Cut at the front, as pad_sequences does:
            the last words stay.""",
            "[-length:]",
            "[:length]",
        ),
        mistake(
            "padded-and-cut-at-the-end",
            """You pad and cut at the end. Both happen at the front here, so that the last words of
            the tweet are what the network reads last.""",
            "[-length:]",
            "[:length]",
            "row[length - len(indices) :]",
            "row[: len(indices)]",
        ),
        mistake(
            "unknown-words-left-out",
            """Words that are not in the vocabulary are missing from your rows. They become 1: that
            there was a word is worth knowing.""",
            "for word in clean_tweet(text).split()]",
            "for word in clean_tweet(text).split() if word in vocabulary]",
        ),
        mistake(
            "unknown-words-as-padding",
            """Unknown words are 0 in your rows. That is padding; an unknown word is 1.""",
            "vocabulary.get(word, 1)",
            "vocabulary.get(word, 0)",
        ),
        mistake(
            "raw-words-looked-up",
            """You look up the words of the raw text. Debate! is not in the vocabulary, but debate
            is: clean the text first, as build_vocabulary does.""",
            "clean_tweet(text)",
            "text",
        ),
        mistake(
            "read-backwards",
            """Your words are in reverse order. Order matters: the last word of the tweet is the
            last entry of its row.""",
            "[-length:]",
            "[-length:][::-1]",
        ),
        mistake(
            "characters-looked-up",
            """You look up single characters: going through a string gives its letters. Split the
            clean text into words.""",
            "clean_tweet(text).split()",
            "clean_tweet(text)",
        ),
        mistake(
            "floats",
            """Your array holds floats. An embedding looks up rows by their index: make it an array
            of ints.""",
            "dtype=int",
            "dtype=float",
        ),
    ),
)

CONFUSION = Check(
    "confusion",
    points=2,
    draw=draw_confusion,
    promises=("int",),
    misconceptions=(
        mistake(
            "transposed",
            """You have swapped rows and columns: a row belongs to a true class, and shows what it
            was taken for.""",
            "position[true], position[predicted]",
            "position[predicted], position[true]",
        ),
        mistake(
            "classes-sorted",
            """Your rows are in alphabetical order (or in order of size). They should be in the order
            of `classes`, as it is given.""",
            "enumerate(classes)}",
            "enumerate(sorted(classes))}",
        ),
        mistake(
            "order-of-appearance",
            """Your rows are in the order in which the labels appear. They should be in the order of
            `classes`, as it is given.""",
            source="""
            def confusion(y_true, y_pred, classes):
                found = list(dict.fromkeys([*list(y_true), *list(y_pred), *classes]))
                counts = np.zeros((len(classes), len(classes)), dtype=int)
                for true, predicted in zip(y_true, y_pred):
                    counts[found.index(true), found.index(predicted)] += 1
                return counts
            """,
        ),
        mistake(
            "only-classes-that-occur",
            """A class that no label has is missing from your matrix. It gets its row and its column
            of zeros all the same: that nothing was ever called Positive is a result, too.""",
            source="""
            def confusion(y_true, y_pred, classes):
                seen = {*list(y_true), *list(y_pred)}
                classes = [label for label in classes if label in seen]
                counts = np.zeros((len(classes), len(classes)), dtype=int)
                for true, predicted in zip(y_true, y_pred):
                    counts[classes.index(true), classes.index(predicted)] += 1
                return counts
            """,
        ),
        mistake(
            "seen-not-counted",
            """Your entries are 0 or 1: you note that something happened, not how often. Where i and
            j are whole arrays, adding to counts[i, j] also counts a repeated pair only once.""",
            "+= 1",
            "= 1",
        ),
        mistake(
            "shares-instead-of-counts",
            """These are shares of each row. Return the counts instead: they also show how rare a
            class is.""",
            "return counts",
            "return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)",
        ),
        mistake(
            "only-what-is-right",
            """Only the diagonal of your matrix is filled. The other entries are what the matrix is
            for: which class is taken for which.""",
            "counts[position[true], position[predicted]] += 1",
            "counts[position[true], position[true]] += true == predicted",
        ),
        mistake(
            "only-what-is-wrong",
            """The diagonal of your matrix is empty. What was recognised is counted, too, and it is
            counted on the diagonal.""",
            "counts[position[true], position[predicted]] += 1",
            "counts[position[true], position[predicted]] += true != predicted",
        ),
    ),
)


@dataclass(frozen=True)
class Bounds:
    """What predictions are worth: nothing up to `start`, everything from `full` and `accuracy` on."""

    accuracy: float
    full: float
    start: float


# Two epochs of a small LSTM on the course's corpus give an accuracy of 0.77 to 0.85 and a macro-F1 of
# 0.73 to 0.83 (16 or 32 units, batches of 32 or 64); on the real tweets about 0.64 and 0.50 to 0.53.
ON_THE_CORPUS = Bounds(accuracy=0.65, full=0.55, start=0.40)
ON_REAL_TWEETS = Bounds(accuracy=0.55, full=0.42, start=0.30)
BEST_READER = 0.9
"""Accuracy on real tweets that no reader has: the annotators agree with each other at about 0.79."""
LOOKED_UP = Outcome(
    0,
    "No reader of these tweets can be right this often: not even the people who labelled them agree so"
    " well with each other. The answers seem to have been looked up. If a network gave them, talk to"
    " your instructor.",
    "looked-up",
)


def macro_f1(labels: np.ndarray, given: np.ndarray) -> float:
    """As scikit-learn's `f1_score(average="macro", zero_division=0)`, and twenty times as fast.

    It is taken 61 times for each answer, while no other submission can be judged.
    """
    hits = np.array([np.sum((labels == name) & (given == name)) for name in LABELS])
    named = np.array([np.sum(labels == name) + np.sum(given == name) for name in LABELS])
    return float(np.mean(2 * hits / np.maximum(named, 1)))


def better_than_chance(labels: np.ndarray, given: np.ndarray) -> bool:
    """Whether the answers belong to their texts: they beat themselves, dealt out at random."""
    rng = np.random.default_rng(0)
    dealt = [macro_f1(labels, rng.permutation(given)) for _ in range(60)]
    return macro_f1(labels, given) > np.mean(dealt) + 3.5 * np.std(dealt)


def judge_predictions(cases: list[Case], answers: list[object]) -> Outcome:
    for case, answer in zip(cases, answers, strict=True):
        wrong = _not_names(answer, len(case["texts"]))
        if wrong is not None:
            return wrong
    labels = np.array([label for case in cases for label in case["labels"]])
    given = np.array([str(label) for answer in answers for label in answer])
    bounds = ON_REAL_TWEETS if held_out.real() else ON_THE_CORPUS
    if len(set(given)) == 1:
        return _known("one-class-for-all")
    if held_out.real() and accuracy_score(labels, given) > BEST_READER:
        return LOOKED_UP
    if not better_than_chance(labels, given):
        return _renamed(labels, given, bounds) or _known("no-better-than-chance")
    return _by_bounds(labels, given, bounds)


def _known(label: str) -> Outcome:
    hint = next(known.hint for known in PREDICT.misconceptions if known.label == label)
    return Outcome(0, hint, label)


def _not_names(answer: object, N: int) -> Outcome | None:
    """What is wrong with the form of an answer, which should be N names."""
    if isinstance(answer, str):
        return _known("one-answer-for-all")
    if isinstance(answer, np.ndarray) and answer.ndim == 1:
        answer = answer.tolist()
    if isinstance(answer, np.ndarray):
        return _known("probabilities-not-names")
    if not isinstance(answer, list | tuple):
        given = f"you return a value of type {type_name(answer)}"
        return Outcome(0, f"Return a list of {N} names; {given}.", lacks="a-list")
    if any(isinstance(name, list | tuple | np.ndarray) for name in answer):
        return _known("probabilities-not-names")
    if any(isinstance(name, int | float) for name in answer):
        return _known("numbers-not-names")
    strange = {type_name(name) for name in answer if not isinstance(name, str)}
    if strange:
        text = f"The names have to be strings; you return values of type {min(strange)}."
        return Outcome(0, text, lacks="strings")
    if any(name not in LABELS for name in answer):
        if all(name.strip().title() in LABELS for name in answer):
            return _known("names-written-differently")
        return Outcome(
            0,
            f"Only these names are known: {', '.join(LABELS)}. You return others.",
            lacks="known-names",
        )
    if len(answer) != N:
        return Outcome(
            0,
            f"For {N} texts you return {len(answer)} names: return one for each text.",
            lacks="a-name-for-each",
        )
    return None


def _renamed(labels: np.ndarray, given: np.ndarray, bounds: Bounds) -> Outcome | None:
    """Whether other names for the classes would make the answers good."""
    for names in itertools.permutations(LABELS):
        renamed = np.array([names[LABELS.index(name)] for name in given])
        if names != LABELS and macro_f1(labels, renamed) >= bounds.full:
            return _known("classes-in-another-order")
    return None


def _by_bounds(labels: np.ndarray, given: np.ndarray, bounds: Bounds) -> Outcome:
    accuracy, f1 = accuracy_score(labels, given), macro_f1(labels, given)
    share = np.clip((f1 - bounds.start) / (bounds.full - bounds.start), 0, 1)
    share = round(share * min(1.0, accuracy / bounds.accuracy), 2)
    if share == 1:
        return Outcome(1)
    if share == 0 and (renamed := _renamed(labels, given, bounds)):
        return renamed
    recalls = confusion_matrix(labels, given, labels=LABELS, normalize="true").diagonal()
    weakest = int(recalls.argmin())
    return Outcome(
        share,
        f"On {len(labels)} held-out tweets your accuracy is {accuracy:.2f} and your macro-F1"
        f" {f1:.2f}; full marks need {bounds.accuracy:.2f} and {bounds.full:.2f}. Of the"
        f" {LABELS[weakest]} tweets you recognise {100 * recalls[weakest]:.0f} %. Does the loss on"
        " tweets that are left out still fall when you stop? Train longer, or let rare classes"
        " count for more (class_weight). If your network does well in your notebook but not here,"
        " the texts are read differently: new texts need the training vocabulary, the same length and"
        " the same padding.",
        lacks="quality",
    )


PREDICT = Check(
    "predict_sentiment",
    points=5,
    draw=draw_held_out,
    judge=judge_predictions,
    withheld=("labels",),
    needs=("clean_tweet", "build_vocabulary", "encode"),
    seconds=150,
    misconceptions=(
        mistake(
            "one-class-for-all",
            """Your answer is the same class for every tweet. Where one class is frequent that is
            right for most of them, and yet none has been read: macro-F1 counts all three classes
            alike. Has the network been trained long enough to get beyond such a beginning?""",
            source="""
            def predict_sentiment(texts):
                return ["Negative"] * len(texts)
            """,
        ),
        mistake(
            "numbers-not-names",
            """You return numbers. Return the names instead, "Negative", "Neutral" or "Positive":
            nobody but you knows which is class 0.""",
            "tweets.LABELS[k] for k",
            "int(k) for k",
        ),
        mistake(
            "probabilities-not-names",
            """You return probabilities, several numbers for each tweet. Choose the class with the
            largest one and return its name.""",
            "[tweets.LABELS[k] for k in training.predict(network, X).argmax(axis=1)]",
            "training.predict(network, X)",
        ),
        mistake(
            "one-answer-for-all",
            """You return one string for the whole list. Each text gets its own name: a list, in the
            order of the texts.""",
            source="""
            def predict_sentiment(texts):
                return "Negative"
            """,
        ),
        mistake(
            "names-written-differently",
            """The names are spelt "Negative", "Neutral" and "Positive", with a capital. A program
            that compares yours with the labels finds none.""",
            "tweets.LABELS[k] for k",
            "tweets.LABELS[k].lower() for k",
        ),
        mistake(
            "classes-in-another-order",
            """Your network reads well, but its classes have the wrong names: if the names are
            changed round, your answers are good. Use one order of the classes when you make the
            targets and when you name the answers.""",
            "tweets.LABELS[k]",
            "tweets.LABELS[(k + 1) % 3]",
        ),
        mistake(
            "no-better-than-chance",
            """Your answers are as often right as the same answers dealt out at random: they do not
            belong to their texts. Is the order of the texts kept? Is the network that answers the
            one that you trained? Are new texts encoded with the training vocabulary?""",
            "X = encode(texts,",
            "X = encode(sorted(texts, key=clean_tweet),",
        ),
    ),
)

# ---------------------------------------------------------------- the open task

EVENINGS, KNOWN, NEW = 100, (180, 60, 60), 400


def draw_evenings(rng: np.random.Generator) -> list[Case]:
    """A network's answers on evenings with other shares, which only the judge knows."""
    cases = []
    usual = np.array(KNOWN) / sum(KNOWN)
    for _ in range(EVENINGS):
        apart, sure = rng.uniform(1.2, 2.2), rng.uniform(1, 2)

        def read(classes: np.ndarray, apart=apart, sure=sure) -> np.ndarray:
            seen = apart * np.eye(3)[classes] + rng.normal(size=(len(classes), 3))
            return softmax(sure * (apart * seen + np.log(usual)), axis=1)

        labels = rng.permutation(np.repeat(range(3), KNOWN))
        classes = rng.choice(3, size=NEW, p=rng.dirichlet([1, 1, 1]))
        truth = np.bincount(classes, minlength=3) / NEW
        cases.append(
            {"known": read(labels), "labels": labels, "new": read(classes), "truth": truth}
        )
    return cases


def counted(probabilities: np.ndarray) -> np.ndarray:
    """The shares of the answers, each that of the largest probability."""
    return np.bincount(probabilities.argmax(axis=1), minlength=3) / len(probabilities)


SHARES_BODY = """    usual = [known[labels == k].mean(axis=0) for k in range(3)]
    shares = np.linalg.solve(np.transpose(usual), new.mean(axis=0)).clip(0)
    return shares / shares.sum()
"""
SHARES_MISTAKES = (
    mistake(
        "answers-counted",
        """You count the network's answers, and that is the method to beat. Where the network takes
        one class for another, tweets are counted in the wrong class, and the more the shares have
        changed, the more of them there are.""",
        SHARES_BODY,
        "    return np.bincount(new.argmax(axis=1), minlength=3) / len(new)\n",
    ),
    mistake(
        "probabilities-averaged",
        """You average the probabilities. The network learnt them where the shares were different,
        so they lean towards those shares, and so does their average.""",
        SHARES_BODY,
        "    return new.mean(axis=0)\n",
    ),
    mistake(
        "shares-of-the-known",
        """You return the shares of the tweets whose labels are known. Those of the new tweets are
        different.""",
        SHARES_BODY,
        "    return np.bincount(labels, minlength=3) / len(labels)\n",
    ),
    mistake(
        "named-taken-for-true",
        """You take from the known tweets how many of those that were *called* Positive are Positive.
        That depends on the old shares. What stays as it was is how many of those that *are*
        Positive are called so: begin with the rows of the confusion matrix, not with its
        columns.""",
        source="""
        def class_shares(known, labels, new):
            table = confusion(labels, known.argmax(axis=1), range(3))
            named = np.bincount(new.argmax(axis=1), minlength=3) / len(new)
            return table / np.maximum(table.sum(axis=0), 1) @ named
        """,
    ),
    mistake(
        "transposed",
        """Your equations have rows and columns the wrong way round. The share that is called Positive
        is a sum over the true classes, each with its own share.""",
        "np.transpose(usual)",
        "np.array(usual)",
    ),
)


def solved(rows: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """The solution of linear equations, made shares."""
    found = np.linalg.lstsq(rows, shares)[0].clip(0)
    return found / max(found.sum(), 1e-9)


def averages(known: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Row k: the mean of the probabilities of those whose label is k."""
    return np.array([known[labels == k].mean(axis=0) for k in range(3)])


def table(known: np.ndarray, labels: np.ndarray, over: str) -> np.ndarray:
    """The confusion matrix as shares of its rows ("true") or columns ("pred")."""
    return confusion_matrix(labels, known.argmax(axis=1), labels=range(3), normalize=over)


MISTAKEN = (
    ("answers-counted", lambda known, labels, new: counted(new)),
    ("probabilities-averaged", lambda known, labels, new: new.mean(axis=0)),
    ("shares-of-the-known", lambda known, labels, new: np.bincount(labels) / len(labels)),
    (
        "named-taken-for-true",
        lambda known, labels, new: table(known, labels, "pred") @ counted(new),
    ),
    ("transposed", lambda known, labels, new: solved(averages(known, labels), new.mean(axis=0))),
    ("transposed", lambda known, labels, new: solved(table(known, labels, "true"), counted(new))),
)
"""What each mistake makes of a case, in the ways in which it is usually made."""


def judge_shares(cases: list[Case], answers: list[object]) -> Outcome:
    """By how much the shares are off, beside those of answers that are counted."""
    given = []
    for answer in answers:
        try:
            shares = np.asarray(answer, dtype=float)
        except (TypeError, ValueError):
            shares = np.array([])
        if shares.shape != (3,) or not np.isfinite(shares).all():
            return Outcome(0, "Return three shares, those of the classes 0, 1 and 2.")
        if abs(shares.sum() - 1) > 1e-6 or shares.min() < -1e-9:
            return Outcome(
                0, "Shares add up to 1, and none is below 0. Yours break one of these rules."
            )
        given.append(shares)
    truth = np.array([case["truth"] for case in cases])
    naive = np.array([counted(case["new"]) for case in cases])
    ratio = float(np.abs(given - truth).sum() / np.abs(naive - truth).sum())
    if ratio <= 0.55:
        return Outcome(1)
    hints = {known.label: known.hint for known in SHARES_MISTAKES}
    for label, way in MISTAKEN:
        mistaken = [way(case["known"], case["labels"], case["new"]) for case in cases]
        if np.allclose(given, mistaken, atol=1e-6):
            return Outcome(0, hints[label], label)
    if ratio <= 0.95:
        return Outcome(
            0.5,
            f"Your shares are off by {ratio:.2f} times as much as those of the counted answers,"
            " better than the number to beat. For full marks they may be off by at most 0.55 times as"
            " much.",
        )
    return Outcome(
        0,
        f"Your shares are off by {ratio:.2f} times as much as those of the counted answers; they"
        " may be off by at most 0.95 times as much.",
    )


SHARES = Check(
    "class_shares",
    points=2,
    draw=draw_evenings,
    judge=judge_shares,
    withheld=("truth",),
    needs=("confusion",),
    misconceptions=SHARES_MISTAKES,
)

# ---------------------------------------------------------------- a network in a file

OBSERVE = '''
MOST_BYTES = 4 << 20


def _network(weights, length):
    """A small network that has these weights."""
    import keras

    (vocabulary, width), units = weights[0].shape, len(weights[2])
    model = keras.Sequential(
        [
            keras.Input((length,)),
            keras.layers.Embedding(vocabulary, width, dtype="float32"),
            keras.layers.LSTM(units, dtype="float32"),
            keras.layers.Dense(3, activation="softmax", dtype="float32"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy")
    model.set_weights(weights)
    return model


def _observed(save_and_reload, weights, tokens):
    """In the student's process: what comes of saving and reloading in a folder of its own."""
    import os
    import tempfile

    import keras
    import numpy

    model = _network(weights, tokens.shape[1])
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, f"network {len(weights[2])}.keras")
        loaded = save_and_reload(model, path)
        answer = {"type": type(loaded).__name__, "same": loaded is model, "file": None}
        answer["files"] = len(os.listdir(folder))
        if os.path.isfile(path):
            with open(path, "rb") as file:
                answer["file"] = numpy.frombuffer(file.read(MOST_BYTES), "uint8")
        if isinstance(loaded, keras.Model):
            answer["after"] = numpy.asarray(loaded(tokens, training=False))
    return answer


def _examined(given, weights, tokens):
    """Apart: what the file that was written predicts, and what it should."""
    import os
    import tempfile

    import keras
    import numpy

    answer = given | {"file": given["file"] is not None, "saved": None}
    answer["before"] = numpy.asarray(_network(weights, tokens.shape[1])(tokens, training=False))
    if answer["file"]:
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "network.keras")
            given["file"].tofile(path)
            try:
                model = keras.saving.load_model(path, compile=False, safe_mode=True)
                answer["saved"] = numpy.asarray(model(tokens, training=False))
            except Exception:  # it holds no network, or one with parts that only the notebook knows
                pass
    return answer
'''


def reload_problem(case: Case, answer: object) -> Outcome | str | None:
    """The label of what is wrong with a model that was saved and reloaded, if anything is."""
    if not isinstance(answer, dict):
        return Outcome(0, "Your file could not be examined: loading it takes far too long.")
    if answer["type"] == "NoneType":
        return "nothing-returned"
    if answer["same"]:
        return "the-same-object" if answer["file"] else "not-saved"
    if not answer["file"]:
        return "another-file" if answer["files"] else "no-file-left"
    if answer["saved"] is None:
        return "no-network-in-the-file"
    if not _agree(answer["before"], answer["saved"]):
        return "another-network-in-the-file"
    if "after" not in answer:
        return "not-a-model"
    return None if _agree(answer["before"], answer["after"]) else "weights-lost"


def _agree(one: np.ndarray, other: object) -> bool:
    same_shape = isinstance(other, np.ndarray) and one.shape == other.shape
    return same_shape and np.allclose(one, other, rtol=1e-5, atol=1e-6)


RELOAD_MISTAKES = (
    mistake(
        "the-same-object",
        """You give back the model that you were given. Return a new one, read from the file: only
        that proves that the file is good.""",
        "return keras.models.load_model(path)",
        "return model",
    ),
    mistake(
        "nothing-returned",
        """Your function returns nothing. Return the model that you have loaded.""",
        "return keras.models.load_model(path)",
        "keras.models.load_model(path)",
    ),
    mistake(
        "no-file-left",
        """There is a copy of the model, but no file at `path`: it has to be there afterwards,
        for the day when this process has ended.""",
        source="""
        def save_and_reload(model, path):
            copy = keras.models.clone_model(model)
            copy.set_weights(model.get_weights())
            return copy
        """,
    ),
    mistake(
        "not-saved",
        """There is nothing at `path`, and what you return is the model that you were given. Save
        it, then load it.""",
        source="""
        def save_and_reload(model, path):
            return model
        """,
    ),
    mistake(
        "another-file",
        """You save under another name than `path`. It ends in .keras already: use it as it
        is.""",
        source="""
        def save_and_reload(model, path):
            model.save(path + ".keras")
            return keras.models.load_model(path + ".keras")
        """,
    ),
    mistake(
        "no-network-in-the-file",
        """There is a file at `path`, but Keras can load no network from it. `model.save(path)`
        writes layers and weights, so that a program that knows neither can go on from there.""",
        source="""
        def save_and_reload(model, path):
            with open(path, "w") as file:
                file.write(model.to_json())
            copy = keras.models.clone_model(model)
            copy.set_weights(model.get_weights())
            return copy
        """,
    ),
    mistake(
        "another-network-in-the-file",
        """The network in your file does not predict what the model that you were given predicts,
        and it is the file that counts. Save the trained model itself.""",
        source="""
        def save_and_reload(model, path):
            copy = keras.models.clone_model(model)
            copy.save(path)
            copy.set_weights(model.get_weights())
            return copy
        """,
    ),
    mistake(
        "weights-lost",
        """Your new model predicts something different: it has the layers but not the trained
        weights.""",
        "return keras.models.load_model(path)",
        "return keras.models.clone_model(keras.models.load_model(path))",
    ),
    mistake(
        "not-a-model",
        """What you return is not a Keras model. Load one from the file with Keras.""",
        "return keras.models.load_model(path)",
        "return path",
    ),
)

RELOAD = Check(
    "save_and_reload",
    points=1,
    draw=draw_models,
    judge=case_by_case(reload_problem, RELOAD_MISTAKES),
    setup=OBSERVE,
    call="_observed(save_and_reload, weights, tokens)",
    apart="_examined(given, weights, tokens)",
    seconds=60,
    misconceptions=RELOAD_MISTAKES,
)

ASSIGNMENT = Assignment(
    "tweets",
    reference,
    (CLEAN, GROUPS, VOCABULARY, ENCODE, CONFUSION, PREDICT, SHARES, RELOAD),
    profile="keras",
    minutes=135,
    files=held_out.files(),
)
