/* Chosen scans go at once, without a second click. Without this file there is a button. */
document.addEventListener("change", (event) => {
  const input = event.target;
  if (input.matches("input[type=file][data-send-at-once]") && input.files.length) input.form.requestSubmit();
});

/* After a tick the list is drawn anew: the focus goes on to the next paper that is missing. */
let dealtWith = "";
document.addEventListener("htmx:beforeRequest", (event) => {
  const line = event.target.closest && event.target.closest(".paper");
  dealtWith = line ? line.id : "";
});
document.addEventListener("htmx:afterSettle", () => {
  const line = dealtWith && document.getElementById(dealtWith);
  if (!line || document.activeElement !== document.body) return;
  dealtWith = "";
  const lines = [...document.querySelectorAll(".paper")];
  const later = lines.slice(lines.indexOf(line) + 1);
  const next = later.find((one) => one.matches(".is-missing")) || line;
  const place = next.querySelector("[data-row-main]") || next.querySelector("button, a");
  if (place) place.focus();
});
