/* A line of the problem analysis that the server refuses stands there again with what is wrong beside its field;
   the list of sections shows where one reads, and on a phone it folds when a section was chosen. */
(() => {
  "use strict";
  const isLine = (node) => Boolean(node && node.closest && node.closest("[data-problem]"));
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig } = event.detail;
    if (!isLine(requestConfig.elt) || xhr.status !== 422 || !xhr.responseText.trim().startsWith("<")) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
    event.detail.swapOverride = "outerHTML";
  });
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    const state = isLine(detail.elt) && detail.elt.querySelector(".line-state");
    if (state) state.textContent = "Сохраняется…";
  });
  /* a line that is saved after all has nothing wrong any more */
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (!detail.successful || !isLine(detail.elt)) return;
    detail.elt.querySelectorAll(".field-errors").forEach((node) => node.remove());
    detail.elt.querySelectorAll("[aria-invalid]").forEach((node) => { node.removeAttribute("aria-invalid"); node.classList.remove("is-invalid"); });
    detail.elt.querySelectorAll(".has-error").forEach((node) => node.classList.remove("has-error"));
  });
  const links = [...document.querySelectorAll(".part-list a")];
  const mark = (id) => links.forEach((link) => link.hash === `#${id}` ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current"));
  const watch = new IntersectionObserver((seen) => {
    const first = seen.filter((one) => one.isIntersecting).pop();
    if (first) mark(first.target.id);
  }, { rootMargin: "-20% 0px -75% 0px" });
  document.querySelectorAll(".part").forEach((part) => watch.observe(part));
  document.addEventListener("click", ({ target }) => {
    const fold = target.closest && target.closest(".part-list a") && target.closest("[data-jump]");
    if (fold) fold.open = false;
  });
})();
