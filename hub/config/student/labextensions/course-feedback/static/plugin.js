// Check my work: saves the open notebook, hands it in, and shows the feedback beside it.

import { Exchange, Word, isNew, key } from "./exchange.js";
import { makePanel } from "./panel.js";
import { read } from "./page.js";

const COMMAND = "course-feedback:check";
// How often it is asked for feedback: at first as often as the service looks, later seldom, in the end never mind.
const QUICK_MS = 500;
const SLOW_MS = 3_000;
const QUICK_UNTIL_MS = 20_000;
const SLOW_UNTIL_MS = 120_000;
const WATCH_MS = 60_000;

export const plugin = (lab) => ({
  id: "course-feedback:plugin",
  autoStart: true,
  requires: [lab.INotebookTracker],
  optional: [lab.ICommandPalette, lab.IHTMLViewerTracker],
  activate: (app, notebooks, palette, pages) => {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = new URL("style.css", import.meta.url);
    document.head.append(style);

    const feedback = new Feedback(lab, app, notebooks);
    app.commands.addCommand(COMMAND, {
      label: "Check my work",
      caption: "Save this notebook, hand it in, and show its feedback beside it",
      isEnabled: () => isAssignment(notebooks.currentWidget),
      execute: () => feedback.check(notebooks.currentWidget),
    });
    palette?.addItem({ command: COMMAND, category: "Notebook Operations" });
    app.docRegistry.addWidgetExtension("Notebook", {
      createNew: (panel, context) => {
        context.ready.then(() => isAssignment(panel) && addButton(lab, panel, feedback));
      },
    });
    document.addEventListener("click", (event) => feedback.submitFromList(event), true);
    pages?.widgetAdded.connect((_, viewer) => keepLinksInside(viewer));
    feedback.watch();
  },
});

function addButton({ ToolbarButton }, panel, feedback) {
  const button = new ToolbarButton({
    label: "Check my work",
    tooltip: "Save this notebook, hand it in, and show its feedback beside it",
    onClick: () => feedback.check(panel),
  });
  panel.toolbar.insertItem(10, "course-feedback", button);
}

const gradeId = (cell) => cell.getMetadata("nbgrader")?.grade_id;

const isAssignment = (panel) =>
  Boolean(panel?.context.isReady && [...panel.context.model.cells].some((cell) => gradeId(cell)));

class Feedback {
  constructor(lab, app, notebooks) {
    this.lab = lab;
    this.app = app;
    this.notebooks = notebooks;
    this.exchange = new Exchange(lab, app.serviceManager);
    this.panel = makePanel(lab, {
      goTo: (cell) => this.goTo(cell),
      openPage: (path) => this.open(path),
      leave: () => this.checked?.content.activate(),
    });
    this.busy = false;
    this.checked = null; // the notebook's panel
    this.told = new Set(); // of which new feedback the student has been told
    app.shell.add(this.panel.widget, "right", { rank: 100 });
  }

  // Save, hand in, wait for the feedback, show it.
  async check(notebook) {
    if (this.busy) return;
    this.busy = true;
    this.checked = notebook;
    try {
      this.app.shell.activateById(this.panel.widget.id);
      this.panel.begin(notebook.context.path.split("/").at(-1).replace(/\.ipynb$/, ""));
      this.panel.say("Saving and handing in …");
      await notebook.context.save();
      const assignment = await this.exchange.assignmentOf(notebook.context.path);
      await this.answer(await this.exchange.handIn(assignment));
    } catch (error) {
      this.panel.say(word(error));
    } finally {
      this.busy = false;
    }
  }

  async answer(attempt) {
    // true also after the deadline, when this one may be late
    const handedIn = `Handed in at ${new Date().toLocaleTimeString()}. Your last submission in time counts.`;
    this.panel.say(`${handedIn} The feedback takes some seconds.`);
    const start = Date.now();
    let told = false;
    while (Date.now() - start < SLOW_UNTIL_MS) {
      const waited = Date.now() - start;
      if (waited > QUICK_UNTIL_MS && !told) {
        told = true;
        this.panel.say(
          `${handedIn} There is no feedback yet. Many may be handing in at this moment, or your course gives` +
            " none on this assignment before the instructor has graded it. You can go on working: you are told" +
            " when it is there.",
        );
      }
      const now = await this.exchange.again(attempt);
      if (isNew(now)) {
        await this.show(now, handedIn);
        return;
      }
      await sleep(waited < QUICK_UNTIL_MS ? QUICK_MS : SLOW_MS);
    }
  }

