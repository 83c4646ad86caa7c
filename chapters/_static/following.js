// Where the reader is stays in sight: in the contents on the right while the page scrolls, and in the
// list of chapters on the left once the page is there.
(function () {
  "use strict";

  // Scrolls the box and never the page, which scrollIntoView would.
  function bringIntoSight(box, link) {
    const frame = box.getBoundingClientRect();
    const place = link.getBoundingClientRect();
    if (place.top < frame.top) box.scrollTop += place.top - frame.top - frame.height / 3;
    if (place.bottom > frame.bottom) box.scrollTop += place.bottom - frame.bottom + frame.height / 3;
  }

  const contents = document.querySelector(".bd-sidebar-secondary");
  if (contents) {
    new MutationObserver(function () {
      const links = contents.querySelectorAll(".nav-link.active");
      if (links.length) bringIntoSight(contents, links[links.length - 1]);
    }).observe(contents, { attributeFilter: ["class"], subtree: true });
  }

  const chapters = document.querySelector(".bd-sidebar-primary .sidebar-primary-item:has(.bd-links)");
  const here = chapters && chapters.querySelector(".current.active > a");
  if (here) bringIntoSight(chapters, here);
})();
