// Where the menu is too long for the screen it can be pushed sideways; the page one is on begins in sight.
const here = document.querySelector(".menu [aria-current]");
const menu = here?.closest(".menu");
if (menu && menu.scrollWidth > menu.clientWidth) {
  menu.scrollLeft = here.offsetLeft - (menu.clientWidth - here.offsetWidth) / 2;
}
