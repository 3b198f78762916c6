// guard.js — nothing typed is lost by leaving, and one click sends once.
//
// form[data-guard]   warns when the page is left with changes that are neither sent nor saved
// form[method=post]  is sent once; its buttons rest until the answer comes (the server has its own token as well)

const REST_MS = 15000; // an answer that is a download leaves this page open: its buttons must come back
const unsaved = new Set();

export const markSaved = (form) => unsaved.delete(form);

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.hasAttribute("data-guard")) unsaved.add(form);
});

// A form that came back with mistakes holds text that is nowhere else.
for (const form of document.querySelectorAll("form[data-guard]")) if (form.querySelector(".is-error")) unsaved.add(form);

window.addEventListener("beforeunload", (event) => {
  for (const form of unsaved) if (!form.isConnected) unsaved.delete(form);
  if (unsaved.size) event.preventDefault();
});

const buttonsOf = (form) => [...form.elements].filter((element) => element.type === "submit");

const rest = (form) => {
  form.dataset.sending = "yes";
  for (const button of buttonsOf(form)) button.setAttribute("aria-disabled", "true");
};

const wake = (form) => {
  delete form.dataset.sending;
  for (const button of buttonsOf(form)) button.removeAttribute("aria-disabled");
};

// Before everyone else, htmx included: a form that is on its way is not sent again.
window.addEventListener(
  "submit",
  (event) => {
    if (!event.target.dataset.sending) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  { capture: true },
);

// After everyone else, who may have stopped the sending (htmx sends by itself and is watched below).
window.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  rest(form);
  unsaved.delete(form);
  setTimeout(wake, REST_MS, form);
});

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target instanceof HTMLFormElement) rest(event.target);
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement)) return;
  wake(form);
  if (event.detail.successful) unsaved.delete(form);
});

// The browser's "back" may bring the page back as it was left, with its buttons at rest.
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(wake));
