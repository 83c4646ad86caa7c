// The same words in another order: a bag of words doesn't notice, a memory that fades does.
(function () {
  "use strict";

  const OPENING = "The concert was boring but then exciting";
  const VALUES = { boring: -1, exciting: 1 };

  // What is left of each word's value after the last word, in a memory that keeps a share `decay` of itself a step.
  function left(words, decay) {
    return words.map(function (word, t) {
      return (VALUES[word.toLowerCase()] || 0) * Math.pow(decay, words.length - 1 - t);
    });
  }

  function sum(values) {
    return values.reduce(function (total, value) { return total + value; }, 0);
  }

  if (typeof module === "object") module.exports = { opening: OPENING, left: left, sum: sum };
  if (typeof Kit === "undefined") return;

  const WIDTH = 420;
  const HEIGHT = 168;
  const REACH = 58;
  const MIDDLE = 66;
  const SUMS = WIDTH - 82; // where the columns of the sums begin

  Kit.mount("word-order", function (stage) {
    let words = OPENING.split(" ");

    const tiles = Kit.movable(stage, {
      label: "The words, in their order",
      onMove: function (from, to) {
        words.splice(to, 0, words.splice(from, 1)[0]);
        lay();
        draw();
      },
    });
    const picture = Kit.picture(stage, { label: "", width: WIDTH, height: HEIGHT });
    picture.classList.add("cell-picture");
    const { add, clear } = Kit.ink(picture);
    const say = Kit.voice(stage);
    const controls = Kit.group(stage, "The memory");
    const decay = Kit.range(controls, {
      label: "What the memory keeps of itself at each word, λ", min: 0.3, max: 1, step: 0.05, value: 0.7, onInput: draw,
    });
    Kit.button(controls, "Exchange boring and exciting", function () {
      const [one, other] = Object.keys(VALUES).map(function (word) { return words.indexOf(word); });
      [words[one], words[other]] = [words[other], words[one]];
      lay();
      draw();
    });

    function lay() {
      tiles.lay(words.map(function (word) {
        const value = VALUES[word] || 0;
        return { text: word, kind: value > 0 ? "good" : value < 0 ? "bad" : "" };
      }));
    }

    function bar(x, wide, value, colour, more) {
      add("rect", Object.assign({
        x: x - wide / 2, width: wide, y: value < 0 ? MIDDLE : MIDDLE - value * REACH, height: Math.abs(value) * REACH,
        fill: Kit.colour(colour),
      }, more));
    }

    function text(x, y, words, anchor) {
      add("text", { x: x, y: y, "text-anchor": anchor || "middle" }, words);
    }

    function draw() {
      const now = left(words, decay.value);
      const bag = left(words, 1);
      const pitch = (SUMS - 34) / words.length;
      clear();
      add("line", { x1: 0, x2: WIDTH, y1: MIDDLE, y2: MIDDLE, stroke: Kit.colour("faint") });
      add("line", { x1: SUMS - 28, x2: SUMS - 28, y1: 4, y2: HEIGHT - 4, stroke: Kit.colour("faint") });
      words.forEach(function (word, t) {
        const x = (t + 0.5) * pitch;
        bar(x, 28, bag[t], "grey", { "fill-opacity": 0.3 });
        bar(x, 28, now[t], now[t] < 0 ? "orange" : "blue");
        if (bag[t]) text(x, bag[t] < 0 ? MIDDLE - 8 : MIDDLE + 18, word); // on its bar's other side: neighbours don't collide
      });
      bar(SUMS, 26, sum(bag), "grey");
      bar(SUMS + 56, 26, sum(now), sum(now) < 0 ? "orange" : "blue");
      text(SUMS, HEIGHT - 18, "bag");
      text(SUMS + 56, HEIGHT - 18, "order");
      const verdict = sum(now) > 0.005 ? "good" : sum(now) < -0.005 ? "bad" : "neither";
      picture.describe(`Bars above and below zero: what is left of each word at the end. Boring ${Kit.number(now[words.indexOf("boring")])}, `
        + `exciting ${Kit.number(now[words.indexOf("exciting")])}; together ${Kit.number(sum(now))}. The bag has ${Kit.number(sum(bag))}`);
      say(`The fading memory ends at ${Kit.number(sum(now))}: ${verdict}. The bag adds up to ${Kit.number(sum(bag))}, in whatever order.`);
    }

    lay();
    draw();
  });
})();
