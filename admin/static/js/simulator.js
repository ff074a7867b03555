// The phone on the simulator page: counts as a phone counts, sends without leaving the page, shows what arrives.
// Without this file the page works by sending the form and loading it anew.

const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
  "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");
const EXTENSION = new Set("^{}\\[~]|€\f");
const ASK_EVERY = 1500;
const ASK_SELDOM = 6000;
const HURRIED_TURNS = 12;

/** How much room a text takes, in how many parts, and the first character that no plain text message has. */
export function count(text) {
  const characters = [...text];
  const strange = characters.find(c => !BASIC.has(c) && !EXTENSION.has(c));
  const widths = characters.map(c => (strange ? c.length : EXTENSION.has(c) ? 2 : 1));
  const used = widths.reduce((sum, width) => sum + width, 0);
  const [whole, part] = strange ? [70, 67] : [160, 153];
  if (used <= whole) return { used, room: whole, parts: 1, strange: strange || "" };
  let parts = 1, left = part;
  for (const width of widths) {
    if (width > left) { parts += 1; left = part; }
    left -= width;
  }
  return { used, room: parts * part, parts, strange: strange || "" };
}

/** Brings the list up to date without touching what has not changed, so that only news is read out. */
export function refresh(log, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelectorAll("li[id]");
  let added = false;
  for (const item of fresh) {
    const shown = document.getElementById(item.id);
    if (!shown) { log.append(item); added = true; }
    else if (shown.dataset.state !== item.dataset.state) shown.replaceWith(item);
  }
  if (fresh.length) log.querySelector("[data-empty]")?.remove();
  if (added) log.scrollTop = log.scrollHeight;
  return added;
}

function showCount(box, counter) {
  const now = count(box.value);
  const pattern = now.strange ? counter.dataset.short : counter.dataset.plain;
  counter.textContent = pattern
    .replace("{used}", now.used).replace("{room}", now.room).replace("{parts}", now.parts)
    .replace("{character}", now.strange);
  counter.classList.toggle("phone-counter-long", now.parts > 1);
}

function start(phone) {
  const log = phone.querySelector("[data-log]");
  const form = phone.querySelector("form");
  const box = form.querySelector("textarea");
  const counter = phone.querySelector("[data-counter]");
  const trouble = phone.querySelector("[data-trouble]");
  let hurried = 0, timer = 0;

  const type = text => { box.value = text; showCount(box, counter); box.focus(); };
  const ask = async () => {
    clearTimeout(timer);
    if (!document.hidden) {
      try {
        const answer = await fetch(log.dataset.source, { credentials: "same-origin" });
        if (answer.status === 401) { location.reload(); return; }
        if (answer.ok && refresh(log, await answer.text())) hurried = HURRIED_TURNS;
        trouble.hidden = answer.ok;
      } catch { trouble.hidden = false; }
    }
    hurried = Math.max(0, hurried - 1);
    timer = setTimeout(ask, hurried ? ASK_EVERY : ASK_SELDOM);
  };

  form.addEventListener("submit", async event => {
    if (!box.value.trim()) return;
    event.preventDefault();
    const sent = new FormData(form);
    box.disabled = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: sent, credentials: "same-origin" });
      if (!answer.ok) { box.disabled = false; form.submit(); return; }
      refresh(log, await answer.text());
      type("");
    } catch { trouble.hidden = false; }
    box.disabled = false;
    box.focus();
    hurried = HURRIED_TURNS;
    ask();
  });
  box.addEventListener("input", () => showCount(box, counter));
  box.addEventListener("keydown", event => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  for (const sample of document.querySelectorAll("[data-sample]")) {
    sample.addEventListener("click", event => { event.preventDefault(); type(sample.dataset.sample); });
  }
  document.addEventListener("visibilitychange", ask);
  counter.hidden = false;
  showCount(box, counter);
  log.scrollTop = log.scrollHeight;
  ask();
}

const phone = document.querySelector("[data-phone]");
if (phone) start(phone);
