"""Short everyday opinions, for a network that is to read more than one debate's tweets.

The tweets of one evening hardly know *boring* or *exciting*, and most that say *good* are negative.
These sentences are written by rule from the words below: what is praised or blamed, a *not* that
turns it round, and a *but* after which the last word counts. Nobody's opinion is in them; they are
lessons, never used to measure a network. Licensed CC BY 4.0, as the corpus is.
"""

from __future__ import annotations

import re

from course.data import lexicon
from course.data.grammar import Draw

__all__ = ["sentences"]


def _items(block: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in block.replace("\n", " ").split(",") if item.strip())


_FLAT, _FLAT_BANK = 9, 60  # flatness of the draws: hardly any entry is rarer than another
_AS_SPOKEN = 12  # good is said more often than spotless
_OPPOSITE = {"Positive": "Negative", "Negative": "Positive"}

_NOUNS = lexicon.ANSWER_NOUNS + _items("""
    concert, film, movie, show, play, book, song, band, album, singer, meal, dinner, food, soup,
    coffee, pizza, restaurant, service, waiter, hotel, room, bed, trip, flight, train, weather, day,
    evening, night, weekend, party, game, match, team, goal, finish, start, beginning, end, ending,
    first half, second half, opening, finale, acting, music, sound, picture, colour, plot, story,
    idea, work, effort, job, result, lesson, course, teacher, class, exam, chapter, phone, app,
    camera, battery, shop, price, present, surprise, debate, candidate, crowd, stage, host,
    moderator, audience, tweet, news, city, beach, museum, product, customer care, delivery
""")
_PLURALS = _items("""
    questions, answers, songs, actors, players, rooms, people, jokes, speeches, ideas, plans, films,
    books, pictures, teachers, drinks, prices, candidates, moderators, seats, shoes, photos
""")
_ADJECTIVES = {  # the likelier ones first
    "Positive": _items("""
        good, great, nice, brilliant, exciting, excellent, wonderful, lovely, amazing, interesting,
        fun, fantastic, beautiful, perfect, best, better, happy, thrilling, enjoyable, fascinating,
        moving, gripping, magnificent, marvellous, pleasant, sweet, clever, kind, friendly, tasty,
        delicious, fine, cool, incredible, phenomenal, entertaining, hilarious, pleased, satisfied,
        helpful, useful, comfortable, fast, cosy, spotless, valuable
    """)
    + lexicon.POSITIVE_ADJECTIVES,
    "Negative": _items("""
        bad, boring, awful, terrible, horrible, dull, poor, worst, worse, stupid, disappointing,
        annoying, mediocre, disgusting, mean, silly, noisy, cold, late, overpriced, dirty, bland,
        wrong, broken, unfair, hopeless, atrocious, abysmal, lousy, rubbish, dreary, monotonous,
        tiresome, upsetting, gloomy, dire, dissatisfied, unhappy, disappointed, uncomfortable,
        crowded, rotten, ghastly, exhausting
    """)
    + lexicon.NEGATIVE_ADJECTIVES,
}
_SUCH = {
    "Positive": _items("""
        a joy, a delight, a pleasure, a gem, a treat, a success, a triumph, worth it, a hit
    """),
    "Negative": _items("""
        a mess, a disaster, a bore, a shame, a failure, a disgrace, a waste of time, a letdown
    """),
}
_FEELINGS = {
    "Positive": _items("""
        loved, love, enjoyed, enjoy, adored, liked, like, admired, recommend, was happy with,
        am pleased with, was moved by, laughed at, am a fan of, am thankful for, was proud of
    """),
    "Negative": _items("""
        hated, hate, disliked, loathed, regret, despised, was bored by, can't stand, couldn't stand,
        am sick of, was annoyed by, am tired of, was let down by, was angry about, complained about
    """),
}
_SO = lexicon.INTENSIFIERS + _items("""
    terribly, awfully, terribly, awfully, insanely, rather, fairly, a bit
""")
_ASIDES = _items("""
    for the first 10 minutes, for the first 15 minutes, for half an hour, for an hour, at first,
    in the beginning, on Sunday, last night, in the first half, while we waited,
    while the band warmed up, while people sat down, before the break, for most of it, all evening,
    as far as I could hear, this time
""")
_BUT = _items("""
    but, but, but then, but then, but in the end, but after that, but later, yet, but at the end,
    and then suddenly, but by the end, however
""")
_NEUTRAL = (
    "the {noun}",
    "{noun}",
    "the {noun} starts at [eight|nine|seven|noon]",
    "the {noun} is on [Monday|Friday|Sunday|Saturday]",
    "what time does the {noun} [start|end]?",
    "who was at the {noun}?",
    "I am at the {noun}",
    "we are going to the {noun} [today|tomorrow|tonight]",
    "there is a {noun} in the [city|house|hall]",
    "is this the {noun} or the {noun2}?",
    "the {noun} was [today|yesterday|last week]",
    "[he|she|it|this|that|they|we|you|I]",
    "[the|a|and|or|of|in|on|at|with|for|then|was|is|are|were]",
    "[hello|hi|today|yesterday|now|here|there]",
    "I [saw|watched|read|heard] the {noun} {aside}",
    "it is a {noun}",
)