  async show(attempt, handedIn) {
    const { path, text } = await this.exchange.fetch(attempt);
    const page = read(text);
    this.panel.show(page, path);
    const result = page.results.length ? `${page.summary}.` : `${page.title}. ${page.summary}`;
    this.panel.say(`${result} ${handedIn}`);
  }

  // nbgrader's own button takes what lies on the disk, and says nothing: save first, and say that it worked.
  async submitFromList(event) {
    const button = event.target.closest?.("#fetched_assignments_list .list_item button");
    if (button?.textContent !== "Submit") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const name = button.closest(".list_item").querySelector(".item_name").textContent;
    button.disabled = true;
    try {
      const listed = await this.exchange.list();
      const assignment = listed.find((one) => one.status === "fetched" && one.assignment_id === name);
      await this.saveAll(`${assignment.path}/`);
      await this.exchange.handIn(assignment);
      this.lab.Notification.success(
        `${name} was handed in at ${new Date().toLocaleTimeString()}. You are told when there is feedback.`,
        { autoClose: 10_000 },
      );
      document.getElementById("refresh_assignments_list")?.click();
      this.lookSoon();
    } catch (error) {
      this.lab.Notification.error(`${name} was not handed in. ${word(error)}`, { autoClose: false });
    } finally {
      button.disabled = false;
    }
  }

  async saveAll(folder) {
    const unsaved = this.notebooks.filter(
      ({ context }) => context.path.startsWith(folder) && context.model.dirty,
    );
    await Promise.all(unsaved.map(({ context }) => context.save()));
  }

  // A student who works on is told when there is feedback, whoever gave it.
  watch() {
    const look = async () => {
      if (!document.hidden && !this.busy) await this.tell();
    };
    look();
    setInterval(look, WATCH_MS);
  }

  async lookSoon() {
    for (let waited = 0; waited < WATCH_MS; waited += SLOW_MS) {
      await sleep(SLOW_MS);
      if (await this.tell()) return;
    }
  }

  // Tell of what is new; whether anything is.
  async tell() {
    let attempts = [];
    try {
      attempts = (await this.exchange.attempts()).filter(isNew);
    } catch {
      return false; // the hub is restarted, or this is none: whoever asks is told
    }
    const untold = attempts.filter((attempt) => !this.told.has(key(attempt)));
    this.told = new Set(attempts.map(key)); // what was fetched is no news any more, until it changes
    for (const attempt of untold) {
      const open = async () => this.open((await this.exchange.fetch(attempt)).path);
      this.lab.Notification.info(`There is feedback on ${attempt.assignment_id}.`, {
        autoClose: false,
        actions: [{ label: "Open", caption: "Open the feedback", callback: open }],
      });
    }
    return untold.length > 0;
  }

  async open(path) {
    await this.app.commands.execute("docmanager:open", {
      path,
      factory: "HTML Viewer",
      options: { mode: "tab-after" },
    });
  }

  // Bring the cell of this name in the checked notebook to the front.
  async goTo(cell) {
    if (!this.checked || this.checked.isDisposed) return;
    this.app.shell.activateById(this.checked.id);
    const { content } = this.checked;
    const cells = [...this.checked.context.model.cells];
    const index = cells.findIndex((one) => gradeId(one) === cell);
    if (index < 0) return;
    content.activeCellIndex = index;
    await content.scrollToItem(index, "smart");
    content.activate();
  }
}

// JupyterLab gives a page a base address, so that links inside it would load it from the server, into a frame that
// the hub refuses: they scroll instead.
function keepLinksInside(viewer) {
  const frame = viewer.content.node.querySelector("iframe");
  const follow = () =>
    frame.contentDocument?.addEventListener("click", (event) => {
      const href = event.target.closest?.("a")?.getAttribute("href");
      if (!href?.startsWith("#")) return;
      event.preventDefault();
      frame.contentWindow.location.hash = href;
    });
  frame.addEventListener("load", follow);
  follow();
}

const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

function word(error) {
  if (error instanceof Word) return error.message;
  console.error(error);
  return `That did not work: ${error.message}`;
}
