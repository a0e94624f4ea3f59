/* Keys, rows, dates, files: what makes plain pages quick. Without this file every page still works. */
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("has-script");
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  const say = (text, kind = "error") => {
    const box = one("#notes");
    if (!box) return;
    const note = document.createElement("p");
    note.className = `note is-${kind}`;
    note.textContent = text;
    box.replaceChildren(note);
    window.scrollTo({ top: 0 });
  };

  /* rows: j, k, Enter and a click anywhere on the row */
  let here = -1;
  const rows = () => all("[data-rows] :is([data-href], [data-row])");
  const step = (by) => {
    const found = rows();
    if (!found.length) return;
    found.forEach((row) => row.classList.remove("is-here"));
    const focused = found.findIndex((row) => row.contains(document.activeElement));
    if (focused >= 0) here = focused;
    here = Math.max(0, Math.min(found.length - 1, here + by));
    const row = found[here];
    row.classList.add("is-here");
    row.scrollIntoView({ block: "nearest" });
    (one("[data-row-main]", row) || one("a", row) || row).focus({ preventScroll: true });
  };
  document.addEventListener("click", (event) => {
    const row = event.target.closest("[data-href]");
    if (!row || event.target.closest("a, button, input, select, textarea, label, summary") || String(getSelection())) return;
    if (event.ctrlKey || event.metaKey) window.open(row.dataset.href, "_blank", "noopener");
    else location.assign(row.dataset.href);
  });

  /* keys, by place on the keyboard, so that they work in the Russian layout too */
  const typing = (target) => target.matches("input:not([type=checkbox], [type=radio], [type=submit]), textarea, select, [contenteditable]");
  const mainAction = (target) => {
    const form = target.closest("form");
    const button = (form && one("[data-main]", form)) || one("[data-main]");
    if (button && !button.disabled) button.click();
  };
  const showKeys = () => {
    const dialog = one("#keys-dialog");
    if (dialog && !dialog.open) dialog.showModal();
  };
  let typed = false; // Esc never throws away a form that somebody began to fill
  document.addEventListener("input", ({ target }) => {
    if (target.form && target.form.method === "post" && !target.form.hasAttribute("data-section-form")) typed = true;
  });
  const leave = (target) => {
    const open = one("details[data-menu][open]");
    if (open) { open.open = false; one("summary", open).focus(); return; }
    if (typing(target)) { target.blur(); return; }
    if (typed) { say("Набранное ещё не сохранено. Сохраните его или нажмите «Не сохранять».", "warning"); return; }
    const back = one("[data-back]") || one(".crumb a");
    if (back) back.click();
  };
  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target : document.body;
    if (event.isComposing || one("dialog[open]")) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); mainAction(target); return; }
    if (event.key === "Escape") { if (typing(target)) event.preventDefault(); leave(target); return; }
    if (typing(target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "?" || (event.shiftKey && (event.code === "Slash" || event.code === "Digit7") && event.key !== "/" && event.key !== "&")) { event.preventDefault(); showKeys(); return; }
    if (event.key === "/" || (event.code === "Slash" && !event.shiftKey)) {
      const search = one("[data-search]");
      if (search) { event.preventDefault(); search.focus(); search.select(); }
    } else if (event.code === "KeyN" && !event.shiftKey) { const link = one("[data-new]"); if (link) { event.preventDefault(); link.click(); } }
    else if (event.code === "KeyJ") { event.preventDefault(); step(1); }
    else if (event.code === "KeyK") { event.preventDefault(); step(-1); }
    else if (event.key === "Enter" && target === document.body && here >= 0) { const row = rows()[here]; if (row) location.assign(row.dataset.href); }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("a[data-keys]")) { event.preventDefault(); showKeys(); }
    all("details[data-menu][open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });

  /* a date typed as 210526 becomes 21.05.2026 */
  const asDate = (typed) => {
    const digits = typed.trim().match(/^(\d{1,2})[.,/ -]?(\d{2})[.,/ -]?(\d{4}|\d{2})$/);
    if (!digits) return typed;
    const birth = Number(digits[3]) > (new Date().getFullYear() % 100) + 20 ? "19" : "20";
    const year = digits[3].length === 2 ? birth + digits[3] : digits[3];
    return `${digits[1].padStart(2, "0")}.${digits[2]}.${year}`;
  };
  document.addEventListener("change", (event) => {
    if (event.target.matches("input[data-date]")) event.target.value = asDate(event.target.value);
  });
  document.addEventListener("submit", (event) => {
    all("input[data-date]", event.target).forEach((input) => { input.value = asDate(input.value); });
  }, true);

  /* a form is sent once; the server is guarded by form_key as well */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-section-form")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    setTimeout(() => all("button:not([type=button])", form).forEach((button) => button.setAttribute("aria-disabled", "true")));
    setTimeout(() => { delete form.dataset.sent; all("button", form).forEach((button) => button.removeAttribute("aria-disabled")); }, 8000);
  });
  window.addEventListener("pageshow", () => all("form").forEach((form) => {
    delete form.dataset.sent;
    all("button[aria-disabled]", form).forEach((button) => button.removeAttribute("aria-disabled"));
  }));

  /* small things with a button */
  const copy = async (button) => {
    const source = one(button.dataset.copy);
    if (!source) return;
    const text = "value" in source ? source.value : source.innerText;
    const was = button.textContent;
    try { await navigator.clipboard.writeText(text); button.textContent = "Скопировано"; }
    catch { getSelection().selectAllChildren(source); button.textContent = "Выделено: нажмите Ctrl+C"; }
    setTimeout(() => { button.textContent = was; }, 2500);
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.copy) copy(button);
    if (button.hasAttribute("data-print")) window.print();
    if (button.dataset.reveal) {
      const input = document.getElementById(button.dataset.reveal);
      const shown = input.type === "text";
      input.type = shown ? "password" : "text";
      button.textContent = shown ? "Показать" : "Скрыть";
      button.setAttribute("aria-pressed", String(!shown));
      input.focus();
    }
  });

  /* files dropped onto an upload form: <form data-drop> with one file input */
  const dropped = (event) => event.target.closest && event.target.closest("[data-drop]");
  ["dragenter", "dragover"].forEach((name) => document.addEventListener(name, (event) => {
    const zone = dropped(event);
    if (zone) { event.preventDefault(); zone.classList.add("is-over"); }
  }));
  ["dragleave", "drop"].forEach((name) => document.addEventListener(name, (event) => {
    const zone = dropped(event);
    if (zone && !(name === "dragleave" && zone.contains(event.relatedTarget))) zone.classList.remove("is-over");
  }));
  const named = (input) => {
    const list = input.form && one("[data-file-names]", input.form);
    if (list) list.textContent = [...input.files].map((file) => file.name).join(", ");
    const limit = Number(input.dataset.limit || 0);
    const big = limit && [...input.files].find((file) => file.size > limit);
    if (big) { say(`Файл «${big.name}» больше ${Math.round(limit / 1048576)} МБ. Уменьшите его или разделите.`); input.value = ""; return false; }
    return input.files.length > 0;
  };
  document.addEventListener("drop", (event) => {
    const zone = dropped(event);
    const input = zone && one("input[type=file]", zone);
    if (!input || !event.dataTransfer.files.length) return;
    event.preventDefault();
    input.files = event.dataTransfer.files;
    if (named(input) && input.form && zone.hasAttribute("data-drop-send")) input.form.requestSubmit();
  });
  document.addEventListener("change", (event) => { if (event.target.matches("input[type=file]")) named(event.target); });

  /* text areas grow with their text */
  const grow = (area) => { area.style.height = "auto"; area.style.height = `${area.scrollHeight + 2}px`; };
  const growAll = () => all("textarea[data-autosize]").forEach(grow);
  if (!CSS.supports("field-sizing", "content")) {
    document.addEventListener("input", (event) => { if (event.target.matches("textarea[data-autosize]")) grow(event.target); });
    window.addEventListener("load", growAll);
  }

  /* drafts of another person on this computer are removed; the sign-out page removes one's own */
  const user = root.dataset.user;
  const forget = (keep) => {
    try {
      Object.keys(localStorage).filter((key) => key.startsWith("opora:draft:") && !keep(key)).forEach((key) => localStorage.removeItem(key));
    } catch { /* storage is switched off: there are no drafts */ }
  };
  if (user) forget((key) => key.startsWith(`opora:draft:${user}:`));
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-sign-out]") && !event.defaultPrevented) forget(() => false);
  });

  /* htmx: refusals are said aloud, a fresh list starts from its first row */
  document.addEventListener("htmx:responseError", (event) => {
    const { status, responseText } = event.detail.xhr;
    if (status === 401) location.reload();
    else say(responseText && !responseText.startsWith("<") ? responseText : "Не получилось. Повторите ещё раз.");
  });
  document.addEventListener("htmx:sendError", () => say("Нет связи с сервером."));
  document.addEventListener("htmx:afterSwap", () => { here = -1; });

  const current = one(".menu a[aria-current]");
  if (current && matchMedia("(max-width: 70rem)").matches) current.scrollIntoView({ block: "nearest", inline: "center" });
  const summary = one("[data-error-summary]");
  if (summary) summary.focus();
})();
