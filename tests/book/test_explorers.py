"""Each explorer does what it promises under a mouse, from the keyboard and under a finger."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.book.conftest import listed_pages, parsed

pytestmark = [pytest.mark.book, pytest.mark.browser]


@contextmanager
def explorer(browser, html, page_name: str, name: str, **options) -> Iterator:
    """The explorer on its page, calm, so that nothing has to be waited for; no script may fail."""
    context = browser.new_context(reduced_motion="reduce", **options)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    try:
        page.goto((html / f"chapters/{page_name}.html").as_uri())
        found = page.locator(f"[data-explorer='{name}']")
        found.scroll_into_view_if_needed()
        yield found
        assert errors == []
    finally:
        context.close()


def said(found, words: str) -> str:
    """What its voice says, once that has these words in it."""
    voice = found.locator(".kit-voice", has_text=words)
    voice.wait_for(timeout=5_000)
    return voice.inner_text()


class TestReadASentence:
    """The words in another order give another verdict, and the same count."""

    def words(self, found) -> list[str]:
        return found.locator(".reading-word").all_inner_texts()

    def test_a_word_is_dragged(self, browser, html):
        with explorer(browser, html, "intro", "read-a-sentence") as found:
            before = self.words(found)
            found.locator(".reading-word").nth(0).drag_to(found.locator(".reading-word").nth(2))
            after = self.words(found)
            assert after != before and sorted(after) == sorted(before)

    def test_a_word_is_moved_by_the_keyboard_and_keeps_the_focus(self, browser, html):
        with explorer(browser, html, "intro", "read-a-sentence") as found:
            before = self.words(found)
            found.locator(".reading-word").nth(1).focus()
            found.page.keyboard.press("ArrowRight")
            found.page.keyboard.press("ArrowRight")
            after = self.words(found)
            assert after[3] == before[1]
            assert found.page.evaluate("document.activeElement.textContent") == before[1]

    def test_a_sentence_of_ones_own_goes_into_the_address_and_comes_back(self, browser, html):
        with explorer(browser, html, "intro", "read-a-sentence") as found:
            found.get_by_label("Or a sentence of your own").fill(
                "awful answer but brilliant finish"
            )
            assert "good" in said(found, "In order").split("Counted")[0]
            found.page.wait_for_function("location.href.includes('brilliant')")
            found.page.reload()
            assert self.words(found) == ["awful", "answer", "but", "brilliant", "finish"]

    def test_under_a_finger_the_buttons_work(self, browser, html):
        size = {"width": 390, "height": 844}
        with explorer(
            browser, html, "intro", "read-a-sentence", has_touch=True, viewport=size
        ) as found:
            before = self.words(found)
            found.get_by_role("button", name="Shuffle").tap()
            assert sorted(self.words(found)) == sorted(before)
            found.get_by_role("button", name="The concert").tap()
            assert self.words(found) == before


class TestWordOrder:
    """Another order gives another memory, and the same bag."""

    def test_the_words_are_dragged(self, browser, html):
        with explorer(browser, html, "context", "word-order") as found:
            assert "good" in said(found, "The fading memory ends at")
            words = found.locator(".reading-word")
            words.nth(6).drag_to(words.nth(0))
            assert words.nth(0).inner_text() == "exciting"
            assert "bad. The bag adds up to 0.00" in said(found, ": bad")

    def test_by_keys_and_under_a_finger(self, browser, html):
        size = {"width": 390, "height": 844}
        with explorer(
            browser, html, "context", "word-order", viewport=size, has_touch=True
        ) as found:
            found.get_by_role("button", name="Exchange").tap()
            said(found, ": bad")
            last = found.locator(".reading-word").nth(6)
            assert last.inner_text() == "boring"
            last.focus()
            for _ in range(4):
                found.page.keyboard.press("ArrowLeft")
            said(found, ": good")
            found.get_by_role("slider", name="What the memory keeps").focus()
            found.page.keyboard.press("End")
            said(found, ": neither")


class TestGradientFlow:
    """The error walks home from the word that is pressed."""

    @pytest.mark.parametrize("way", ["mouse", "keys", "finger"])
    def test_it_sets_out_from_the_word_that_is_pressed(self, browser, html, way):
        with explorer(browser, html, "bptt", "gradient-flow", has_touch=True) as found:
            word = found.get_by_role("button", name="places")
            if way == "mouse":
                word.click()
            elif way == "finger":
                word.tap()
            else:
                word.focus()
                found.page.keyboard.press("Enter")
            assert "“places”" in said(found, "sets out from “places”")

    def test_the_lstm_brings_home_what_the_plain_network_loses(self, browser, html):
        with explorer(browser, html, "bptt", "gradient-flow") as found:
            assert "nearly whole" not in said(found, "“French”")
            found.get_by_role("combobox", name="The network").select_option("lstm")
            said(found, "nearly whole")
            assert not found.get_by_label("Recurrent weight w").is_visible()


class TestLstmGates:
    """Values are dragged in place, or changed by keys."""

    def test_a_gate_is_dragged_shut_and_let_go_again(self, browser, html):
        with explorer(browser, html, "lstm", "lstm-gates") as found:
            gate = found.locator(".cell-value[data-row='1'][data-step='0']")
            box = gate.bounding_box()
            mouse, middle = found.page.mouse, box["x"] + box["width"] / 2
            mouse.move(middle, box["y"] + 3)
            mouse.down()
            mouse.move(middle, box["y"] + box["height"], steps=4)
            mouse.up()
            said(found, "C = 0.00 · 0.00")
            found.get_by_role("button", name="Let go of all gates").click()
            said(found, "C = 1.00 · 0.00")

    def test_keys_walk_the_grid_and_change_values(self, browser, html):
        with explorer(browser, html, "lstm", "lstm-gates") as found:
            found.locator(".cell-grid").focus()
            for key in ("ArrowRight", "+", "+"):
                found.page.keyboard.press(key)
            said(found, "Step 2, input +1")

    def test_a_part_is_lit(self, browser, html):
        with explorer(browser, html, "lstm", "lstm-gates") as found:
            found.get_by_role("button", name="Forget", exact=True).click()
            said(found, "multiplied by the forget gate")
            assert found.locator("svg [opacity='0.25']").count() > 5

    def test_arrow_keys_walk_through_the_moves(self, browser, html):
        with explorer(browser, html, "lstm", "lstm-gates") as found:
            found.get_by_role("button", name="Forget", exact=True).focus()
            for _ in range(2):
                found.page.keyboard.press("ArrowRight")
            said(found, "Write: the candidate")
            assert found.get_by_role("button", name="Write").get_attribute("aria-pressed") == "true"

    def test_on_a_wide_screen_reading_lights_the_moves(self, browser, html):
        """The cell stays in sight beside the text, and shows the move that is read."""
        wide = {"width": 1440, "height": 900}
        with explorer(browser, html, "lstm", "lstm-gates", viewport=wide) as found:
            for move in ("forget", "write", "update", "show"):
                found.page.evaluate(
                    """id => {
                        const { top } = document.getElementById(id).getBoundingClientRect();
                        window.scrollBy(0, top - 250);
                    }""",
                    move,
                )
                lit = found.locator(".cell-tour [aria-pressed='true']", has_text=move.capitalize())
                lit.wait_for(timeout=5_000)
                box = found.bounding_box()
                assert box["y"] >= 0 and box["y"] + box["height"] <= wide["height"]

    def test_on_a_phone_it_covers_no_text(self, browser, html):
        """It stands in the text, and goes by as the text does."""
        size = {"width": 390, "height": 844}
        with explorer(browser, html, "lstm", "lstm-gates", viewport=size, has_touch=True) as found:
            assert found.evaluate("e => getComputedStyle(e).position") == "static"
            found.get_by_role("button", name="Update").tap()
            said(found, "Update: what was kept")

    def test_under_a_finger_a_gate_opens_and_its_column_is_wide_enough(self, browser, html):
        size = {"width": 390, "height": 844}
        with explorer(browser, html, "lstm", "lstm-gates", viewport=size, has_touch=True) as found:
            gate = found.locator(".cell-value[data-row='2'][data-step='1']")
            gate.scroll_into_view_if_needed()
            box = gate.bounding_box()
            assert box["width"] >= 24 and box["height"] >= 24
            found.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + 5)
            assert "Step 2" in said(found, "Step 2")


class TestCatchMemorising:
    """One scrubs the epochs and pulls the brake."""

    @pytest.mark.parametrize("way", ["mouse", "finger"])
    def test_the_brake_is_pulled(self, browser, html, way):
        with explorer(browser, html, "overfitting", "catch-memorising", has_touch=True) as found:
            brake = found.get_by_role("button", name="Pull the brake")
            if way == "mouse":
                brake.click()
            else:
                brake.tap()
            said(found, "the lowest held-out loss is")

    def test_epochs_are_scrubbed_by_keys(self, browser, html):
        with explorer(browser, html, "overfitting", "catch-memorising") as found:
            found.get_by_role("slider", name="Epoch").focus()
            found.page.keyboard.press("ArrowRight")
            found.page.keyboard.press("ArrowRight")
            said(found, "Epoch 3")


class TestSearchRace:
    """Twenty-five trials, then the map opens and the score is told."""

    def test_by_keys_alone(self, browser, html):
        """From the middle to a corner: twenty-five places."""
        with explorer(browser, html, "search", "search-race") as found:
            found.locator(".race-map").focus()
            for trial in range(25):
                found.page.keyboard.press("Enter")
                if trial < 24:
                    found.page.keyboard.press("ArrowRight" if trial % 2 else "ArrowUp")
            assert "of 100" in said(found, "Your score is")

    def test_a_press_on_the_map_spends_a_trial_of_everybody(self, browser, html):
        with explorer(browser, html, "search", "search-race", has_touch=True) as found:
            found.locator(".race-map").tap()
            text = said(found, "You, trial 1")
            assert all(name in text for name in ("Grid", "Random", "Gaussian process", "TPE"))
            assert "the map's best" not in text, "it is still hidden"

    def test_who_only_watches_steps_through_the_others(self, browser, html):
        with explorer(browser, html, "search", "search-race") as found:
            found.get_by_role("button", name="Only watch").click()
            found.get_by_role("button", name="Step", exact=True).click()
            said(found, "Gaussian process, trial 2")


class TestTypeATweet:
    """The verdict comes first, and words can be taken out of the text."""

    def verdict(self, found) -> str:
        return found.locator(".tweet-verdict").inner_text()

    def test_the_verdict_is_in_sight_with_the_text(self, browser, html):
        size = {"width": 390, "height": 844}
        with explorer(browser, html, "tweets", "type-a-tweet", viewport=size) as found:
            assert self.verdict(found).startswith("Positive")
            text, verdict = (
                found.get_by_role("textbox", name="Your text"),
                found.locator(".tweet-verdict"),
            )
            assert verdict.bounding_box()["y"] - text.bounding_box()["y"] < 300
            large = verdict.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
            assert large > 2 * text.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") - 1

    @pytest.mark.parametrize("way", ["mouse", "keys", "finger"])
    def test_without_its_but_the_turn_is_another(self, browser, html, way):
        with explorer(browser, html, "tweets", "type-a-tweet", has_touch=True) as found:
            found.get_by_role("textbox", name="Your text").fill("not good")
            assert self.verdict(found).startswith("Negative")
            word = found.locator(".tweet-word").first
            if way == "mouse":
                word.click()
            elif way == "finger":
                word.tap()
            else:
                word.focus()
                found.page.keyboard.press("Enter")
            assert self.verdict(found).startswith("Positive")
            assert found.locator(".tweet-word").first.get_attribute("aria-pressed") == "true"

    def test_unknown_words_alone_get_no_verdict(self, browser, html):
        with explorer(browser, html, "tweets", "type-a-tweet") as found:
            found.get_by_role("textbox", name="Your text").fill("qwertyuiop")
            assert self.verdict(found) == "No verdict"
            said(found, "knows none of these words")
            found.get_by_role("textbox", name="Your text").fill("")
            assert self.verdict(found) == "Type a word"

    def test_text_from_right_to_left(self, browser, html):
        """Its words stand in their order, the first one on the right."""
        with explorer(browser, html, "tweets", "type-a-tweet") as found:
            found.get_by_role("textbox", name="Your text").fill("مرحبا بالعالم")
            first, second = (found.locator(".tweet-word").nth(k).bounding_box() for k in (0, 1))
            assert first["x"] > second["x"]
            assert self.verdict(found) == "No verdict"
            box = found.get_by_role("textbox", name="Your text")
            assert box.evaluate("e => getComputedStyle(e).direction") == "rtl"
            said(found, "there are none here")

    def test_what_is_too_long_is_counted_and_not_cut(self, browser, html):
        with explorer(browser, html, "tweets", "type-a-tweet") as found:
            found.get_by_role("textbox", name="Your text").fill("good " * 57)
            assert "the last 5 are not read" in found.locator(".tweet-count").inner_text()
            assert len(found.get_by_role("textbox", name="Your text").input_value()) == 285


def test_without_scripts_every_explorer_is_a_picture(html):
    """Drawn at the build, with words for who can't see it, in colours of light and of dark pages."""
    places = [
        (page, place)
        for page in listed_pages()
        for place in parsed(html / f"{page}.html").select("[data-explorer]")
    ]
    assert len(places) >= 9
    for page, place in places:
        still = place.select_one(".explorer-stage > .explorer-still")
        assert still, page
        drawn = still.select("[role=img], ol, table")
        assert drawn, page
        assert all(picture["aria-label"] for picture in still.select("[role=img]")), page
        assert "var(--kit-" in str(still), f"{page}: its colours follow the page's"
        assert len(" ".join(still.stripped_strings)) > 60, page
        assert not still.select("input, select, textarea, button, [tabindex], [id]"), page
        words = still.find_next_sibling("p")
        assert words and "cripts" in words.get_text(), (
            f"{page} also says what there is with scripts"
        )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_without_scripts_is_seen(browser, html, scheme):
    for page_name in listed_pages():
        path = html / f"{page_name}.html"
        if not parsed(path).select_one("[data-explorer]"):
            continue
        context = browser.new_context(java_script_enabled=False, color_scheme=scheme)
        try:
            page = context.new_page()
            page.goto(path.as_uri())
            box = page.locator(".explorer-still").first.bounding_box()
            assert box["width"] > 200 and box["height"] > 60, page_name
        finally:
            context.close()


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_the_first_picture_of_the_first_chapter_is_in_the_first_screen(browser, html, size):
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height})
    try:
        page.goto((html / "chapters/context.html").as_uri())
        picture = page.locator("article figure img:visible, article .explorer:visible").first
        box = picture.bounding_box()
        assert box["y"] + min(box["height"], 120) <= height
    finally:
        page.close()


