"""Write the corpus that ships with the course: `python -m course.data.generate_corpus`.

The texts come from the grammar of `grammar.py`; here they are dressed up as tweets and become rows.
One seed gives one file, byte for byte. The corpus is licensed CC BY 4.0.

What the real file has is built in: about 61 % Negative, 23 % Neutral and 16 % Positive; a quarter
of the rows repeat another row, in clusters of heavy-tailed size; some remarks divide the
annotators, and some labels are simply wrong. What the real file lacks is a part in which only the
order of the words tells the label: mirrored pairs, "A but then B" and "B but then A", without
annotators' noise.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import string
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from course.data import lexicon
from course.data.grammar import POLARITIES, TOPICS, Draw, Grammar
from course.tweets import COLUMNS, TURN_MARK, near_duplicate_groups

FILE = Path(__file__).with_name("tweets.csv")
SEED = 2015
ROWS = 5500
TURN_SHARE = 0.15
MAX_LENGTH = 140
"""Characters of a tweet at that time; longer retweets are cut off with an ellipsis."""

KINDS = {"Negative": 0.617, "Neutral": 0.210, "Positive": 0.093, "ambiguous": 0.080}
"""Shares of the unmarked texts by what they say, before annotators add their noise."""
AMBIGUOUS_LABELS = {"Negative": 0.58, "Neutral": 0.36, "Positive": 0.06}
NOISE = 0.09
"""Share of the unmarked rows whose label is that of another sentiment."""
MISTAKEN_FOR = {
    "Negative": {"Neutral": 0.85, "Positive": 0.15},
    "Neutral": {"Negative": 0.80, "Positive": 0.20},
    "Positive": {"Negative": 0.50, "Neutral": 0.50},
}
_LARGEST = 0.02  # the share of a kind that one cluster of retweets may have
_SUBJECT_OF = {topic: s for s, topics in lexicon.TOPICS_BY_SUBJECT.items() for topic in topics}
_END_OF_DEBATE = datetime(2015, 8, 6, 23, 0)


@dataclass(frozen=True)
class Tweet:
    """A tweet before it becomes a row.

    Attributes
    ----------
    text : str
        What the tweet says, word for word.
    kind : str
        What it says: a sentiment, or "ambiguous".
    label : str
        The sentiment that the annotators give it.
    agreed : bool
        Whether they agree on it.
    turn : bool
        Whether its sentiment turns in the middle.
    retweets : int
        How often it was retweeted.
    """

    text: str
    kind: str
    label: str = ""
    agreed: bool = True
    turn: bool = False
    retweets: int = 0


class Writer:
    """Dresses sentences up as tweets."""

    def __init__(self, draw: Draw):
        self.draw = draw
        self.grammar = Grammar(draw)

    def tweets(self, rows: int) -> list[Tweet]:
        """Tweets of all kinds, marked pairs and retweets among them, in random order.

        Parameters
        ----------
        rows : int
            How many.

        Returns
        -------
        list of Tweet
            The tweets, with their labels.
        """
        pairs = round(rows * TURN_SHARE / 2)
        marked = [tweet for _ in range(pairs) for tweet in self._turn_pair()]
        others: list[Tweet] = []
        written = dict.fromkeys(KINDS, 0)
        while len(others) < rows - len(marked):
            kind = max(KINDS, key=lambda kind: KINDS[kind] * len(others) - written[kind])
            room = rows - len(marked) - len(others)
            cluster = self._cluster(kind, most=min(room, int(_LARGEST * KINDS[kind] * rows)))
            written[kind] += len(cluster)
            others.extend(cluster)
        return self.draw.shuffled(marked + [self._annotate(tweet) for tweet in others])

    def _turn_pair(self) -> list[Tweet]:
        """The same words in two orders, dressed up alike, and neither cut off.

        They are near-duplicates, so a split by groups never parts them.
        """
        draw = self.draw
        while True:
            start = f"RT @{self._handle()}: " if draw.chance(0.35) else ""
            opening = f"{draw.pick(lexicon.TURN_OPENINGS)}, " if draw.chance(0.25) else ""
            aside = f", {self.grammar.aside()}" if draw.chance(0.15) else ""
            end = f"{self._stop()} {self._hashtags()}"
            texts = [
                start + _sentence_case(f"{opening}{text}{aside}") + end
                for text in self.grammar.turn()
            ]
            if draw.chance(0.1):
                texts = [text.replace(" and ", " &amp; ") for text in texts]
            if max(map(len, texts)) <= MAX_LENGTH and not near_duplicate_groups(texts).any():
                break
        retweets = draw.between(0, 40)
        return [
            Tweet(text, label, label, turn=True, retweets=retweets)
            for text, label in zip(texts, ("Negative", "Positive"), strict=True)
        ]

    def _cluster(self, kind: str, most: int) -> list[Tweet]:
        """One text and, for a few texts, its retweets: many have one, a few have dozens."""
        draw = self.draw
        text = self._text(kind)
        if not draw.chance(0.16):
            start = f"RT @{self._handle()}: " if draw.chance(0.25) else ""
            return [Tweet(_cut(start + text), kind, retweets=draw.between(0, 30))]
        copies = min(most, int((1 / (1 - draw.uniform())) ** 0.85) + 1)
        author, retweets = self._handle(), copies + draw.between(0, 400)
        tweet = Tweet(_cut(f"RT @{author}: {text}"), kind, retweets=retweets)
        return [replace(tweet, text=self._copy(text, author)) for _ in range(copies)]

    def _copy(self, text: str, author: str) -> str:
        form = self.draw.weighted({"plain": 0.82, "original": 0.06, "comment": 0.12})
        if form == "original":
            return _cut(text)
        comment = self.draw.pick(_COMMENTS) if form == "comment" else ""
        return _cut(f"{comment}RT @{author}: {text}")

    def _text(self, kind: str) -> str:
        while True:
            text = self._case(self._body(kind))
            if self.draw.chance(0.07):
                text = f"@{self._handle()} {text}"
            text = f"{text} {self._hashtags(kind)}"
            if self.draw.chance(0.45 if kind == "Neutral" else 0.15):
                text += f" {self._link()}"
            text = text.replace(" and ", " &amp; ") if self.draw.chance(0.15) else text
            text = text.replace("'", "’") if self.draw.chance(0.10) else text
            if len(text) <= MAX_LENGTH:
                return text

    def _body(self, kind: str) -> str:
        """Opening, sentence, aside and tail, each with its punctuation."""
        draw, grammar = self.draw, self.grammar
        parts = [grammar.sentence(kind)]
        if draw.chance(_OPENING.get(kind, 0.3)):
            bank = _OPENINGS.get(kind, lexicon.NEUTRAL_OPENINGS)
            parts.insert(0, draw.pick(bank) + draw.pick((".", "!", ",", ":", "...")))
        if draw.chance(0.40):
            parts[-1] += f", {grammar.aside()}"
        if kind in POLARITIES and draw.chance(_TAIL[kind]):
            parts[-1] += draw.pick((".", "!", ",", " -", "..."))
            parts.append(grammar.tail(kind))
        text = re.sub(r"\?([,.])", r"?", " ".join(parts))
        return text if text.endswith("?") else text + self._stop(kind)

    def _case(self, text: str) -> str:
        if self.draw.chance(0.15):
            return text.lower()
        words = _sentence_case(text).split(" ")
        if self.draw.chance(0.08):
            loud = self.draw.between(0, len(words) - 1)
            words[loud] = words[loud].upper()
        return " ".join(words)

    def _stop(self, kind: str = "") -> str:
        if kind in ("Neutral", "ambiguous"):
            return self.draw.pick((".", "", ".", " -", "!"), flatness=2)
        return self.draw.pick((".", "!", "", "!!", "...", "!!!", "."), flatness=2)

    def _hashtags(self, kind: str = "") -> str:
        count = int(self.draw.weighted({"1": 0.7, "2": 0.23, "3": 0.07}))
        tags = ["#GOPDebate" if self.draw.chance(0.75) else self.draw.pick(lexicon.HASHTAGS)]
        while len(tags) < count:
            tag = self.draw.pick(lexicon.HASHTAGS)
            tags += [tag] if tag not in tags else []
        if kind in _FEELINGS and self.draw.chance(0.35):
            tags.append(self.draw.pick(_FEELINGS[kind]))
        return " ".join(tags)

    def _handle(self) -> str:
        draw = self.draw
        first, second = draw.pick(lexicon.HANDLE_FIRST, 60), draw.pick(lexicon.HANDLE_SECOND, 60)
        return f"{first}_{second}"[:12] + f"{draw.between(10, 999)}"

    def _link(self) -> str:
        letters = string.ascii_letters + string.digits
        return "http://t.co/" + "".join(letters[self.draw.between(0, 61)] for _ in range(10))

    def _annotate(self, tweet: Tweet) -> Tweet:
        draw = self.draw
        if tweet.kind == "ambiguous":
            return replace(tweet, label=draw.weighted(AMBIGUOUS_LABELS), agreed=False)
        if draw.chance(NOISE):
            return replace(tweet, label=draw.weighted(MISTAKEN_FOR[tweet.kind]), agreed=False)
        return replace(tweet, label=tweet.kind)


_COMMENTS = ("So true. ", "This! ", "Ha. ", "Exactly ", "What? ", "Hm. ", "Same here. ", "LOL ")
_OPENING = {"Positive": 0.55, "Negative": 0.40}  # joy is loud
_TAIL = {"Positive": 0.95, "Negative": 0.85}
_FEELINGS = {"Positive": lexicon.POSITIVE_HASHTAGS, "Negative": lexicon.NEGATIVE_HASHTAGS}
_OPENINGS = {"Positive": lexicon.POSITIVE_OPENINGS, "Negative": lexicon.NEGATIVE_OPENINGS}


def _sentence_case(text: str) -> str:
    return re.sub(r"(^|[.!?] )([a-z])", lambda match: match.group().upper(), text)


def _cut(text: str) -> str:
    return text if len(text) <= MAX_LENGTH else text[: MAX_LENGTH - 1] + "…"


def rows(count: int = ROWS, seed: int = SEED) -> list[dict[str, str]]:
    """Rows of the corpus with Kaggle's columns, all values as they are written in the file.

    Parameters
    ----------
    count : int
        How many rows.
    seed : int
        The same seed gives the same rows.

    Returns
    -------
    list of dicts from column to value
        The rows, in the order of the file.
    """
    draw = Draw(seed)
    tweets = Writer(draw).tweets(count)
    return [_row(draw, number, tweet) for number, tweet in enumerate(tweets, start=1)]


def _row(draw: Draw, number: int, tweet: Tweet) -> dict[str, str]:
    created = _END_OF_DEBATE - timedelta(seconds=2.1 * number)
    subject = _subject(tweet.text)
    values = {
        "id": number,
        "candidate": _candidate(tweet.text),
        "candidate_confidence": _confidence(draw, agreed=True),
        "relevant_yn": "yes",
        "relevant_yn_confidence": _confidence(draw, agreed=True),
        "sentiment": tweet.label,
        "sentiment_confidence": _confidence(draw, tweet.agreed),
        "subject_matter": subject,
        "subject_matter_confidence": _confidence(draw, subject != "None of the above"),
        "name": f"{draw.pick(lexicon.HANDLE_FIRST, 60)}{draw.between(1, 9999)}",
        "retweet_count": tweet.retweets,
        "subject_matter_gold": TURN_MARK if tweet.turn else "",
        "text": tweet.text,
        "tweet_created": f"{created:%Y-%m-%d %H:%M:%S} -0700",
        "tweet_id": 629_400_000_000_000_000 + 8_000_003 * (10_000_000 - 1_000 * number),
        "tweet_location": draw.pick(lexicon.CITIES) if draw.chance(0.2) else "",
        "user_timezone": draw.pick(lexicon.TIME_ZONES) if draw.chance(0.3) else "",
    }
    return {column: str(values.get(column, "")) for column in COLUMNS}


def _confidence(draw: Draw, agreed: bool) -> str:
    """The annotators' agreement, weighted by their trust: 1, about two thirds or about a third."""
    shares = {"1": 0.6, "2/3": 0.38, "1/3": 0.02} if agreed else {"1": 0.1, "2/3": 0.7, "1/3": 0.2}
    share = draw.weighted(shares)
    if share == "1":
        return "1.0"
    middle = 0.667 if share == "2/3" else 0.345
    return f"{middle + 0.045 * (draw.uniform() + draw.uniform() - 1):.4f}"


def _subject(text: str) -> str:
    if re.search(r"moderators|hosts|anchors|channel nine|interviewers", text, re.IGNORECASE):
        return "FOX News or Moderators"
    found = re.search(_TOPIC_PATTERN, text)
    return _SUBJECT_OF[found.group()] if found else "None of the above"


_TOPIC_PATTERN = "|".join(rf"\b{re.escape(topic)}\b" for topic in sorted(TOPICS, key=len)[::-1])


def _candidate(text: str) -> str:
    for name in lexicon.CANDIDATES:
        if name.split()[-1].lower() in text.lower():
            return name
    return "No candidate mentioned"


def as_csv(table: list[dict[str, str]]) -> str:
    """The text of the corpus's file.

    Parameters
    ----------
    table : list of dicts from column to value
        The rows, as from :func:`rows`.

    Returns
    -------
    str
        A header and one record for each row.
    """
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    return buffer.getvalue()


def main() -> None:
    """Write the file that the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--output", type=Path, default=FILE)
    arguments = parser.parse_args()
    text = as_csv(rows(arguments.rows, arguments.seed))
    arguments.output.write_bytes(text.encode("utf-8"))


if __name__ == "__main__":
    main()