def sentences(count: int, seed: int = 0) -> list[tuple[str, str]]:
    """Texts with what they say, drawn at random.

    Parameters
    ----------
    count : int
        How many.
    seed : int
        The same seed gives the same sentences.

    Returns
    -------
    list of (text, label)
        Each label is "Negative", "Neutral" or "Positive": about a fifth are Neutral, and the
        rest are divided evenly between the other two.
    """
    writer = _Writer(Draw(seed))
    return [writer.sentence() for _ in range(count)]


_OPINIONS = (
    "{adj}", "{adj} {noun}", "a {adj} {noun}", "{so} {adj}", "the {noun} was {adj}",
    "the {noun} was {so} {adj}", "it was {so} {adj}", "what a {adj} {noun}", "{adj} {aside}",
    "I {feel} the {noun}", "{feel} the {noun}", "I {feel} it", "the {noun} is {adj}",
    "the {noun} was {adj} {aside}", "the {many} were {adj}", "this is {so} {adj}",
    "{adj} and {adj2}", "I was {so} {adj}", "{adj} {noun}, I {feel} the {noun2}",
    "the {noun} was {such}", "it is {such}",
)  # fmt: skip
_NOT = (
    "not {adj}", "not {so} {adj}", "not {adj} at all", "the {noun} was not {adj}", "isn't {adj}",
    "the {noun} wasn't {so} {adj}", "it isn't {adj}", "the {many} were not {adj}",
    "the {many} weren't {adj}", "the {noun} is not {adj}", "not a {adj} {noun}",
    "it was never {adj}", "the {noun} was not {adj} {aside}", "I did not think it was {adj}",
    "nothing {adj} about it", "no {adj} {noun}", "the {noun} was not {such}",
)  # fmt: skip


class _Writer:
    def __init__(self, draw: Draw):
        self.draw = draw

    def sentence(self) -> tuple[str, str]:
        """A text with its label."""
        draw = self.draw
        label = draw.weighted({"Positive": 0.4, "Negative": 0.4, "Neutral": 0.2})
        text = self.fill(draw.pick(_NEUTRAL, _FLAT)) if label == "Neutral" else self.verdict(label)
        stop = "" if text.endswith("?") else draw.pick(("", ".", "!", "..."), 2)
        return (text if draw.chance(0.5) else text[:1].upper() + text[1:]) + stop, label

    def verdict(self, label: str) -> str:
        """Praise or blame in one of five forms."""
        form = self.draw.weighted(
            {"plain": 0.28, "but": 0.34, "not": 0.22, "word": 0.1, "and": 0.06}
        )
        if form == "word":
            return self.fill("{adj}", label)
        if form == "not":
            return self.negation(label)
        if form == "but":
            return self.turn(label)
        if form == "and":
            joint = self.draw.pick(("and", "and then", ",", "and the rest was"), 2)
            return f"{self.opinion(label)} {joint} {self.opinion(label)}"
        return self.opinion(label)

    def opinion(self, label: str) -> str:
        """One word, or one sentence, of praise or of blame."""
        return self.fill(self.draw.pick(_OPINIONS, _FLAT), label)

    def negation(self, label: str) -> str:
        """What a *not* makes of the opposite: *not good* is blame."""
        return self.fill(self.draw.pick(_NOT, _FLAT), _OPPOSITE[label])

    def turn(self, label: str) -> str:
        """Two opinions that differ: the last one counts."""
        first = self.opinion if self.draw.chance(0.85) else self.negation
        told = first(_OPPOSITE[label])
        if self.draw.chance(0.15):
            return f"{told} but {self.fill('then was {so} {adj}', label)}"
        return f"{told} {self.draw.pick(_BUT, 3)} {self.opinion(label)}"

    def fill(self, pattern: str, label: str = "") -> str:
        """`pattern` with one of its `[alternatives|in brackets]` and every `{slot}` filled."""
        banks = {
            "noun": _NOUNS, "many": _PLURALS, "so": _SO, "aside": _ASIDES,
            "adj": _ADJECTIVES.get(label, ()), "such": _SUCH.get(label, ()),
            "feel": _FEELINGS.get(label, ()),
        }  # fmt: skip

        def choice(match: re.Match[str]) -> str:
            return self.draw.pick(match.group(1).split("|"), _FLAT)

        def entry(match: re.Match[str]) -> str:
            slot = match.group(1)
            return self.draw.pick(banks[slot], _AS_SPOKEN if slot == "adj" else _FLAT_BANK)

        text = re.sub(r"\[([^]]*)\]", choice, pattern)
        text = re.sub(r"\{([a-z]+)2?\}", entry, text)
        return re.sub(r"\b([Aa]) (?=[aeio])", r"\1n ", text)