class TestLassoRidge:
    """Two penalties on one bowl of errors."""

    def test_on_a_phone_the_strength_and_ridge_are_on_one_screen(self, browser, html):
        size = {"width": 390, "height": 844}
        with explorer(browser, html, "regularization", "lasso-ridge", viewport=size) as found:
            ridge = found.locator("svg").nth(1)
            ridge.evaluate("e => e.scrollIntoView({behavior: 'instant', block: 'end'})")
            strength = found.get_by_label("Strength of the penalty λ")
            for part in (strength, ridge):
                box = part.bounding_box()
                assert box["y"] >= 0 and box["y"] + box["height"] <= size["height"]
            middle = strength.bounding_box()
            seen = found.page.evaluate(
                "([x, y]) => document.elementFromPoint(x, y).type",
                [middle["x"] + middle["width"] / 2, middle["y"] + middle["height"] / 2],
            )
            assert seen == "range", "nothing lies over it"

    def test_the_strength_is_set_by_keys(self, browser, html):
        with explorer(browser, html, "regularization", "lasso-ridge") as found:
            found.get_by_label("Strength of the penalty λ").focus()
            found.page.keyboard.press("End")
            assert "Lasso: β₁ exactly 0, β₂ exactly 0" in said(found, "λ = 10.00")

    def test_by_mouse_and_under_a_finger_it_steps_to_a_stronger_penalty(self, browser, html):
        with explorer(browser, html, "regularization", "lasso-ridge", has_touch=True) as found:
            step = found.get_by_role("button", name="Step", exact=True)
            step.click()
            said(found, "λ = 1.00")
            step.tap()
            said(found, "λ = 1.20")


