// How fast a leaky memory forgets: a small example of an explorer built on the kit.
(function () {
  "use strict";

  // The trace of a single 1 at step 0 in s_t = decay * s_{t-1} + x_t.
  function trace(decay, steps) {
    return Array.from({ length: steps }, function (_, t) { return [t, Math.pow(decay, t)]; });
  }

  if (typeof module === "object") module.exports = { trace: trace };
  if (typeof Kit === "undefined") return;

  Kit.mount("demo", function (stage) {
    const controls = Kit.group(stage, "Settings");
    const decay = Kit.range(controls, { label: "Decay", value: 0.8, onInput: draw });
    const plot = Kit.plot(stage, {
      label: "", x: [0, 20], y: [0, 1], xlabel: "steps since the input", ylabel: "what is left",
    });
    const say = Kit.voice(stage);

    function draw() {
      const points = trace(decay.value, 21);
      plot.clear();
      plot.line(points, "blue");
      plot.dots(points, "blue");
      plot.describe(`A curve that falls from 1 to ${Kit.number(points[20][1], 3)} in 20 steps`);
      say(`After 10 steps ${Kit.number(points[10][1], 3)} of the input is left.`);
    }
    draw();
  });
})();
