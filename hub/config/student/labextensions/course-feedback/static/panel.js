// The panel beside the notebook: what became of the attempt, function by function.

import { harmless } from "./page.js";

export function makePanel({ Widget, checkIcon }, { goTo, openPage, leave }) {
  const status = element("p", { role: "status", className: "course-feedback-status" });
  const heading = element("h2", { id: "course-feedback-heading", tabIndex: -1 }, "Check my work");
  const content = element("div", {});
  const node = element("div", { className: "course-feedback" }, heading, status, content);
  node.setAttribute("role", "region");
  node.setAttribute("aria-labelledby", heading.id);
  status.textContent =
    "Choose “Check my work” in the toolbar of an assignment's notebook: it is saved and handed in, and its" +
    " feedback appears here.";

  node.addEventListener("keydown", (event) => event.key === "Escape" && leave());

  const widget = new Widget({ node });
  widget.id = "course-feedback";
  widget.title.icon = checkIcon;
  widget.title.caption = "Check my work";

  const wayTo = (cell, inside) => {
    const button = element("button", { type: "button", className: "course-feedback-way" }, ...inside);
    button.onclick = () => goTo(cell);
    return button;
  };
  const paragraph = (source) => {
    const kept = element("p", {});
    kept.append(...[...source.childNodes].map((child) => harmless(child, wayTo)));
    return kept;
  };

  // Whether what is shown is of an earlier attempt.
  const earlier = (is) => {
    content.classList.toggle("course-feedback-earlier", is);
    if (is && content.firstChild && !content.querySelector(".course-feedback-label")) {
      content.prepend(element("p", { className: "course-feedback-label" }, "From an earlier attempt:"));
    }
  };

  const item = (result) => {
    const name = element("code", {}, result.name);
    const mark = element("span", { className: "course-feedback-mark" }, result.mark);
    mark.setAttribute("aria-hidden", "true");
    return element(
      "li",
      {},
      element("div", { className: "course-feedback-line" },
        mark,
        result.cell ? wayTo(result.cell, [name]) : name,
        element("span", {}, result.state),
        element("span", { className: "course-feedback-points" }, result.points),
      ),
      ...result.sentences.map(paragraph),
    );
  };

  let checked = ""; // the assignment whose results are shown, or were asked for last

  return {
    widget,
    // What is going on; a screen reader says it.
    say(text) {
      status.textContent = text;
    },
    // Make ready for an attempt at `assignment`, and take the focus; what an earlier one gave stays until then.
    begin(assignment) {
      heading.replaceChildren("Check my work: ", element("code", {}, assignment));
      if (assignment !== checked) content.replaceChildren();
      checked = assignment;
      earlier(true);
      requestAnimationFrame(() => heading.focus()); // by then the panel is shown
    },
    show(page, path) {
      if (!page.results.length && content.querySelector("ol")) return; // a word; the status has it
      const whole = element("button", { type: "button", className: "jp-mod-styled" }, "Open the whole feedback");
      whole.onclick = () => openPage(path);
      const list = element("ol", {}, ...page.results.map(item));
      list.setAttribute("aria-label", "Results");
      const notes = page.notes.flatMap((note) => (note.localName === "p" ? [note] : [...note.querySelectorAll("p")]));
      content.replaceChildren(...notes.map(paragraph), ...(page.results.length ? [list] : []), whole);
      earlier(false);
    },
  };
}

export function element(name, fields, ...inside) {
  const made = Object.assign(document.createElement(name), fields);
  if (fields.role) made.setAttribute("role", fields.role);
  made.append(...inside);
  return made;
}