class TestUnrollingSteps:
    """A network of one unit, unrolled step by step."""

    @pytest.mark.parametrize("way", ["mouse", "keys", "finger"])
    def test_it_starts_again_and_takes_a_step(self, browser, html, way):
        with explorer(browser, html, "unrolling", "unrolling-steps", has_touch=True) as found:
            for name, words in (("Start again", "The state is 0"), ("Step", "Step 1: S = tanh(")):
                button = found.get_by_role("button", name=name, exact=True)
                if way == "mouse":
                    button.click()
                elif way == "finger":
                    button.tap()
                else:
                    button.focus()
                    found.page.keyboard.press("Enter")
                said(found, words)


class TestLookBack:
    """The query is dragged along the sentence, and looks at the sound that it asks for."""

    def asked_at(self, found, sound: int) -> tuple[float, float]:
        """Where on the page the query asks for a sound, the first being 0."""
        box = found.locator("svg.kit-picture").bounding_box()
        across = (60 + sound * 520 / 6) / 640
        return box["x"] + across * box["width"], box["y"] + 0.8 * box["height"]

    def test_the_query_is_dragged(self, browser, html):
        with explorer(browser, html, "after", "look-back") as found:
            found.locator("svg.kit-picture").scroll_into_view_if_needed()
            mouse = found.page.mouse
            mouse.move(*self.asked_at(found, 6))
            mouse.down()
            mouse.move(*self.asked_at(found, 2), steps=3)
            mouse.up()
            assert "goes to place 3" in said(found, "The query asks for place 3.00")

    def test_by_keys(self, browser, html):
        with explorer(browser, html, "after", "look-back") as found:
            found.get_by_label("The place for which the query asks").focus()
            found.page.keyboard.press("Home")
            assert "goes to place 1" in said(found, "The query asks for place 1.00")
            found.get_by_role("button", name="Sound 1: +1").focus()
            found.page.keyboard.press("Enter")
            said(found, "so the answer is −1")

    def test_under_a_finger(self, browser, html):
        size = {"width": 390, "height": 844}
        with explorer(browser, html, "after", "look-back", has_touch=True, viewport=size) as found:
            found.get_by_role("button", name="Sound 7: −1").tap()
            said(found, "so the answer is +1")
            found.locator("svg.kit-picture").scroll_into_view_if_needed()
            found.page.touchscreen.tap(*self.asked_at(found, 0))
            said(found, "The query asks for place 1.00")


