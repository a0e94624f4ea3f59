/* Facts are saved one by one, and each answer brings the fields anew: what is being typed meanwhile must not be lost.
   A question of the advice opens the fold of its field. */
(() => {
  "use strict";
  const BODY = "findings-body";
  const body = document.getElementById(BODY);
  // What is chosen here is saved at once: leaving the page by Esc loses nothing and need not be warned of.
  if (body) body.addEventListener("input", (event) => event.stopPropagation());
  const unfold = (place) => {
    for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  };
  let held = null; // where the person is, and what stands there unsaved
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const field = document.activeElement;
    held = null;
    if (detail.target.id !== BODY || !field || !field.id || !detail.target.contains(field)) return;
    held = { id: field.id };
    if (field.matches("input.form-control, textarea") && field.value !== field.defaultValue) {
      held.typed = field.value;
      held.at = field.selectionStart;
    }
  });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const field = held && detail.target.id === BODY && document.getElementById(held.id);
    if (!field) return;
    unfold(field);
    // Only a focus that the swap took away is given back: who has moved on meanwhile is not called back.
    if (document.activeElement === document.body) field.focus({ preventScroll: true });
    if (held.typed !== undefined && field.value !== held.typed) {
      field.value = held.typed;
      field.setSelectionRange(held.at, held.at);
      field.dataset.typed = "1";
    }
    held = null;
  });
  document.addEventListener("change", ({ target }) => { delete target.dataset.typed; });
  document.addEventListener("focusout", ({ target }) => {
    if (target.dataset && target.dataset.typed) target.dispatchEvent(new Event("change", { bubbles: true }));
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-finding]");
    const place = link && document.getElementById(`finding-${link.dataset.finding}`);
    if (!place) return;
    event.preventDefault();
    unfold(place);
    place.scrollIntoView({ block: "center" });
    (place.querySelector("select, textarea, input:not([type=hidden])") || place).focus({ preventScroll: true });
  });
})();
