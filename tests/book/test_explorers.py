"""Each explorer does what it promises under a mouse, from the keyboard and under a finger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

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
            found.get_by_role("button", name="Let the weights set").click()
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