def names_on_pages(html) -> set[str]:
    pages = (parsed(html / f"{page}.html") for page in listed_pages())
    return {place["data-explorer"] for page in pages for place in page.select("[data-explorer]")}


def test_each_explorer_of_the_book_is_driven_here(html):
    """By a class of its own, named as the explorer is, that uses a mouse, keys and a finger."""
    for name in names_on_pages(html):
        driven = globals().get("Test" + name.title().replace("-", ""))
        assert driven, name
        source = inspect.getsource(driven)
        for verbs in (r"\.(click|drag_to|down)\(", r"\.press\(", r"\.tap\("):
            assert re.search(verbs, source), f"{name}: {verbs}"


# What a press changes in the document; a browser's work grows with it.
WATCHED = """found => {
  window.changes = 0;
  new MutationObserver(records => { window.changes += records.length; })
    .observe(found, { subtree: true, childList: true, attributes: true, characterData: true });
}"""


@pytest.mark.parametrize(
    ("page_name", "name", "control", "key", "most"),
    [
        ("intro", "read-a-sentence", "[data-place='0']", "ArrowRight", 60),
        ("lstm", "lstm-gates", ".cell-grid", "ArrowRight", 200),
        ("search", "search-race", ".race-map", "ArrowRight", 8),
    ],
)
def test_a_key_changes_little_of_the_drawing(browser, html, page_name, name, control, key, most):
    """Only what differs is written: no drawing is thrown away and made anew."""
    with explorer(browser, html, page_name, name) as found:
        found.page.wait_for_timeout(400)  # its first words have been said
        place = found.locator(control).first
        place.focus()
        found.evaluate(WATCHED)
        found.page.keyboard.press(key)
        found.page.wait_for_timeout(100)
        assert 0 < found.page.evaluate("window.changes") <= most
