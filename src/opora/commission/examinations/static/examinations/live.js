/* Parts of a page that are asked for anew: opened details stay open, and a page left alone falls silent, so that the
   session of whoever went away can end. */
(() => {
  "use strict";
  const IDLE = 10 * 60 * 1000;
  const opened = new Set();
  let lastActivity = Date.now();
  ["keydown", "pointermove", "touchstart"].forEach((name) => {
    document.addEventListener(name, () => { lastActivity = Date.now(); }, { passive: true });
  });
  const isLive = (node) => Boolean(node && node.hasAttribute && node.hasAttribute("data-live"));
  document.addEventListener("htmx:beforeRequest", (event) => {
    const away = document.visibilityState === "hidden" || Date.now() - lastActivity > IDLE;
    if (isLive(event.detail.elt) && away) event.preventDefault();
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!isLive(event.detail.target)) return;
    opened.clear();
    event.detail.target.querySelectorAll("details[open]").forEach((one) => opened.add(one.id));
  });
  document.addEventListener("htmx:afterSettle", () => {
    opened.forEach((id) => { const one = document.getElementById(id); if (one) one.open = true; });
    opened.clear();
  });
})();
