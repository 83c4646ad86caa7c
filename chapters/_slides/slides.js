// Turning slides by keyboard, and the colours of explorers. Without this script the deck is a page to
// scroll through. It runs before theirs.
(function () {
  "use strict";

  // Explorers ask which of the book's two themes is on; paper is light.
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  function theme(printing) {
    document.documentElement.dataset.theme = dark.matches && !printing ? "dark" : "light";
  }
  theme(false);
  dark.addEventListener("change", function () { theme(false); });
  window.addEventListener("beforeprint", function () { theme(true); });
  window.addEventListener("afterprint", function () { theme(false); });

  const slides = Array.from(document.querySelectorAll(".slide"));

  // The slide that fills most of the window.
  function current() {
    const middle = window.innerHeight / 2;
    const index = slides.findIndex(function (slide) {
      return slide.getBoundingClientRect().bottom > middle;
    });
    return index < 0 ? slides.length - 1 : index;
  }

  function show(index) {
    const slide = slides[Math.max(0, Math.min(index, slides.length - 1))];
    slide.scrollIntoView({ behavior: "instant", block: "start" });
    // So that a screen reader reads on from here; the address brings one back after a reload.
    slide.tabIndex = -1;
    slide.focus({ preventScroll: true });
    history.replaceState(null, "", "#" + slide.id);
  }

  const TURNS = {
    ArrowRight: function () { return current() + 1; },
    PageDown: function () { return current() + 1; },
    " ": function (event) { return current() + (event.shiftKey ? -1 : 1); },
    ArrowLeft: function () { return current() - 1; },
    PageUp: function () { return current() - 1; },
    Home: function () { return 0; },
    End: function () { return slides.length - 1; },
  };

  // An explorer is made smaller until its slide fits the screen, and scrolls where that would be too small.
  const SMALLEST = 0.55;
  function fit() {
    document.querySelectorAll(".slide .explorer").forEach(function (explorer) {
      explorer.style.zoom = 1;
      const over = explorer.closest(".slide").offsetHeight - window.innerHeight;
      if (over <= 0 || window.innerWidth <= 600) return;
      const height = explorer.offsetHeight;
      explorer.style.zoom = Math.max(SMALLEST, (height - over) / height);
    });
  }
  window.addEventListener("load", fit);
  window.addEventListener("resize", fit);

  // Out of an explorer, back to the slide.
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && event.target.closest(".explorer")) show(current());
  });

  document.addEventListener("keydown", function (event) {
    const turn = TURNS[event.key];
    if (!turn || event.ctrlKey || event.altKey || event.metaKey) return;
    // A button of an explorer has no use for Home and End, by which the deck would scroll away.
    if (event.target.closest(".explorer button") && event.key !== " ") event.preventDefault();
    // A wide formula or table scrolls by the same keys; a link and an explorer answer to them.
    if (event.target.closest("[tabindex='0'], a, .explorer")) return;
    event.preventDefault();
    show(turn(event));
  });
})();
