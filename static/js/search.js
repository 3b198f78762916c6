// search.js — "/" puts the cursor into the list's search box (input[data-search]).

const takesText = (element) =>
  element instanceof HTMLElement && (element.isContentEditable || element.matches("input, textarea, select"));

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || takesText(event.target)) return;
  const box = document.querySelector("input[data-search]");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});
