/* The line of an entry without a mouse: a digit chooses the kind, Enter takes the first name, the cursor goes on. */
(() => {
  "use strict";
  const form = document.querySelector("[data-entry-form]");
  if (!form) return;
  const one = (selector, within = form) => within.querySelector(selector);
  const who = () => one("[data-who]");
  const suggestions = () => [...form.querySelectorAll(".suggestion")];
  const kind = () => (one("[name=work]:checked") || {}).value || "";

  const chosenDay = document.querySelector(".day-mark[aria-current]");
  if (chosenDay) chosenDay.parentElement.parentElement.scrollLeft = chosenDay.parentElement.offsetLeft - 120;
  const named = location.hash && document.getElementById(location.hash.slice(1)); // not every browser focuses it
  if (named && named.form === form) window.addEventListener("load", () => setTimeout(() => named.focus(), 0));

  /* digits in the group of kinds; 0 repeats the last entry */
  one("[data-kinds]").addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !/^[0-9]$/.test(event.key)) return;
    const repeat = one("[data-repeat]");
    if (event.key === "0" && repeat) { event.preventDefault(); location.assign(repeat.href); return; }
    const radio = one(`[data-key="${event.key}"]`);
    if (!radio) return;
    event.preventDefault();
    radio.checked = true;
    radio.dispatchEvent(new Event("input", { bubbles: true }));
    (["education", "methods"].includes(radio.value) ? one("#id_topic") : who()).focus();
  });

  /* names: Enter takes the first, arrows walk */
  let wantsFirst = false, asked = "", answered = ""; // names of fewer letters are never taken for those typed now
  document.addEventListener("htmx:beforeRequest", (event) => { if (event.target === who()) asked = who().value; });
  form.addEventListener("keydown", (event) => {
    const list = suggestions(), at = list.indexOf(document.activeElement);
    if (event.target === who()) {
      if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && who().value.trim()) {
        event.preventDefault();
        if (list.length && answered === who().value) list[0].click(); else wantsFirst = true;
      } else if (event.key === "ArrowDown" && list.length) { event.preventDefault(); list[0].focus(); }
    } else if (at >= 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      (list[at + (event.key === "ArrowDown" ? 1 : -1)] || who()).focus();
    }
  });
  document.addEventListener("htmx:afterSettle", (event) => { // only then the new buttons work
    const target = event.detail.target && event.detail.target.id;
    if (target === "suggested") {
      answered = asked;
      if (wantsFirst && answered === who().value) { wantsFirst = false; if (suggestions().length) suggestions()[0].click(); }
    }
    if (target === "child-lines") {
      who().value = "";
      if (event.detail.requestConfig.path.endsWith("/children/")) (kind() === "group" ? who() : one("#id_topic")).focus();
      form.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });

  /* what did not reach the server stays in this browser, as on work sheets */
  const user = document.documentElement.dataset.user, day = form.dataset.day;
  if (!user || !day) return;
  const key = `opora:draft:${user}:log:${day}`;
  const boxes = () => [...form.querySelectorAll("input[type=text], input:not([type]), textarea")].filter((box) => box.name && box.name !== "who");
  const read = () => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  const forget = () => { try { localStorage.removeItem(key); } catch { /* storage is switched off */ } };
  const keep = () => {
    const texts = Object.fromEntries(boxes().filter((box) => box.value !== box.defaultValue).map((box) => [box.name, box.value]));
    try { if (Object.keys(texts).length) localStorage.setItem(key, JSON.stringify({ kind: kind(), texts })); } catch { /* nothing is kept */ }
  };
  let timer = 0;
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 150); });
  form.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful && event.detail.requestConfig.path.endsWith("/draft/")) forget(); });
  form.addEventListener("submit", () => { clearTimeout(timer); keep(); if (window.htmx) window.htmx.trigger(form, "htmx:abort"); });
  window.addEventListener("pagehide", () => clearTimeout(timer));

  const left = read();
  if (document.querySelector(".note.is-success, [data-error-summary]")) forget();
  else if (left) {
    const radio = one(`[name=work][value="${CSS.escape(left.kind)}"]`);
    if (radio) radio.checked = true;
    boxes().forEach((box) => { if (left.texts[box.name] && !box.value) box.value = left.texts[box.name]; });
    const state = one("#draft-state");
    if (state) state.append("Возвращено набранное, которое не дошло до сервера.");
  }
})();
