/* Rows of radio buttons by the keyboard: a digit chooses an answer and goes on to the next row, Backspace takes the
   answer away. The form is saved by its own change event, as after a click. */
(() => {
  "use strict";
  const form = document.querySelector("[data-instrument]");
  if (!form) return;
  const rows = [...form.querySelectorAll("[data-row]")];
  const radios = (row) => [...row.querySelectorAll("input[type=radio]")];
  const changed = () => form.dispatchEvent(new Event("change", { bubbles: true }));
  const goTo = (row) => {
    if (!row) return;
    const choices = radios(row);
    (choices.find((one) => one.checked) || choices[0]).focus();
    row.scrollIntoView({ block: "nearest" });
  };
  form.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-row]");
    if (!row || event.ctrlKey || event.altKey || event.metaKey || event.target.type !== "radio") return;
    if (event.key === "Backspace" || event.key === "Delete") {
      event.preventDefault();
      radios(row).forEach((one) => { one.checked = false; });
      changed();
      return;
    }
    if (!/^[0-9]$/.test(event.key)) return;
    const chosen = radios(row)[(Number(event.key) || 10) - 1];
    if (!chosen) return;
    event.preventDefault();
    chosen.checked = true;
    changed();
    goTo(rows[rows.indexOf(row) + 1] || row);
  });
})();
