// Catch it memorising: 250 cards as tiles, an epoch at a time, and a brake to pull in time.
(function () {
  "use strict";

  // Bits from the hexadecimal digits in which the page writes them, the first bit highest.
  function bits(text, count) {
    const found = [];
    for (const digit of text) {
      const value = parseInt(digit, 16);
      for (let k = 3; k >= 0; k -= 1) found.push((value >> k) & 1);
    }
    return found.slice(0, count);
  }

  // How many labels the network repeats: those that are true, and those that are slips.
  function repeated(says, labels, truth) {
    const found = { right: 0, rights: 0, slips: 0, slipped: 0 };
    says.forEach(function (word, card) {
      const slip = labels[card] !== truth[card];
      found[slip ? "slips" : "rights"] += 1;
      if (word === labels[card]) found[slip ? "slipped" : "right"] += 1;
    });
    return found;
  }

  // The epoch of the lowest value among the first `seen`, from 0; the first of equal ones.
  function lowest(curve, seen) {
    let best = 0;
    for (let epoch = 1; epoch < seen; epoch += 1) if (curve[epoch] < curve[best]) best = epoch;
    return best;
  }

  // Early stopping: after how many epochs it stops, and which one it keeps, both from 1.
  function patience(curve, epochs) {
    let best = 0;
    for (let epoch = 1; epoch < curve.length; epoch += 1) {
      if (curve[epoch] < curve[best]) best = epoch;
      else if (epoch - best >= epochs) return { stop: epoch + 1, best: best + 1 };
    }
    return { stop: curve.length, best: best + 1 };
  }

  if (typeof module === "object") {
    module.exports = { bits: bits, repeated: repeated, lowest: lowest, patience: patience };
  }
  if (typeof Kit === "undefined") return;

  const ACROSS = 25;
  const TILE = 24;
  const PATIENCE = 5;

  Kit.mount("catch-memorising", function (stage) {
    const data = Kit.data("catch-memorising-runs");
    const epochs = data.runs[0].loss.length;
    let run = null;
    let epoch = 1;
    let braked = false;

    stage.append(Kit.html("p", {}, "Each tile is a training card, and its colour is what the network says of it. Press "
      + "Play, keep an eye on the orange curve, and pull the brake before the network learns by heart."));
    const controls = Kit.group(stage, "The training");
    const chosen = Kit.select(controls, {
      label: "Network", value: "0", onChange: function () { player.restart(); },
      options: data.runs.map(function (_, seed) { return [String(seed), `seed ${seed + 1}`]; }),
    });
    const scrub = Kit.range(controls, {
      label: "Epoch", min: 1, max: epochs, step: 1, value: 1, text: String,
      onInput: function (value) { player.stop(); epoch = value; draw(); },
    });
    const marks = Kit.checkbox(controls, {
      label: "Mark the cards whose label is a slip", checked: true, onChange: draw,
    });
    const rows = Math.ceil(data.count / ACROSS);
    const tiles = Kit.picture(stage, { label: "", width: 640, height: rows * TILE + 8 });
    const mosaic = Kit.ink(tiles);
    const outlines = Array.from({ length: data.count }, function (_, card) { return outline(card); });
    const plot = Kit.plot(stage, {
      label: "", x: [0, epochs + 1], y: [0, 1.2], xlabel: "epoch", ylabel: "loss", height: 220,
    });
    const player = Kit.player(stage, {
      interval: 350,
      step: function () {
        if (!braked) epoch = Math.min(epoch + 1, epochs);
        draw();
        return !braked && epoch < epochs;
      },
      reset: load,
    });
    const row = Kit.group(stage, "The brake");
    const brake = Kit.button(row, "Pull the brake", function () {
      player.stop();
      braked = true;
      draw();
    });
    const say = Kit.voice(stage);

    function load() {
      const given = data.runs[Number(chosen.value)];
      run = {
        labels: bits(given.labels, data.count), truth: bits(given.truth, data.count),
        says: given.says.map(function (text) { return bits(text, data.count); }),
        loss: given.loss, held: given.held_out,
      };
      epoch = 1;
      braked = false;
      draw();
    }

    // The outline of a card's tile.
    function outline(card) {
      const left = (640 - ACROSS * TILE) / 2 + (card % ACROSS) * TILE + 2;
      const top = Math.floor(card / ACROSS) * TILE + 4;
      const side = TILE - 10; // without the corners, whose radius is 3
      return `M${left + 3} ${top}h${side}a3 3 0 0 1 3 3v${side}a3 3 0 0 1 -3 3h-${side}a3 3 0 0 1 -3 -3v-${side}a3 3 0 0 1 3 -3z`;
    }

    // All tiles that look alike are one shape: a browser has six to work on, not one for each card.
    function drawTiles(says) {
      const looks = {};
      says.forEach(function (word, card) {
        const slip = run.labels[card] !== run.truth[card];
        const look = [word, Number(slip), Number(slip && word === run.labels[card])].join("");
        looks[look] = (looks[look] || "") + outlines[card];
      });
      mosaic.clear();
      [0, 1].forEach(function (word) {
        [[0, 0], [1, 0], [1, 1]].forEach(function ([slip, taken]) {
          mosaic.add("path", {
            d: looks[`${word}${slip}${taken}`] || "", fill: Kit.colour(word ? "blue" : "orange"),
            "fill-opacity": slip || !marks.checked ? 1 : 0.45,
            stroke: Kit.colour(taken ? "red" : "ink"), "stroke-width": marks.checked && slip ? 3 : 0,
          });
        });
      });
    }

    function drawCurves() {
      const seen = braked ? epochs : epoch;
      const points = function (curve, count) {
        return curve.slice(0, count).map(function (loss, k) { return [k + 1, Math.min(loss, 1.2)]; });
      };
      plot.clear();
      plot.line(points(run.loss, seen), "blue", { "stroke-opacity": braked ? 0.5 : 1 });
      plot.line(points(run.held, seen), "orange", { "stroke-opacity": braked ? 0.5 : 1 });
      plot.dots([[epoch, Math.min(run.held[epoch - 1], 1.2)]], "orange", 6);
      plot.text(epochs, 1.12, "orange: held out, blue: training", { "text-anchor": "end" });
      if (braked) {
        const best = lowest(run.held, epochs);
        plot.dots([[best + 1, run.held[best]]], "green", 6);
      }
      plot.describe(`Loss after ${epoch} epochs: training ${Kit.number(run.loss[epoch - 1])}, held out `
        + `${Kit.number(run.held[epoch - 1])}`);
    }

    function draw() {
      const says = run.says[epoch - 1];
      const { slips, slipped } = repeated(says, run.labels, run.truth);
      scrub.value = epoch;
      brake.disabled = braked;
      drawTiles(says);
      drawCurves();
      tiles.describe(`${data.count} cards after epoch ${epoch}: the network repeats ${slipped} of ${slips} slips`);
      say(`Epoch ${epoch}: held-out loss ${Kit.number(run.held[epoch - 1])}; ${slipped} of ${slips} slips learnt by heart.`
        + (braked ? ` ${ending()}` : ""));
    }

    function ending() {
      const best = lowest(run.held, epochs) + 1;
      const kept = lowest(run.held, epoch) + 1;
      const rule = patience(run.held, PATIENCE);
      const yours = kept === best ? "You kept the best epoch there is"
        : `The best you have seen is epoch ${kept}, with ${Kit.number(run.held[kept - 1])}`;
      return `${yours}; the lowest held-out loss is ${Kit.number(run.held[best - 1])}, at epoch ${best}. `
        + `A patience of ${PATIENCE} stops at epoch ${rule.stop} and keeps epoch ${rule.best}.`;
    }

    load();
    if (Kit.still) { // the whole training, when the brake was never pulled
      epoch = epochs;
      draw();
    }
  });
})();
