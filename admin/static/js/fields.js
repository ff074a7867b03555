// Pointing at a field shows the words that gave it, and the other way round.
const marked = [...document.querySelectorAll("[data-field]")];

function show(field, isOn) {
  marked.filter((each) => each.matches("mark") && each.dataset.field === field).forEach((each) => each.classList.toggle("here", isOn));
}

marked.forEach((each) => {
  each.addEventListener("mouseenter", () => show(each.dataset.field, true));
  each.addEventListener("mouseleave", () => show(each.dataset.field, false));
});
