// enter.js — Enter belongs to the input method first, and never files a half-written case.

const BUTTONS = ["submit", "button", "reset", "image", "file"];

// keyCode 229 is the key that the input method is still using; Safari reports the confirming Enter only this way.
export const isComposing = (event) => event.isComposing || event.keyCode === 229;

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
  const isButton = BUTTONS.includes(event.target.type);
  const inEditor = event.target.form?.hasAttribute("data-guard");
  if (isComposing(event) || (inEditor && !isButton)) event.preventDefault();
});
