/* Rows of the plan: what the server refuses stands beside its field, a saved row keeps the cursor where it is. */
(() => {
  "use strict";
  const isPlan = (node) => Boolean(node && node.closest && node.closest("[data-plan-form], [data-plan-deed]"));
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig } = event.detail;
    if (!isPlan(requestConfig.elt) || ![409, 422].includes(xhr.status) || !xhr.responseText.trim().startsWith("<")) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
    event.detail.swapOverride = "outerHTML";
  });
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    const state = detail.elt.querySelector && detail.elt.querySelector(".line-state");
    if (state) state.textContent = "Сохраняется…";
  });
  /* Enter in a line saves it and stays; in a text of several lines Shift+Enter breaks the line */
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const area = event.target.closest && event.target.closest("[data-plan-form] textarea");
    if (!area) return;
    event.preventDefault();
    area.form.requestSubmit();
  });
  /* the checks are drawn anew after each save: open ones stay open */
  let checksOpen = false;
  document.addEventListener("toggle", ({ target }) => { if (target.id === "checks") checksOpen = target.open; }, true);
  for (const name of ["htmx:afterSwap", "htmx:oobAfterSwap"]) {
    document.addEventListener(name, () => {
      const checks = document.getElementById("checks");
      if (checks && checksOpen) checks.open = true;
    });
  }
  /* after a reason was typed the row that waited for it is saved by its next change */
  document.addEventListener("change", (event) => {
    if (event.target.id === "change-reason") document.querySelectorAll(".line:has(.field-errors)").forEach((form) => form.requestSubmit());
  });
})();
