"""Sentences of a given sentiment, drawn from the banks of `lexicon.py`."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import TypeVar

from course.data import lexicon

T = TypeVar("T")

TOPICS = tuple(topic for bank in lexicon.TOPICS_BY_SUBJECT.values() for topic in bank)
POLARITIES = ("Positive", "Negative")

_BANKS = {
    "activity": lexicon.ACTIVITIES,
    "animal": lexicon.ANIMALS,
    "city": lexicon.CITIES,
    "clock": lexicon.CLOCKS,
    "company": lexicon.COMPANY,
    "drink": lexicon.DRINKS,
    "few": lexicon.FEW,
    "food": lexicon.FOODS,
    "neg": lexicon.NEGATIVE_ADJECTIVES,
    "noun": lexicon.ANSWER_NOUNS,
    "object": lexicon.OBJECTS,
    "pastime": lexicon.PASTIMES,
    "place": lexicon.PLACES,
    "pos": lexicon.POSITIVE_ADJECTIVES,
    "relative": lexicon.RELATIVES,
    "season": lexicon.SEASONS,
    "so": lexicon.INTENSIFIERS,
    "state": lexicon.STATES,
    "topic": TOPICS,
    "weekday": lexicon.WEEKDAYS,
}
_PREDICATES = {
    ("person", "Positive"): lexicon.POSITIVE_PERSON,
    ("person", "Negative"): lexicon.NEGATIVE_PERSON,
    ("person", "Neutral"): lexicon.NEUTRAL_PERSON,
    ("show", "Positive"): lexicon.POSITIVE_SHOW,
    ("show", "Negative"): lexicon.NEGATIVE_SHOW,
    ("moderators", "Positive"): lexicon.POSITIVE_MODERATORS,
    ("moderators", "Negative"): lexicon.NEGATIVE_MODERATORS,
    ("moderators", "Neutral"): lexicon.NEUTRAL_MODERATORS,
}
_SENTENCES = {
    "Positive": lexicon.POSITIVE_SENTENCES,
    "Negative": lexicon.NEGATIVE_SENTENCES,
    "Neutral": lexicon.NEUTRAL_SENTENCES,
    "ambiguous": lexicon.AMBIGUOUS,
}
_COLOUR = 8  # flatness of the banks that say nothing about the sentiment
_TAILS = {"Positive": lexicon.POSITIVE_TAILS, "Negative": lexicon.NEGATIVE_TAILS}


class Draw:
    """Random choices that depend on `Random.random` alone, whose sequence Python guarantees."""

    def __init__(self, seed: int):
        self.uniform = random.Random(seed).random

    def chance(self, probability: float) -> bool:
        """Whether something of this probability happens."""
        return self.uniform() < probability

    def between(self, low: int, high: int) -> int:
        """An integer of low..high, both included."""
        return low + int(self.uniform() * (high - low + 1))

    def weighted(self, shares: dict[str, float]) -> str:
        """A key, with the probability of its share."""
        keys = list(shares)
        left = self.uniform() * sum(shares.values())
        for key in keys[:-1]:
            left -= shares[key]
            if left < 0:
                return key
        return keys[-1]

    def pick(self, bank: Sequence[str], flatness: int = 1) -> str:
        """An entry, with a probability proportional to 1 / (rank + flatness), as words have."""
        left = self.uniform() * sum(1 / (rank + flatness) for rank in range(1, len(bank) + 1))
        for rank, entry in enumerate(bank[:-1], start=1):
            left -= 1 / (rank + flatness)
            if left < 0:
                return entry
        return bank[-1]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in random order."""
        keyed = sorted((self.uniform(), position) for position in range(len(items)))
        return [items[position] for _, position in keyed]


