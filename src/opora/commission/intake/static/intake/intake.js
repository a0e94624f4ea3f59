/* Chosen scans go at once, without a second click. Without this file there is a button. */
document.addEventListener("change", (event) => {
  const input = event.target;
  if (input.matches("input[type=file][data-send-at-once]") && input.files.length) input.form.requestSubmit();
});
