// Shows a password while it is typed, for those who want to see fifteen characters; hides it again before sending.
document.querySelectorAll("[data-shows]").forEach((box) => {
  const fields = box.dataset.shows.split(" ").map((id) => document.getElementById(id)).filter(Boolean);
  const apply = () => fields.forEach((field) => { field.type = box.checked ? "text" : "password"; });
  box.closest("label").hidden = false;
  box.addEventListener("change", apply);
  box.form?.addEventListener("submit", () => { box.checked = false; apply(); });
});
