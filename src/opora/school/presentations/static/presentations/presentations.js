/* Ticked wordings: what is typed is saved first, then the server puts the sentence in and the text is shown anew. */
(() => {
  "use strict";
  const SAVED_WITHIN = 4000, STEP = 60;
  const pause = (wait) => new Promise((done) => { setTimeout(done, wait); });

  const settled = async (block) => {
    const area = block.querySelector("[data-section-text]");
    const state = block.querySelector("[data-section-state]");
    area.dispatchEvent(new Event("blur")); // the work sheet saves what is typed
    for (let waited = 0; waited < SAVED_WITHIN && ["typing", "saving"].includes(state.dataset.state); waited += STEP) await pause(STEP);
    return !["typing", "saving", "offline", "conflict", "refused"].includes(state.dataset.state);
  };

  const send = async (block, form) => {
    const said = form.querySelector("[data-choices-said]");
    if (!(await settled(block))) { said.textContent = "Сначала сохранится текст ниже, потом отметьте ещё раз."; return; }
    let response;
    try {
      response = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "X-Requested-With": "fetch" }, credentials: "same-origin", redirect: "manual" });
    } catch { said.textContent = "Нет связи: отметка не сохранена."; return; }
    if (response.status !== 200) {
      const text = response.status === 422 ? await response.text() : "Отметка не сохранена. Обновите страницу.";
      said.textContent = text.length < 400 ? text : "Отметка не сохранена.";
      return;
    }
    said.textContent = "";
    const { chosen } = await response.json();
    form.querySelectorAll("input[name=chosen]").forEach((box) => { box.checked = chosen.includes(box.value); });
    const area = block.querySelector("[data-section-text]");
    area.dispatchEvent(new Event("focus")); // the work sheet asks for the newer text
    area.dispatchEvent(new CustomEvent("worksheet:saved", { bubbles: true }));
  };

  document.querySelectorAll("[data-presentation-section]").forEach((block) => {
    const form = block.querySelector("[data-choices]");
    const area = block.querySelector("[data-section-text]");
    const carried = block.querySelector("[data-carried]");
    if (carried && area) area.addEventListener("worksheet:saved", () => carried.remove());
    if (!form || !area) return;
    let queue = Promise.resolve();
    form.addEventListener("change", (event) => {
      const one = event.target.closest("[data-one]");
      if (one && event.target.checked) one.querySelectorAll("input").forEach((box) => { if (box !== event.target) box.checked = false; });
      queue = queue.then(() => send(block, form));
    });
    form.addEventListener("submit", (event) => { event.preventDefault(); queue = queue.then(() => send(block, form)); });
  });

  /* parts of the sheet: how much of each is written; on a phone all but the first unfinished one are folded */
  const runs = [...document.querySelectorAll("[data-presentation-run]")].filter((run) => run.querySelector("[data-section-text]"));
  const areas = (run) => [...run.querySelectorAll("[data-section-text]")];
  const written = (run) => areas(run).filter((area) => area.value.trim()).length;
  const count = (run) => { run.querySelector("[data-run-count]").textContent = `заполнено ${written(run)} из ${areas(run).length}`; };
  runs.forEach((run) => { count(run); run.addEventListener("input", () => count(run)); run.addEventListener("worksheet:saved", () => count(run)); });
  const fold = () => {
    if (!runs.length || location.hash || !matchMedia("(max-width: 40rem)").matches) return;
    const first = runs.find((run) => written(run) < areas(run).length) || runs[0];
    runs.forEach((run) => { run.open = run === first; });
    document.querySelectorAll(".presentation-choices").forEach((box, place) => { box.open = place === 0; });
  };
  addEventListener("load", fold); // texts have taken their height by then
  addEventListener("hashchange", () => { const run = document.querySelector(`${location.hash || "#none"}`)?.closest("details"); if (run) run.open = true; });
})();
