/* Work sheets save by section while people type. What the server has not acknowledged stays in this browser. */
(() => {
  "use strict";
  const PAUSE = 800, PING = 8000, IDLE = 5 * 60 * 1000, LONGEST_WAIT = 30000, BEACON_LIMIT = 60000;
  const user = document.documentElement.dataset.user || "";
  const banner = document.getElementById("session-ended");
  const sections = [];
  let lastActivity = Date.now(), signingOut = false;

  const token = () => {
    // read at each request: signing in again in another tab changes it
    const cookie = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]*)/);
    const input = document.querySelector("input[name=csrfmiddlewaretoken]");
    return cookie ? cookie[1] : input ? input.value : "";
  };

  /* drafts */
  const keyOf = (section) => `opora:draft:${user}:${section.id}`;
  const keepDraft = (section) => {
    try {
      const draft = { text: section.area.value, base: section.version, sent: section.sent, at: Date.now() };
      localStorage.setItem(keyOf(section), JSON.stringify(draft));
      section.kept = true;
    } catch { section.kept = false; }
  };
  const readDraft = (section) => {
    try { return JSON.parse(localStorage.getItem(keyOf(section))); } catch { return null; }
  };
  const dropDraft = (section, text) => {
    const draft = readDraft(section);
    if (!draft || draft.text === text) { try { localStorage.removeItem(keyOf(section)); } catch { /* nothing is kept */ } }
  };

  const show = (section, state, text) => {
    section.state.dataset.state = state;
    if (section.state.textContent !== text) section.state.textContent = text;
  };
  const isDirty = (section) => section.area.value !== section.saved;
  const schedule = (section, wait) => {
    clearTimeout(section.timer);
    section.timer = setTimeout(() => save(section), wait);
  };

  const send = (section, fields, options = {}) => {
    const body = new URLSearchParams({ ...fields, version: section.version, typed_by: user });
    const headers = { "X-CSRFToken": token(), "X-Requested-With": "fetch" };
    return fetch(section.url, { method: "POST", body, headers, credentials: "same-origin", redirect: "manual", ...options });
  };

  /* saving */
  const save = (section, options) => {
    if (section.running) return section.running;
    if (section.conflict || !isDirty(section)) return Promise.resolve();
    clearTimeout(section.timer);
    section.running = attempt(section, options).finally(() => {
      section.running = null;
      if (section.again) { section.again = false; schedule(section, 0); }
    });
    return section.running;
  };
  const attempt = async (section, options) => {
    const text = section.area.value;
    clearTimeout(section.keeping);
    section.sent = text;
    keepDraft(section);
    show(section, "saving", "Сохраняется…");
    const fields = { text };
    if (section.settled) fields.settled = "1";
    let response;
    try { response = await send(section, fields, options); } catch { section.lost = text; return later(section, "offline", kept(section, "Нет связи")); }
    if (response.status === 200) return acknowledged(section, text, await response.json());
    if (response.status === 409) return disputed(section, text, await response.json());
    if (response.status === 401 || response.type === "opaqueredirect") return signedOut(section);
    if (response.status === 422 || response.status === 404) return show(section, "refused", await sentence(response));
    if (response.status === 403) return later(section, "refused", await sentence(response));
    section.lost = text;
    return later(section, "offline", kept(section, "Сервер не отвечает"));
  };
  const kept = (section, why) => section.kept ? `${why} — набранное сохранено в этом окне` : `${why}. Не закрывайте окно: набранное не сохранено`;
  const sentence = async (response) => {
    const text = await response.text();
    return text && !text.trimStart().startsWith("<") && text.length < 400 ? text : "Не сохранено";
  };
  const acknowledged = (section, text, answer) => {
    if (banner) banner.hidden = true;
    section.version = answer.version;
    section.saved = text;
    section.settled = false;
    section.wait = 0;
    section.field.value = answer.version;
    if (isDirty(section)) { keepDraft(section); section.again = true; return; }
    dropDraft(section, text);
    show(section, "saved", `Сохранено в ${answer.at}`);
    section.area.dispatchEvent(new CustomEvent("worksheet:saved", { bubbles: true })); // the page may count anew what is left
  };
  const later = (section, state, text) => {
    section.wait = Math.min(LONGEST_WAIT, section.wait ? section.wait * 2 : 2000);
    show(section, state, text);
    schedule(section, section.wait);
  };
  const signedOut = (section) => {
    if (banner) banner.hidden = false;
    section.wait = 2500;
    later(section, "offline", kept(section, "Сеанс закончился"));
  };

  /* two texts of one section */
  const disputed = (section, text, answer) => {
    if (section.lost !== undefined && answer.theirs === section.lost) {
      // our own earlier save arrived, its acknowledgement did not
      section.version = answer.version;
      section.saved = answer.theirs;
      section.lost = undefined;
      section.again = true;
      return;
    }
    section.conflict = { theirs: answer.theirs, version: answer.version };
    show(section, "conflict", "Не сохранено: раздел изменили в другом окне");
    section.panel.innerHTML = answer.html;
    const first = section.panel.querySelector("button");
    if (first && document.activeElement === section.area) section.panel.scrollIntoView({ block: "nearest" });
  };
  const together = (theirs, mine) => {
    const left = theirs.split("\n"), right = mine.split("\n");
    let head = 0, tail = 0;
    const most = Math.min(left.length, right.length);
    while (head < most && left[head] === right[head]) head += 1;
    while (tail < most - head && left[left.length - 1 - tail] === right[right.length - 1 - tail]) tail += 1;
    const middle = [...left.slice(head, left.length - tail), ...right.slice(head, right.length - tail)];
    return [...left.slice(0, head), ...middle, ...left.slice(left.length - tail)].join("\n");
  };
  const settle = async (section, choice) => {
    const { theirs, version } = section.conflict;
    const mine = section.area.value;
    if (choice === "theirs") {
      try {
        const response = await send(section, { text: mine, discard: "1" });
        if (!response.ok) { show(section, "conflict", await sentence(response)); return; }
      } catch { show(section, "conflict", "Нет связи. Повторите чуть позже."); return; }
      section.area.value = theirs;
    } else if (choice === "both") section.area.value = together(theirs, mine);
    section.version = version;
    section.saved = theirs;
    section.settled = choice !== "theirs";
    section.conflict = null;
    section.panel.replaceChildren();
    section.area.dispatchEvent(new Event("input", { bubbles: true }));
    if (choice === "theirs") { dropDraft(section, mine); dropDraft(section, theirs); show(section, "saved", "Взят сохранённый текст; ваш — среди прежних"); }
    else if (choice === "mine") save(section);
    else show(section, "saving", "Оба текста вместе: правьте, сохранится само");
    section.area.focus();
  };

  /* who else is here: asked for the section that is being written in, so that a long sheet stays quiet */
  const inUse = (section) => document.activeElement === section.area || isDirty(section);
  const ping = async (section) => {
    let answer;
    section.present = true;
    try {
      const response = await send(section, { ping: "1" });
      if (response.status === 401) { if (banner) banner.hidden = false; return; }
      if (response.status !== 200) return;
      answer = await response.json();
    } catch { return; }
    const names = answer.others.join(", ");
    section.others.textContent = names ? `Здесь же: ${names}` : "";
    if (answer.text === undefined || answer.version <= section.version) return;
    if (isDirty(section) || section.running || section.conflict) return;
    const { selectionStart, selectionEnd } = section.area;
    section.area.value = answer.text;
    section.saved = answer.text;
    section.version = answer.version;
    section.field.value = answer.version;
    if (document.activeElement === section.area) section.area.setSelectionRange(selectionStart, selectionEnd);
    section.area.dispatchEvent(new Event("input", { bubbles: true }));
    show(section, "saved", `Обновлено в ${answer.at}, ${answer.by}`);
  };

  /* start: a draft that did not reach the server comes back */
  const restore = (section) => {
    const draft = readDraft(section);
    if (!draft) return;
    if (draft.text === section.saved) { dropDraft(section, draft.text); return; }
    section.area.value = draft.text;
    section.version = draft.sent === section.saved ? section.version : Math.min(draft.base, section.version);
    section.kept = true;
    const when = new Date(draft.at).toLocaleString("ru", { day: "2-digit", month: "2-digit", hour: "2-digit", minute: "2-digit" });
    const note = document.createElement("p");
    note.className = "section-note";
    note.textContent = `Возвращён текст, набранный ${when}: тогда он не дошёл до сервера.`;
    section.state.closest(".section-head").after(note);
    schedule(section, 300);
  };
  const start = (element) => {
    const area = element.querySelector("[data-section-text]");
    if (!area || area.readOnly || element.dataset.started) return;
    element.dataset.started = "1";
    const section = {
      id: element.dataset.section, url: element.dataset.url, version: Number(element.dataset.version),
      area, saved: area.defaultValue, kept: true, wait: 0,
      field: element.querySelector("input[name=version]"),
      state: element.querySelector("[data-section-state]"),
      others: element.querySelector("[data-section-others]"),
      panel: element.querySelector("[data-section-conflict]"),
    };
    sections.push(section);
    restore(section);
    area.addEventListener("input", () => {
      if (!isDirty(section)) return;
      clearTimeout(section.keeping);
      section.keeping = setTimeout(() => { if (isDirty(section)) keepDraft(section); }, 150);
      if (section.conflict) return;
      if (section.state.dataset.state !== "offline") show(section, "typing", "Не сохранено");
      section.wait = section.wait && Math.min(section.wait, 4000);
      if (section.running) section.again = true;
      else schedule(section, PAUSE);
    });
    area.addEventListener("blur", () => save(section));
    area.addEventListener("focus", () => ping(section));
    section.panel.addEventListener("click", (event) => {
      const button = event.target.closest("[data-settle]");
      if (button && section.conflict) settle(section, button.dataset.settle);
    });
    element.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); save(section); });
    if (document.activeElement === area) ping(section);
  };
  const startAll = () => document.querySelectorAll("[data-section]").forEach(start);

  /* any other form of the page waits until the text is saved */
  const flush = async () => {
    const limit = new Promise((done) => { setTimeout(done, 5000); });
    const work = async () => {
      for (const section of sections) {
        for (let turn = 0; turn < 3 && isDirty(section) && !section.conflict; turn += 1) await save(section);
      }
    };
    await Promise.race([work(), limit]);
    return sections.filter(isDirty);
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    signingOut = form.hasAttribute("data-sign-out");
    if (form.hasAttribute("data-section-form") || form.method !== "post" || form.dataset.flushed || !sections.some(isDirty)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    signingOut = false;
    const submitter = event.submitter;
    flush().then((unsaved) => {
      if (!unsaved.length || form.dataset.warned) { form.dataset.flushed = "1"; form.requestSubmit(submitter); return; }
      if (form.hasAttribute("data-sign-out")) form.dataset.warned = "1";
      const again = form.dataset.warned ? " Если выйти сейчас, несохранённое пропадёт; нажмите ещё раз, чтобы выйти." : "";
      document.getElementById("notes").innerHTML = "";
      const note = document.createElement("p");
      note.className = "note is-error";
      note.textContent = `Часть текста ещё не сохранена.${again}`;
      document.getElementById("notes").append(note);
      unsaved[0].area.focus();
    });
  }, true);

  /* leaving */
  const leave = () => sections.forEach((section) => {
    if (signingOut) return; // whoever signs out leaves no drafts on this computer
    if (isDirty(section)) {
      keepDraft(section);
      if (!section.conflict && !section.running) {
        const small = new Blob([section.area.value]).size * 3 < BEACON_LIMIT;
        if (small) { section.sent = section.area.value; keepDraft(section); }
        save(section, small ? { keepalive: true } : {});
      }
    }
  });
  window.addEventListener("pagehide", () => {
    leave();
    sections.filter((section) => section.present).forEach((section) => navigator.sendBeacon(section.url, new URLSearchParams({ leave: "1", csrfmiddlewaretoken: token() })));
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") leave();
    else sections.filter(inUse).forEach((section) => { ping(section); if (isDirty(section)) schedule(section, 0); });
  });
  window.addEventListener("beforeunload", (event) => { if (sections.some((section) => isDirty(section) && !section.kept)) event.preventDefault(); });
  window.addEventListener("online", () => sections.forEach((section) => { section.wait = 0; schedule(section, 0); }));
  ["keydown", "pointermove", "touchstart"].forEach((name) => document.addEventListener(name, () => { lastActivity = Date.now(); }, { passive: true }));
  setInterval(() => {
    // an idle page says nothing, so that the session of whoever went away can end
    if (document.visibilityState === "visible" && Date.now() - lastActivity < IDLE) sections.filter(inUse).forEach(ping);
  }, PING);
  document.addEventListener("htmx:afterSettle", startAll);
  startAll();
})();
