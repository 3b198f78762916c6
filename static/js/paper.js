// paper.js — the official sheet and the fields beside it know each other.
//
//   .sheet [data-field=x]   a box of the sheet; a click moves the cursor to the field named x (or …-x of a formset)
//   [data-missing="x y"]    on the sheet's frame: boxes that must still be filled
//   [data-prefix=p]         on the sheet's frame: the sheet shows the form with this prefix, so p-x is meant first

const cells = (key) => document.querySelectorAll(`.sheet [data-field="${CSS.escape(key)}"]`);
const isField = (element) => element.name && element.type !== "hidden" && !element.disabled;

const fieldsNamed = (key, prefix) => {
  const all = [...document.querySelectorAll("form [name]")].filter(isField);
  const exact = all.filter((element) => element.name === (prefix ? `${prefix}-${key}` : key));
  return exact.length ? exact : all.filter((element) => element.name === key || element.name.endsWith(`-${key}`));
};

const keyOf = (name) => {
  const plain = [name, name.slice(name.lastIndexOf("-") + 1)];
  return plain.find((key) => cells(key).length);
};

document.addEventListener("click", (event) => {
  const cell = event.target instanceof Element ? event.target.closest(".sheet [data-field]") : null;
  if (!cell || event.target.closest("a, button")) return;
  const prefix = cell.closest("[data-prefix]")?.dataset.prefix;
  const found = fieldsNamed(cell.dataset.field, prefix);
  const field = found.find((element) => element.checked) ?? found[0];
  if (!field) return;
  field.focus();
  field.scrollIntoView({ block: "center" });
});

const mark = (name) => {
  document.querySelectorAll(".sheet .is-cur").forEach((cell) => cell.classList.remove("is-cur"));
  const key = name && keyOf(name);
  if (key) cells(key).forEach((cell) => cell.classList.add("is-cur"));
};

const markMissing = () => {
  document.querySelectorAll(".sheet .is-miss").forEach((cell) => cell.classList.remove("is-miss"));
  for (const frame of document.querySelectorAll("[data-missing]")) {
    for (const key of frame.dataset.missing.split(/\s+/).filter(Boolean)) {
      frame.querySelectorAll(`.sheet [data-field="${CSS.escape(key)}"]`).forEach((cell) => cell.classList.add("is-miss"));
    }
  }
};

const refresh = () => {
  markMissing();
  mark(document.activeElement?.name);
};

document.addEventListener("focusin", (event) => mark(event.target.name));
document.addEventListener("htmx:afterSwap", refresh);
refresh();
