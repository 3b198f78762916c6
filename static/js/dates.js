// dates.js — input[data-date-echo=URL] asks the server what it understood of the typed date (GET, parameter "text")
// and shows the answer, a fragment of ui/_date_echo.html, in the element #<id of the input>_echo (role=status).
import { afterPause } from "./typing.js";

const latest = new WeakMap(); // an older answer that comes late must not replace a newer one

const ask = async (input) => {
  const slot = document.getElementById(`${input.id}_echo`);
  if (!slot) return;
  latest.get(input)?.abort();
  const control = new AbortController();
  latest.set(input, control);
  if (!input.value.trim()) {
    slot.replaceChildren();
    return;
  }
  const url = new URL(input.dataset.dateEcho, location.href);
  url.searchParams.set("text", input.value);
  try {
    const answer = await fetch(url, {
      signal: control.signal,
      redirect: "manual", // a redirect means that the session has ended: autosave says so, the echo stays silent
      headers: { "HX-Request": "true" },
    });
    if (answer.type === "opaqueredirect" || !(answer.ok || answer.status === 422)) slot.replaceChildren();
    else slot.innerHTML = await answer.text();
  } catch (error) {
    if (error.name !== "AbortError") slot.replaceChildren();
  }
};

const pause = afterPause(300, ask);
const of = (event) => (event.target instanceof Element && event.target.matches("[data-date-echo]") ? event.target : null);

document.addEventListener("input", (event) => of(event) && pause.typed(event, event.target));
document.addEventListener("compositionstart", (event) => of(event) && pause.composes(event.target));
document.addEventListener("compositionend", (event) => of(event) && pause.composed(event.target));
for (const input of document.querySelectorAll("input[data-date-echo]")) if (input.value) ask(input);
