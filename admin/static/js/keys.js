// Keys of the keyboard: an element with data-key="x" is used by pressing x, when nobody is typing; ? shows the list.
const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

function press(element) {
  if (element.matches("input, textarea, select")) {
    element.focus();
    element.select?.();
  } else {
    element.click();
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const help = document.getElementById("keys");
  if (event.key === "?" && help) {
    event.preventDefault();
    help.open ? help.close() : help.showModal();
    return;
  }
  if (help?.open) return;
  const wanted = [...document.querySelectorAll("[data-key]")].find((element) => element.dataset.key === event.key);
  if (wanted) {
    event.preventDefault();
    press(wanted);
  }
});

document.querySelectorAll("[data-opens]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => document.getElementById(button.dataset.opens)?.showModal());
});
