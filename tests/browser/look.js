// What is wrong with the page as somebody meets it who cannot see it well, or uses the keyboard alone.
() => {
  const wrong = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const told = (element) => element.outerHTML.slice(0, 120).replace(/\s+/g, " ");
  const named = (element) => (element.getAttribute("aria-label") || element.getAttribute("title") || element.textContent).trim()
    || (element.getAttribute("aria-labelledby") || "").split(" ").some((id) => document.getElementById(id)?.textContent.trim());

  if (!["fr", "en"].includes(document.documentElement.lang)) wrong.push("no language");
  if (!document.title.trim()) wrong.push("no title");
  const ids = all("[id]").map((element) => element.id);
  new Set(ids.filter((id, at) => ids.indexOf(id) !== at)).forEach((id) => wrong.push(`two elements have the id ${id}`));
  for (const [attribute, selector] of [["for", "label[for]"], ["aria-labelledby", "[aria-labelledby]"], ["aria-describedby", "[aria-describedby]"]]) {
    all(selector).forEach((element) => element.getAttribute(attribute).split(/\s+/).forEach((id) => {
      if (!document.getElementById(id)) wrong.push(`${attribute} names nothing: ${told(element)}`);
    }));
  }
  all("input:not([type=hidden]), select, textarea").filter(isShown).forEach((element) => {
    const labels = [...(element.labels || [])].some((label) => label.textContent.trim());
    if (!labels && !element.getAttribute("aria-label")) wrong.push(`no label: ${told(element)}`);
  });
  all("a[href], button, summary").filter(isShown).forEach((element) => { if (!named(element)) wrong.push(`no name: ${told(element)}`); });
  all("img, svg:not([aria-hidden])").forEach((element) => {
    if (!element.hasAttribute("alt") && !named(element)) wrong.push(`no words for the picture: ${told(element)}`);
  });
  all("fieldset").forEach((element) => { if (!element.querySelector(":scope > legend")?.textContent.trim()) wrong.push(`no legend: ${told(element)}`); });
  all("input[type=radio]").forEach((element) => { if (!element.closest("fieldset, [role=radiogroup]")) wrong.push(`a choice without its question: ${told(element)}`); });
  all("table").forEach((element) => { if (!element.querySelector("th")) wrong.push(`a table without a heading: ${told(element)}`); });

  const headings = all("h1, h2, h3, h4").filter(isShown).map((element) => Number(element.tagName[1]));
  if (headings.filter((level) => level === 1).length !== 1) wrong.push(`headings of the first level: ${headings}`);
  headings.forEach((level, at) => { if (at && level > headings[at - 1] + 1) wrong.push(`a heading leaps: ${headings}`); });

  const numbers = (text) => {
    const found = text.match(/-?[\d.]+(?:e-?\d+)?/g).map(Number);
    const scale = text.startsWith("color(") ? 1 : 255;
    return { rgb: found.slice(0, 3).map((each) => each / scale), alpha: found[3] ?? 1 };
  };
  const over = (front, back) => back.map((each, at) => front.rgb[at] * front.alpha + each * (1 - front.alpha));
  const ground = (element) => {
    const above = [];
    for (let here = element; here; here = here.parentElement) above.unshift(numbers(getComputedStyle(here).backgroundColor));
    return above.reduce((back, front) => over(front, back), [1, 1, 1]);
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const seen = new Set();
  all("body *").filter((element) => isShown(element) && !element.closest("[disabled]")
    && [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim())).forEach((element) => {
    const style = getComputedStyle(element), back = ground(element);
    const [low, high] = [light(over(numbers(style.color), back)), light(back)].sort((one, other) => one - other);
    const size = parseFloat(style.fontSize), isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const contrast = (high + 0.05) / (low + 0.05), least = isLarge ? 3 : 4.5;
    const pair = `${style.color} on ${back.map((each) => each.toFixed(3))}`;
    if (contrast < least && !seen.has(pair)) { seen.add(pair); wrong.push(`contrast ${contrast.toFixed(2)} of ${least}: ${pair}, ${told(element)}`); }
  });

  all("a[href], button, input:not([type=hidden]), select, textarea, summary").filter((element) => isShown(element) && !element.disabled).forEach((element) => {
    element.focus();
    if (document.activeElement !== element) { wrong.push(`the keyboard does not get there: ${told(element)}`); return; }
    const style = getComputedStyle(element);
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) wrong.push(`nothing shows the keyboard is here: ${told(element)}`);
  });
  return wrong;
}
