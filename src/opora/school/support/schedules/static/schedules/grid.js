/* The week of a schedule: slots are dragged or nudged by keys, the server says what stands against them.
   Without this file every slot is changed by its form. */
(() => {
  "use strict";
  const STEP = 5;
  const box = document.getElementById("week-box");
  const say = document.getElementById("week-say");
  if (!box || !say) return;
  const headers = { "X-Requested-With": "fetch", ...JSON.parse(document.body.getAttribute("hx-headers") || "{}") };
  const week = () => document.getElementById("week");
  const wide = () => getComputedStyle(week()).display === "grid";
  const clock = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  const minutesOf = (text) => { const [hours, rest] = text.split(":"); return Number(hours) * 60 + Number(rest); };
  const bounds = () => {
    const first = Number(week().dataset.first) * 60;
    return [first, first + Number(week().dataset.hours) * 60];
  };
  const placeOf = (slot) => ({
    weekday: Number(slot.dataset.day),
    start: minutesOf(slot.dataset.start),
    minutes: Number(slot.dataset.minutes),
  });
  const asked = (place) => new URLSearchParams({
    weekday: place.weekday, starts_at: clock(place.start), ends_at: clock(place.start + place.minutes),
  });

  let checking = null;
  const check = async (slot, place) => {
    if (checking) checking.abort();
    checking = new AbortController();
    const query = asked(place);
    query.set("slot", slot.dataset.slot);
    try {
      const answer = await fetch(`${week().dataset.check}?${query}`, { headers, signal: checking.signal });
      if (!answer.ok) return;
      say.innerHTML = await answer.text();
      slot.classList.toggle("is-busy", Boolean(say.querySelector(".is-late")));
      slot.classList.toggle("is-asking", Boolean(say.querySelector(".is-soon")));
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  };

  const send = async (slot, place) => {
    const id = slot.dataset.slot;
    const answer = await fetch(slot.dataset.move, { method: "POST", headers, body: asked(place) });
    const text = await answer.text();
    if (answer.ok) {
      box.innerHTML = text;
      say.replaceChildren();
      const link = box.querySelector(`[data-slot="${id}"] a`);
      if (link) link.focus({ preventScroll: true });
      return;
    }
    draw(slot, placeOf(slot));
    slot.classList.remove("is-busy", "is-asking");
    if (answer.status === 422) say.innerHTML = text;
    else say.textContent = text;
  };

  /* where a slot is drawn while it moves */
  const draw = (slot, place) => {
    const column = week().querySelector(`[data-weekday="${place.weekday}"] ol`);
    const focused = slot.contains(document.activeElement);
    if (column && slot.parentElement !== column) {
      column.append(slot);
      if (focused) slot.querySelector("a").focus({ preventScroll: true });
    }
    const row = (place.start - bounds()[0]) / STEP + 1;
    slot.style.gridRow = `${row} / span ${place.minutes / STEP}`;
    slot.querySelector(".slot-when").textContent = `${clock(place.start)}—${clock(place.start + place.minutes)}`;
  };
  const kept = (place) => {
    const [first, last] = bounds();
    const minutes = Math.max(STEP, place.minutes);
    return { ...place, minutes, start: Math.min(Math.max(place.start, first), last - minutes) };
  };

  /* the mouse */
  let drag = null;
  box.addEventListener("pointerdown", (event) => {
    const slot = event.target.closest("[data-move]");
    if (!slot || event.button || !wide()) return;
    drag = { slot, place: placeOf(slot), x: event.clientX, y: event.clientY, top: event.clientY - slot.getBoundingClientRect().top, moved: false, last: 0 };
    slot.setPointerCapture(event.pointerId);
  });
  box.addEventListener("pointermove", (event) => {
    if (!drag) return;
    if (!drag.moved && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 5) return;
    drag.moved = true;
    drag.slot.classList.add("is-dragged");
    const columns = [...week().querySelectorAll("[data-weekday]")];
    const column = columns.find((one) => event.clientX < one.getBoundingClientRect().right) || columns[columns.length - 1];
    const list = column.querySelector("ol").getBoundingClientRect();
    const [first, last] = bounds();
    const raw = first + (event.clientY - drag.top - list.top) / list.height * (last - first);
    const place = kept({ ...drag.place, weekday: Number(column.dataset.weekday), start: Math.round(raw / STEP) * STEP });
    if (place.start === drag.place.start && place.weekday === drag.place.weekday) return;
    drag.place = place;
    draw(drag.slot, place);
    const now = performance.now();
    clearTimeout(drag.later);
    const ask = () => check(drag ? drag.slot : null, place);
    if (now - drag.last > 200) { drag.last = now; ask(); } else drag.later = setTimeout(() => drag && ask(), 200);
  });
  const drop = (cancelled) => {
    if (!drag) return;
    const { slot, place, moved, later } = drag;
    drag = null;
    clearTimeout(later);
    slot.classList.remove("is-dragged");
    if (!moved) return;
    if (checking) checking.abort();
    box.addEventListener("click", (event) => { event.preventDefault(); event.stopPropagation(); }, { capture: true, once: true });
    setTimeout(() => box.dispatchEvent(new Event("click", { cancelable: true })), 0);
    if (cancelled) draw(slot, placeOf(slot));
    else send(slot, place);
  };
  box.addEventListener("pointerup", () => drop(false));
  box.addEventListener("pointercancel", () => drop(true));
  box.addEventListener("dragstart", (event) => event.preventDefault());

  /* the keyboard: arrows move, with Shift they change the length; a pause sends */
  let nudged = null;
  box.addEventListener("keydown", (event) => {
    const slot = event.target.closest("[data-move]");
    if (!slot || !wide() || event.ctrlKey || event.altKey || event.metaKey) return;
    const place = nudged && nudged.slot === slot ? nudged.place : placeOf(slot);
    const by = { ArrowUp: -STEP, ArrowDown: STEP }[event.key];
    const aside = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined && aside === undefined) return;
    event.preventDefault();
    const days = [...week().querySelectorAll("[data-weekday]")].map((one) => Number(one.dataset.weekday));
    const next = aside
      ? { ...place, weekday: days[Math.min(Math.max(days.indexOf(place.weekday) + aside, 0), days.length - 1)] }
      : event.shiftKey ? { ...place, minutes: place.minutes + by } : { ...place, start: place.start + by };
    if (nudged) clearTimeout(nudged.timer);
    const fitting = kept(next);
    draw(slot, fitting);
    check(slot, fitting);
    nudged = { slot, place: fitting, timer: setTimeout(() => { nudged = null; send(slot, fitting); }, 700) };
  });
})();
