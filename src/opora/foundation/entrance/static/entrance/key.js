/* What goes wrong with a security key is said in words; the library's scripts do the rest. */
(() => {
  "use strict";
  const reasons = {
    NotAllowedError: "Ключ не приложен или время вышло. Попробуйте ещё раз.",
    InvalidStateError: "Этот ключ уже добавлен.",
    SecurityError: "Ключ работает только по защищённому адресу (https) с именем сайта. Здесь подойдёт приложение с кодами.",
    NotSupportedError: "Этот ключ не подходит. Попробуйте другой или настройте приложение с кодами.",
  };
  const say = (text) => {
    const note = document.getElementById("key-failed");
    if (!note) return;
    note.textContent = text;
    note.hidden = false;
  };
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const { exception } = event.detail;
    say(reasons[exception && exception.name] || "Не получилось. Попробуйте ещё раз или выберите другой способ.");
  });
  if (!window.PublicKeyCredential) say(reasons.SecurityError);
  // Loaded last: the library listens to the buttons by now, and no press is lost on a slow computer.
  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("button[id^='key-']")) button.disabled = false;
  });
})();