class Grammar:
    """Sentences without a capital or a full stop, each from one `Draw`."""

    def __init__(self, draw: Draw):
        self.draw = draw

    def sentence(self, kind: str) -> str:
        """A sentence of the kind "Negative", "Neutral", "Positive" or "ambiguous"."""
        draw = self.draw
        if kind == "Negative" and draw.chance(0.06):
            return self.fill(draw.pick(lexicon.SARCASM))
        if kind == "ambiguous" or draw.chance(0.40):
            return self.fill(draw.pick(_SENTENCES[kind]))
        if kind in POLARITIES and draw.chance(0.35):
            return self._two_clauses(kind)
        return self.clause(kind)

    def aside(self) -> str:
        """A remark about something else."""
        return self.fill(self.draw.pick(lexicon.ASIDES, _COLOUR))

    def tail(self, polarity: str) -> str:
        """A few words that express the sentiment again."""
        return self.fill(self.draw.pick(_TAILS[polarity]))

    def turn(self) -> tuple[str, str]:
        """Two sentences of the same words, (Negative, Positive).

        The second clause decides: what is good until it turns bad is bad.
        """
        subject, good, bad = self._opposites()
        joint = self.draw.pick(lexicon.TURNS)
        return (
            f"{subject} {good} {joint} {bad}".strip(),
            f"{subject} {bad} {joint} {good}".strip(),
        )

    def _opposites(self) -> tuple[str, str, str]:
        """(common subject or nothing, a positive and a negative clause or predicate)."""
        draw = self.draw
        form = draw.weighted({"one subject": 0.5, "two subjects": 0.3, "nouns": 0.2})
        if form == "one subject":
            kind = draw.weighted({"person": 0.75, "show": 0.15, "moderators": 0.10})
            good, bad = (self.fill(draw.pick(_PREDICATES[kind, p])) for p in POLARITIES)
            return self.subject(kind), good, bad
        if form == "two subjects":
            good, bad = (self.clause(p) for p in POLARITIES)
        else:
            nouns = "a {%s} {noun} on {topic} from {person}"
            good, bad = (self.fill(nouns % slot) for slot in ("pos", "neg"))
        return "", good, bad

    def _two_clauses(self, polarity: str) -> str:
        """Two clauses of one sentiment, or one beside a neutral clause."""
        draw = self.draw
        if draw.chance(0.5):
            return f"{self.clause(polarity)} {draw.pick(lexicon.CONTINUATIONS)} {self.clause(polarity)}"
        first, second = draw.shuffled([self.clause(polarity), self.clause("Neutral")])
        return f"{first} {draw.pick(lexicon.TURNS)} {second}"

    def clause(self, kind: str) -> str:
        """Subject and predicate."""
        shares = {"person": 0.72, "moderators": 0.14}
        if kind != "Neutral":
            shares["show"] = 0.14
        who = self.draw.weighted(shares)
        return f"{self.subject(who)} {self.fill(self.draw.pick(_PREDICATES[who, kind]))}"

    def subject(self, kind: str) -> str:
        """The one whom a sentence is about: a "person", the "show" or the "moderators"."""
        if kind == "show":
            return self.draw.pick(lexicon.SHOW, _COLOUR)
        if kind == "moderators":
            return self.draw.pick(lexicon.MODERATORS, _COLOUR)
        return self._person()

    def _person(self) -> str:
        draw = self.draw
        form = draw.weighted({"role": 0.40, "surname": 0.30, "name": 0.12, "state": 0.18})
        if form == "role":
            return draw.pick(lexicon.ROLES, _COLOUR)
        if form == "state":
            return f"the candidate from {draw.pick(lexicon.STATES, _COLOUR)}"
        name = draw.pick(lexicon.CANDIDATES, _COLOUR)
        return name if form == "name" else name.split()[-1]

    def _word(self, bank: str) -> str:
        return self.draw.pick(_BANKS[bank], flatness=1 if bank in ("pos", "neg") else _COLOUR)

    def fill(self, pattern: str) -> str:
        """`pattern` with one of its `[alternatives|in brackets]` and every `{slot}` filled.

        `{topic}` and `{topic2}` never get the same entry.
        """
        used: set[str] = set()
        pattern = re.sub(
            r"\[([^]]*)\]", lambda match: self.draw.pick(match.group(1).split("|")), pattern
        )

        def entry(match: re.Match[str]) -> str:
            bank = match.group(1).rstrip("2")
            while True:
                word = self._person() if bank == "person" else self._word(bank)
                if word not in used:
                    used.add(word)
                    return word

        return _articles(re.sub(r"\{(\w+)\}", entry, pattern))


def _articles(text: str) -> str:
    """Turn "a" before a vowel into "an"; "useless" and "uplifting" start differently."""
    return re.sub(r"\b([Aa]) (?=(?!us|uni|one)[aeiou]|hono|hour)", r"\1n ", text)
