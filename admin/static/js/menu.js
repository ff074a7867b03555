// Where the menu is too long for the screen it can be pushed sideways; the page one is on begins in sight.
const here = document.querySelector(".menu [aria-current]");
const menu = here?.closest(".menu");
if (menu && menu.scrollWidth > menu.clientWidth) {
  menu.scrollLeft = here.offsetLeft - (menu.clientWidth - here.offsetWidth) / 2;
}

// What opens under one's name closes again as people expect: by Escape, and when they go on elsewhere.
const person = document.querySelector(".person");

function leave(event) {
  if (person.open && !person.contains(event.target)) person.open = false;
}

if (person) {
  person.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !person.open) return;
    person.open = false;
    person.querySelector("summary").focus();
  });
  document.addEventListener("pointerdown", leave);
  document.addEventListener("focusin", leave);
}
