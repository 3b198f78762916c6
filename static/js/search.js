// search.js — "/" puts the cursor into the page's own search box, else into the one of the top bar (input[data-search]);
// a form[data-typed] is told with the event "typed", for htmx, when somebody has paused in typing.
import { afterPause } from "./typing.js";

const takesText = (element) =>
  element instanceof HTMLElement && (element.isContentEditable || element.matches("input, textarea, select"));

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || takesText(event.target)) return;
  const box = document.querySelector("main input[data-search]") ?? document.querySelector("input[data-search]");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

const pause = afterPause(300, (form) => form.dispatchEvent(new CustomEvent("typed")));
const of = (event) => (event.target instanceof Element ? event.target.closest("form[data-typed]") : null);

document.addEventListener("input", (event) => of(event) && pause.typed(event, of(event)));
document.addEventListener("compositionstart", (event) => of(event) && pause.composes(of(event)));
document.addEventListener("compositionend", (event) => of(event) && pause.composed(of(event)));
document.addEventListener("submit", (event) => of(event) && pause.cancel(of(event)));
