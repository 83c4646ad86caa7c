// What the explorers share: elements, controls, a plot, a voice for screen readers.
//
// An explorer is a classic script, chapters/_explorers/NAME.js, since ES modules don't load from
// disk. The page loads this file before it. Its shape:
//
//   (function () {
//     "use strict";
//     function step(state, input) { ... }                 // the arithmetic, no page in it
//     if (typeof module === "object") module.exports = { step: step };   // for its test in Node
//     if (typeof Kit === "undefined") return;
//     Kit.mount("NAME", function (stage) {
//       const weights = Kit.data("NAME-weights");         // what the notebook's page_data wrote
//       const gate = Kit.range(stage, { label: "Forget gate", value: 0.9, onInput: draw });
//       const plot = Kit.plot(stage, { label: "Cell state by step", x: [0, 10], y: [-1, 1] });
//       const say = Kit.voice(stage);
//       function draw() { plot.clear(); plot.line(points, "blue"); say("The cell holds ..."); }
//       draw();
//     });
//   })();
(function () {
  "use strict";

  const NAMES = ["blue", "orange", "green", "purple", "red", "brown", "grey", "ink", "faint"];
  const motion = window.matchMedia("(prefers-reduced-motion: reduce)");
  let count = 0;

  // ---- Elements -----------------------------------------------------------------------------

  function fill(element, attributes, children) {
    Object.entries(attributes || {}).forEach(function ([name, value]) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value === true) element.setAttribute(name, "");
      else if (value !== false && value != null) element.setAttribute(name, value);
    });
    element.append.apply(element, children);
    return element;
  }

  // html("p", { class: "note" }, "text", child) and svg("circle", { r: 4 }); on… adds a listener.
  function html(tag, attributes, ...children) {
    return fill(document.createElement(tag), attributes, children);
  }

  function svg(tag, attributes, ...children) {
    return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
  }

  // A drawing that scales with the page. `label` says what it shows; keep it true with `describe`.
  function picture(parent, { label, width = 640, height = 260 }) {
    const root = svg("svg", {
      class: "kit-picture", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label,
    });
    root.describe = function (text) { root.setAttribute("aria-label", text); };
    parent.append(root);
    return root;
  }

  // Shapes that are drawn anew at every move of the hand: `clear()`, then `add(tag, attributes, text)` for each.
  // The shapes that are there are used again, in their order, and of each only what differs is written, so that
  // a browser works on nothing else. What is left over goes when the drawing is done. `fresh` never uses a shape
  // again: its animation starts.
  function ink(parent) {
    const shapes = []; // {element, tag, attributes, text}
    let next = 0;
    function trim() {
      shapes.splice(next).forEach(function (shape) { shape.element.remove(); });
    }
    function put(tag, attributes, text) {
      const element = svg(tag, attributes, ...(text === "" ? [] : [text]));
      const old = shapes[next];
      if (old) old.element.replaceWith(element);
      else parent.append(element);
      shapes[next] = { element: element, tag: tag, attributes: attributes, text: text };
      next += 1;
      return element;
    }
    function change(shape, attributes, text) {
      Object.keys(shape.attributes).forEach(function (name) {
        if (!(name in attributes)) shape.element.removeAttribute(name);
      });
      Object.entries(attributes).forEach(function ([name, value]) {
        if (shape.attributes[name] !== value) shape.element.setAttribute(name, value);
      });
      if (shape.text !== text) shape.element.textContent = text;
      Object.assign(shape, { attributes: attributes, text: text });
      next += 1;
      return shape.element;
    }
    return {
      clear: function () {
        next = 0;
        queueMicrotask(trim);
      },
      add: function (tag, attributes, text = "") {
        const old = shapes[next];
        return old && old.tag === tag ? change(old, attributes, text) : put(tag, attributes, text);
      },
      fresh: function (tag, attributes, text = "") { return put(tag, attributes, text); },
    };
  }

  // ---- Controls, all native and labelled -------------------------------------------------------

  function group(parent, label) {
    const row = html("div", { class: "kit-controls", role: "group", "aria-label": label });
    parent.append(row);
    return row;
  }

  function labelled(parent, label, control, ...more) {
    control.id = control.id || `kit-${++count}`;
    const box = html("div", { class: "kit-control" });
    box.append(html("label", { for: control.id }, label), control, ...more);
    parent.append(box);
    return box;
  }

  // A slider with its value beside it. Gives { value, input }; setting value doesn't call onInput.
  function range(parent, { label, min = 0, max = 1, step = 0.01, value, text = number, onInput }) {
    const input = html("input", { type: "range", min: min, max: max, step: step });
    const output = html("output", { class: "kit-value" });
    function show() {
      output.textContent = text(input.valueAsNumber);
      input.setAttribute("aria-valuetext", output.textContent);
    }
    labelled(parent, label, input, output);
    output.htmlFor = input.id;
    input.value = value == null ? min : value;
    show();
    input.addEventListener("input", function () {
      show();
      if (onInput) onInput(input.valueAsNumber);
    });
    return {
      input: input,
      get value() { return input.valueAsNumber; },
      set value(next) { input.value = next; show(); },
    };
  }

  // options: [["value", "What the reader sees"], ...]
  function select(parent, { label, options, value, onChange }) {
    const input = html("select", {}, ...options.map(function ([key, words]) {
      return html("option", { value: key, selected: key === value }, words);
    }));
    labelled(parent, label, input);
    if (onChange) input.addEventListener("change", function () { onChange(input.value); });
    return input;
  }

  function checkbox(parent, { label, checked = false, onChange }) {
    const input = html("input", { type: "checkbox", checked: checked });
    labelled(parent, label, input).classList.add("kit-check");
    if (onChange) input.addEventListener("change", function () { onChange(input.checked); });
    return input;
  }

  function textbox(parent, { label, value = "", onInput }) {
    const input = html("input", { type: "text", value: value, autocomplete: "off" });
    labelled(parent, label, input).classList.add("kit-wide");
    if (onInput) input.addEventListener("input", function () { onInput(input.value); });
    return input;
  }

  function button(parent, label, onClick) {
    const made = html("button", { type: "button", class: "kit-button", onclick: onClick }, label);
    parent.append(made);
    return made;
  }

  // Words that are moved by dragging them, or with the arrow keys; `onMove(from, to)` lays them anew by `lay`, which
  // takes {text, kind} for each, in order, the kind being a class of explorer.css.
  function movable(parent, { label, onMove }) {
    const list = html("ol", { class: "reading-words", "aria-label": label });
    let drag = null;
    let laid = [];
    parent.append(list);

    // A tile belongs to a place and keeps it; what stands on it may change.
    function lay(items) {
      laid = items;
      while (list.children.length > items.length) list.lastChild.remove();
      while (list.children.length < items.length) list.append(tileAt(list.children.length));
      items.forEach(function ({ text, kind }, place) {
        const tile = list.children[place].firstChild;
        const look = `reading-word ${kind || ""}`;
        if (tile.textContent !== text) tile.textContent = text;
        if (tile.className !== look) tile.className = look;
      });
    }

    function tileAt(place) {
      const tile = html("button", {
        type: "button", "data-place": place, dir: "auto", "aria-roledescription": "word that can be moved",
      });
      tile.addEventListener("keydown", function (event) { byKey(event, place); });
      tile.addEventListener("pointerdown", function (event) { grab(event, tile); });
      return html("li", {}, tile);
    }

    function byKey(event, place) {
      const to = place + { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!(to >= 0 && to < laid.length)) return;
      event.preventDefault();
      onMove(place, to);
      list.children[to].firstChild.focus();
    }

    function grab(event, tile) {
      if (event.button) return;
      drag = { from: Number(tile.dataset.place) };
      tile.classList.add("held");
      tile.setPointerCapture(event.pointerId);
      tile.addEventListener("pointermove", pull);
      tile.addEventListener("pointerup", drop);
      tile.addEventListener("pointercancel", drop);
    }

    function pull(event) {
      if (!drag) return;
      const below = document.elementsFromPoint(event.clientX, event.clientY).find(function (element) {
        return element.classList && element.classList.contains("reading-word");
      });
      drag.to = below && list.contains(below) ? Number(below.dataset.place) : drag.to;
      Array.from(list.children).forEach(function (item, place) {
        item.firstChild.classList.toggle("goal", place === drag.to && place !== drag.from);
      });
    }

    function drop(event) {
      const held = drag;
      drag = null;
      event.currentTarget.classList.remove("held");
      event.currentTarget.removeEventListener("pointermove", pull);
      if (held && event.type === "pointerup" && held.to != null && held.to !== held.from) onMove(held.from, held.to);
      else lay(laid);
    }

    return { list: list, lay: lay };
  }

  // Step, Play and Start again. `step()` does one step and says whether another can follow.
  // Where the reader asked for less motion there is no Play: a sequence is walked by Step.
  function player(parent, { step, reset, interval = 700 }) {
    const row = group(parent, "Walk through the sequence");
    let timer = null;
    function stop() {
      clearInterval(timer);
      timer = null;
      play.textContent = "Play";
    }
    function once() {
      const more = step();
      next.disabled = play.disabled = !more;
      if (!more) stop();
    }
    const next = button(row, "Step", once);
    const play = button(row, "Play", function () {
      if (timer) return stop();
      play.textContent = "Pause";
      timer = setInterval(once, interval);
    });
    play.hidden = motion.matches;
    motion.addEventListener("change", function () { stop(); play.hidden = motion.matches; });
    function restart() {
      stop();
      next.disabled = play.disabled = false;
      reset();
    }
    button(row, "Start again", restart);
    return { stop: stop, restart: restart };
  }

  // ---- Words ------------------------------------------------------------------------------------

  // A line below the drawing, spoken politely; it waits until the reader's hand rests.
  function voice(parent) {
    const line = html("p", { class: "kit-voice", role: "status" });
    let timer = null;
    parent.append(line);
    return function say(text) {
      clearTimeout(timer);
      timer = setTimeout(function () { line.textContent = text; }, 250);
    };
  }

  function number(value, digits = 2) {
    return value.toFixed(digits).replace("-", "−");
  }

  // ---- Plots --------------------------------------------------------------------------------------

  function scale([from, to], [low, high], log = false) {
    const f = log ? Math.log10 : function (value) { return value; };
    const factor = (high - low) / (f(to) - f(from));
    return function (value) { return low + (f(value) - f(from)) * factor; };
  }

  // About `wanted` round numbers between two others.
  function ticks([from, to], wanted = 5) {
    const rough = Math.abs(to - from) / wanted;
    const power = Math.pow(10, Math.floor(Math.log10(rough)));
    const unit = power * [1, 2, 5, 10].find(function (m) { return m * power >= rough * 0.999; });
    const found = [];
    for (let k = Math.ceil(from / unit - 1e-9); k * unit <= to + unit * 1e-9; k += 1) {
      found.push(Number((k * unit).toPrecision(12)));
    }
    return found;
  }

  function decades([from, to]) {
    const found = [];
    for (let k = Math.ceil(Math.log10(from)); k <= Math.log10(to) + 1e-9; k += 1) {
      found.push(Math.pow(10, k));
    }
    return found;
  }

  function powerOfTen(value) {
    const exponent = String(Math.round(Math.log10(value)));
    return "10" + exponent.replace(/[-0-9]/g, function (sign) {
      return sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[sign];
    });
  }

  function colour(name) {
    return NAMES.includes(name) ? `var(--kit-${name})` : name;
  }

  // Axes with line, dots, bars, rule and text in the data's units, and `add` for one's own shapes, placed by
  // plot.x and plot.y (see `ink`). They lie in `layer`; clear() empties it and keeps the axes.
  function plot(parent, options) {
    const { label, x, y, xlabel = "", ylabel = "", width = 640, height = 260 } = options;
    const { logy = false, format = String } = options;
    const box = { left: 56, right: width - 14, top: 12, bottom: height - 42 };
    const root = picture(parent, { label: label, width: width, height: height });
    const px = scale(x, [box.left, box.right]);
    const py = scale(y, [box.bottom, box.top], logy);
    const layer = svg("g", {});
    const shapes = ink(layer);

    const axes = svg("g", { class: "kit-axes", "aria-hidden": "true" });
    (options.xticks || ticks(x)).forEach(function (value) {
      axes.append(
        svg("line", { x1: px(value), x2: px(value), y1: box.top, y2: box.bottom }),
        svg("text", { x: px(value), y: box.bottom + 16, "text-anchor": "middle" }, format(value))
      );
    });
    (options.yticks || (logy ? decades(y) : ticks(y))).forEach(function (value) {
      axes.append(
        svg("line", { x1: box.left, x2: box.right, y1: py(value), y2: py(value) }),
        svg("text", { x: box.left - 7, y: py(value) + 4, "text-anchor": "end" },
          logy ? powerOfTen(value) : format(value))
      );
    });
    axes.append(
      svg("text", { x: (box.left + box.right) / 2, y: height - 6, "text-anchor": "middle" }, xlabel),
      svg("text", {
        x: 13, y: (box.top + box.bottom) / 2, "text-anchor": "middle",
        transform: `rotate(-90 13 ${(box.top + box.bottom) / 2})`,
      }, ylabel)
    );
    root.append(axes, layer);

    const { add, clear } = shapes;
    return {
      root: root, layer: layer, x: px, y: py, box: box, describe: root.describe, clear: clear, add: add,
      line: function (points, name, more) {
        const path = points.map(function ([a, b]) { return `${px(a)},${py(b)}`; }).join(" ");
        return add("polyline", Object.assign(
          { points: path, fill: "none", stroke: colour(name), "stroke-width": 2.4 }, more));
      },
      dots: function (points, name, radius = 4) {
        points.forEach(function ([a, b]) {
          add("circle", { cx: px(a), cy: py(b), r: radius, fill: colour(name) });
        });
      },
      bars: function (points, name, thickness) {
        points.forEach(function ([a, b]) {
          const top = Math.min(py(b), py(0));
          add("rect", {
            x: px(a) - thickness / 2, y: top, width: thickness, height: Math.abs(py(b) - py(0)),
            fill: colour(name),
          });
        });
      },
      rule: function (value, name) {
        return add("line", {
          x1: box.left, x2: box.right, y1: py(value), y2: py(value),
          stroke: colour(name), "stroke-dasharray": "5 4",
        });
      },
      text: function (a, b, words, more) {
        return add("text", Object.assign({ x: px(a), y: py(b), fill: colour("ink") }, more), words);
      },
    };
  }

  // ---- The page -------------------------------------------------------------------------------

  function data(name) {
    const element = document.getElementById(name);
    if (!element) throw new Error(`this page has no data named "${name}": see figures.page_data`);
    return JSON.parse(element.textContent);
  }

  // Build the explorer in each of its places. If that fails, what stood there comes back.
  function mount(name, build) {
    document.querySelectorAll(`[data-explorer="${name}"] > .explorer-stage`).forEach(function (stage) {
      const fallback = Array.from(stage.childNodes);
      stage.replaceChildren();
      try {
        build(stage);
        stage.parentElement.dataset.ready = "true";
      } catch (error) {
        stage.replaceChildren.apply(stage, fallback);
        throw error;
      }
    });
  }

  // An explorer with `:beside:` stands beside its section's text where there is room, and stays in sight while
  // the named passages go by; `onPassage` gets the name of the one that is being read, "" before and after.
  const wide = window.matchMedia("(min-width: 1400px)");

  function beside(stage, onPassage) {
    const place = stage.parentElement;
    const passages = (place.dataset.beside || "").split(" ").map(function (id) {
      return document.getElementById(id);
    }).filter(Boolean);
    if (!passages.length || !window.IntersectionObserver) return;
    const section = place.parentElement;
    const others = Array.from(section.children).filter(function (child) { return child !== place; });
    section.classList.add("kit-beside");
    place.style.gridRow = `1 / ${others.indexOf(passages[passages.length - 1]) + 2}`;
    others.slice(others.indexOf(passages[passages.length - 1]) + 1).forEach(function (after) {
      after.classList.add("kit-after");
    });
    passages[passages.length - 1].classList.add("kit-last");
    const read = new Set();
    const observer = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (entry.isIntersecting) read.add(entry.target);
        else read.delete(entry.target);
      });
      if (!wide.matches) return;
      const now = passages.find(function (passage) { return read.has(passage); });
      onPassage(now ? now.id : "");
    }, { rootMargin: "-35% 0px -60% 0px" });
    passages.forEach(function (passage) { observer.observe(passage); });
  }

  window.Kit = {
    html: html, svg: svg, picture: picture, ink: ink, group: group, range: range, select: select,
    checkbox: checkbox, textbox: textbox, button: button, movable: movable, player: player, voice: voice,
    number: number, scale: scale, ticks: ticks, colour: colour, plot: plot, data: data,
    mount: mount, beside: beside,
    get still() { return window.drawsStill === true; }, // drawn while the book is built, for readers without scripts
    get calm() { return motion.matches; },
  };
})();
