/* After an offer of the catalogue was put into a section, its box shows the new text: the work sheet asks for it. */
(() => {
  "use strict";
  document.addEventListener("conclusion:taken", (event) => {
    const area = document.querySelector(`[data-section="${CSS.escape(event.detail.section)}"] [data-section-text]`);
    if (area) area.dispatchEvent(new Event("focus")); // the box asks anew; the keyboard stays where it is
  });
})();
