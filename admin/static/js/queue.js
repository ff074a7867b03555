// The queue by keyboard, and news without losing one's place: rows already on the page never move.
const rows = [...document.querySelectorAll("#rows > .row")];
const news = document.getElementById("news");
const EVERY = 10000;

// A narrow screen shows the list first, unless the filters say why it is short.
const fold = document.querySelector(".filter-fold:not([data-used])");
if (fold && matchMedia("(max-width: 40rem)").matches) fold.open = false;

function isBusy(event) {
  const typing = event.target.closest("input, textarea, select");
  return event.ctrlKey || event.metaKey || event.altKey || typing || document.querySelector("dialog[open]");
}

function here() {
  return rows.findIndex((row) => row.contains(document.activeElement));
}

function go(step) {
  const at = here();
  const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1);
  rows[next]?.focus();
  rows[next]?.scrollIntoView({ block: "nearest" });
}

const KEYS = {
  j: () => go(1),
  k: () => go(-1),
  c: () => rows[here()]?.querySelector("form button")?.click(),
  Enter: () => rows[here()]?.querySelector("a")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (isBusy(event) || !KEYS[event.key]) return;
  if (event.key === "Enter" && document.activeElement.closest("a, button, summary")) return;
  event.preventDefault();
  KEYS[event.key]();
});

function tell(count) {
  const { one, many, most } = news.dataset;
  news.textContent = count > 50 ? most : count === 1 ? one : many.replace("#", count);
  news.hidden = count === 0;
}

async function ask() {
  if (document.hidden) return;
  const address = new URL(news.dataset.poll, location.href);
  if (news.dataset.newest) address.searchParams.set("after", news.dataset.newest);
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (answer.ok) tell((await answer.json()).count);
  } catch {
    // Without a network there is no news; the next round asks again.
  }
}

if (news?.dataset.poll) setInterval(ask, EVERY);
