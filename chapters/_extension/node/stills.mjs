// Explorers as they stand before anybody has touched them, for readers without scripts. Standard input has
// {kit, explorers}: the file of kit.js, and for each explorer {name, script, data}, data by id as the page has it.
// It writes a JSON list of HTML: the drawing that each one opens on, with its words, and nothing to press.
import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";
import { Window } from "happy-dom";

const FOR_HANDS = ".kit-controls, .kit-control, details, style, [tabindex='-1']";
const LENGTHS = ["cx", "cy", "d", "height", "points", "r", "rx", "width", "x", "x1", "x2", "y", "y1", "y2"];
const PATIENCE = 400; // milliseconds: an explorer speaks when the hand rests

const LONG = /-?\d+\.\d{2,}(e-?\d+)?/g;

const { kit, explorers } = JSON.parse(readFileSync(0, "utf8"));

function stage({ name, data }) {
  const window = new Window({ url: "https://book.invalid/" });
  const { document } = window;
  Object.entries(data).forEach(([id, text]) => {
    const script = document.createElement("script");
    script.id = id;
    script.type = "application/json";
    script.textContent = text;
    document.body.append(script);
  });
  const place = document.createElement("div");
  place.dataset.explorer = name;
  place.innerHTML = '<div class="explorer-stage"></div>';
  document.body.append(place);
  window.matchMedia = (query) => ({ matches: query.includes("reduced-motion"), addEventListener() {} });
  window.drawsStill = true;
  return window;
}

// Buttons that are part of the picture stay as words; what only a hand needs goes.
function still(window) {
  const { document } = window;
  const drawn = document.querySelector(".explorer-stage");
  drawn.querySelectorAll(FOR_HANDS).forEach((element) => element.remove());
  drawn.querySelectorAll("button").forEach((button) => {
    const word = document.createElement("span");
    word.className = button.className;
    word.append(...button.childNodes);
    if (button.getAttribute("aria-pressed") === "true") word.setAttribute("data-pressed", "true");
    button.replaceWith(word);
  });
  drawn.querySelectorAll("*").forEach((element) => {
    ["tabindex", "aria-live", "id"].forEach((name) => element.removeAttribute(name));
    if (element.getAttribute("role") === "application") element.setAttribute("role", "img");
    if (element.getAttribute("role") === "status") element.removeAttribute("role");
    element.removeAttribute("aria-roledescription");
    LENGTHS.filter((name) => element.hasAttribute(name)).forEach((name) => {
      element.setAttribute(name, element.getAttribute(name).replace(LONG, (digits) => String(Number(Number(digits).toFixed(1)))));
    });
  });
  return drawn.innerHTML;
}

const found = [];
for (const explorer of explorers) {
  const window = stage(explorer);
  Object.assign(globalThis, { window, document: window.document });
  runInThisContext(readFileSync(kit, "utf8"), { filename: kit });
  globalThis.Kit = window.Kit;
  runInThisContext(readFileSync(explorer.script, "utf8"), { filename: explorer.script });
  await new Promise((resolve) => setTimeout(resolve, PATIENCE));
  found.push(still(window));
  await window.happyDOM.close();
}
process.stdout.write(JSON.stringify(found), () => process.exit());
