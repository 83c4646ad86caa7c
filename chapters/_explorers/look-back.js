// Attention on a sentence of seven sounds: drag the query along the sentence and watch the weights.
(function () {
  "use strict";

  // A place as the hands of eight clocks, each half as fast as the one before.
  function clocks(t) {
    const cosines = [];
    const sines = [];
    for (let k = 0; k < 8; k += 1) {
      const angle = (t * Math.PI) / Math.pow(2, k);
      cosines.push(Math.cos(angle));
      sines.push(Math.sin(angle));
    }
    return cosines.concat(sines);
  }

  function product(a, b) {
    return a.reduce(function (sum, value, j) { return sum + value * b[j]; }, 0);
  }

  // The weights with which a query for a place looks at the steps 0, 1, ... A query is `sharp` times
  // as long as a key.
  function look(place, sharp, steps) {
    const query = clocks(place).map(function (value) { return sharp * value; });
    const scores = [];
    for (let t = 0; t < steps; t += 1) scores.push(product(query, clocks(t)) / 4); // 4 is the root of 16
    const top = Math.max.apply(null, scores);
    const e = scores.map(function (score) { return Math.exp(score - top); });
    const sum = e.reduce(function (a, b) { return a + b; }, 0);
    return e.map(function (value) { return value / sum; });
  }

  // What the query gets: the mean of the sounds with these weights.
  function context(weights, sounds) {
    return product(weights, sounds);
  }

  const SOUNDS = [1, 1, 1, -1, -1, -1, -1];

  if (typeof module === "object") {
    module.exports = { clocks: clocks, look: look, context: context, sounds: SOUNDS };
  }
  if (typeof Kit === "undefined") return;

  const WIDTH = 640;
  const HEIGHT = 250;
  const LAST = SOUNDS.length - 1;
  const FLOOR = 150; // where the bars stand
  const TALL = 110; // a bar of weight 1
  const x = Kit.scale([0, LAST], [60, WIDTH - 60]);

  function sign(value) {
    return value > 0 ? "+1" : "−1";
  }

  Kit.mount("look-back", function (stage) {
    const sounds = SOUNDS.slice();
    stage.append(Kit.html("p", {}, "The sentence that was read. Press a sound to change it."));
    const row = Kit.group(stage, "Sounds");
    const buttons = sounds.map(function (_, t) {
      return Kit.button(row, "", function () { sounds[t] = -sounds[t]; draw(); });
    });
    const controls = Kit.group(stage, "The query");
    const place = Kit.range(controls, {
      label: "The place for which the query asks", min: 1, max: LAST + 1, step: 0.05, value: LAST + 1,
      text: function (value) { return Kit.number(value); }, onInput: draw,
    });
    const sharp = Kit.range(controls, {
      label: "How many times it is longer than a key", min: 0, max: 40, step: 0.5, value: 20,
      text: function (value) { return Kit.number(value, 1); }, onInput: draw,
    });
    const picture = Kit.picture(stage, { label: "", width: WIDTH, height: HEIGHT });
    picture.setAttribute("style", "touch-action:none;cursor:ew-resize");
    const walk = Kit.player(stage, {
      step: function () {
        place.value = Math.max(1, Math.ceil(place.value) - 1);
        draw();
        return place.value > 1;
      },
      reset: function () { place.value = LAST + 1; draw(); },
    });
    const say = Kit.voice(stage);

    // The query is grabbed in the picture itself; the slider does the same from the keyboard.
    function drag(event) {
      if (event.type === "pointermove" && !event.buttons) return;
      if (event.type === "pointerdown") {
        walk.stop();
        picture.setPointerCapture(event.pointerId);
      }
      const box = picture.getBoundingClientRect();
      const across = ((event.clientX - box.left) / box.width) * WIDTH;
      place.value = Math.min(Math.max(1 + ((across - x(0)) / (x(LAST) - x(0))) * LAST, 1), LAST + 1);
      draw();
    }
    picture.addEventListener("pointerdown", drag);
    picture.addEventListener("pointermove", drag);

    const { add, clear } = Kit.ink(picture);

    function draw() {
      const weights = look(place.value - 1, sharp.value, sounds.length);
      const got = context(weights, sounds);
      const at = x(place.value - 1);
      clear();
      sounds.forEach(function (sound, t) {
        buttons[t].textContent = sign(sound);
        buttons[t].setAttribute("aria-label", `Sound ${t + 1}: ${sign(sound)}`);
        const tall = weights[t] * TALL;
        add("line", {
          x1: at, y1: 206, x2: x(t), y2: 182, stroke: Kit.colour("blue"), "stroke-width": 1 + 5 * weights[t],
          "stroke-opacity": 0.1 + 0.9 * weights[t],
        });
        add("rect", { x: x(t) - 24, width: 48, y: FLOOR - tall, height: tall, fill: Kit.colour("blue") });
        add("text", { x: x(t), y: FLOOR - tall - 8, "text-anchor": "middle" }, Kit.number(weights[t]));
        add("text", { x: x(t), y: FLOOR + 22, "text-anchor": "middle" }, sign(sound));
      });
      add("line", { x1: 30, x2: WIDTH - 30, y1: FLOOR, y2: FLOOR, stroke: Kit.colour("faint") });
      add("circle", { cx: at, cy: 214, r: 11, fill: Kit.colour("orange") });
      add("text", { x: at, y: 245, "text-anchor": "middle" }, "query");
      const best = weights.indexOf(Math.max.apply(null, weights));
      const told = `The query asks for place ${Kit.number(place.value)}. Most weight, `
        + `${Kit.number(weights[best])}, goes to place ${best + 1}. The context is ${Kit.number(got)}, `
        + (Math.abs(got) < 0.05 ? "so it can't say which sound it was." : `so the answer is ${sign(got)}.`);
      picture.describe(`A bar over each of seven sounds, as tall as its weight. ${told}`);
      say(told);
    }

    draw();
  });
})();
