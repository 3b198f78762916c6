// paper.js — the official sheet and the fields beside it know each other.
//
//   .sheet [data-field=x]   a box of the sheet; a click moves the cursor to the first field that it prints
//   [data-box=x]            on a field: the box that prints it, where that is not its own name (in a formset: …-name)
//   [data-missing="x y"]    on the sheet's frame: boxes that must still be filled
//   [data-prefix=p]         on the sheet's frame: the sheet shows the form with this prefix, whose fields are meant first

const boxes = (root, key) => root.querySelectorAll(`.sheet [data-field="${CSS.escape(key)}"]`);
const boxOf = (field) => field.dataset.box ?? field.name.slice(field.name.lastIndexOf("-") + 1);

const fieldsOf = (key, prefix) => {
  const fields = [...document.querySelectorAll("form [name]")].filter(
    (field) => field.type !== "hidden" && !field.disabled && boxOf(field) === key,
  );
  const meant = fields.filter((field) => prefix && field.name.startsWith(`${prefix}-`));
  return meant.length ? meant : fields;
};

document.addEventListener("click", (event) => {
  const box = event.target instanceof Element ? event.target.closest(".sheet [data-field]") : null;
  if (!box || event.target.closest("a, button")) return;
  const fields = fieldsOf(box.dataset.field, box.closest("[data-prefix]")?.dataset.prefix);
  const field = fields.find((one) => one.checked) ?? fields[0];
  if (!field) return;
  field.focus();
  field.scrollIntoView({ block: "center" });
});

const markCurrent = (field) => {
  document.querySelectorAll(".sheet .is-cur").forEach((box) => box.classList.remove("is-cur"));
  if (field?.name) boxes(document, boxOf(field)).forEach((box) => box.classList.add("is-cur"));
};

const markMissing = () => {
  document.querySelectorAll(".sheet .is-miss").forEach((box) => box.classList.remove("is-miss"));
  for (const frame of document.querySelectorAll("[data-missing]")) {
    for (const key of frame.dataset.missing.split(/\s+/).filter(Boolean)) {
      boxes(frame, key).forEach((box) => box.classList.add("is-miss"));
    }
  }
};

const refresh = () => {
  markMissing();
  markCurrent(document.activeElement);
};

document.addEventListener("focusin", (event) => markCurrent(event.target));
document.addEventListener("htmx:afterSwap", refresh);
refresh();
