// autosave.js — form[data-autosave-url] keeps a draft of what is typed and shows the official sheet made from it.
//
//   data-autosave-url      where the form's fields are posted, 300 ms after a pause in typing
//   data-preview-target    selector of the element that takes the answer (a fragment of HTML; hx-swap-oob works in it)
//   [data-saved]           the line (role=status) that says when it was saved, or that it was not
//
// The answer: 2xx or 422 with the fragment. 409 with words: no longer to be edited; they are shown, nothing is tried again.
// A redirect, 401 or 403 means that the session has ended: the text stays.
import { markSaved } from "./guard.js";
import { afterPause } from "./typing.js";

const SESSION_ENDED =
  "ログインの期限が切れました。入力した内容はこの画面に残っています。別のタブでログインしてから、「もういちど保存」を押してください。";
const NOT_SAVED = "保存できていません。通信を確かめています。";
const RETRY_MS = 5000;
// The ward's time, whatever the machine is set to: the page shows times of the server beside it.
const CLOCK = new Intl.DateTimeFormat("ja-JP", {
  timeZone: "Asia/Tokyo", hour: "numeric", minute: "2-digit", hourCycle: "h23",
});
const busy = new WeakMap(); // form -> "sending" | "again": one request at a time, so that an older one cannot win

const line = () => document.querySelector("[data-saved]");

const say = (text, kind, ...more) => {
  const place = line();
  if (!place) return;
  place.className = kind ? `saved ${kind}` : "saved";
  place.replaceChildren(text, ...more);
};

const element = (tag, text, attributes) => Object.assign(document.createElement(tag), { textContent: text, ...attributes });

const sessionEnded = (form) => {
  form.dataset.sessionEnded = "yes";
  const login = element("a", "ログインの画面を開く", { href: "/", target: "_blank" });
  const again = element("button", "もういちど保存", { type: "button", className: "btn btn-s" });
  again.addEventListener("click", () => save(form));
  say(SESSION_ENDED, "ng", login, again);
};

// Signing in again changes the token; the one that was drawn with the page would be refused.
const refreshToken = (form) => {
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  const field = form.elements.csrfmiddlewaretoken;
  if (cookie && field) field.value = cookie[1];
};

const show = (form, html) => {
  const target = document.querySelector(form.dataset.previewTarget || "");
  if (!target || !html) return;
  window.htmx.swap(target, html, { swapStyle: "innerHTML" });
};

const post = async (form) => {
  if (form.dataset.sessionEnded) refreshToken(form);
  const answer = await fetch(form.dataset.autosaveUrl, {
    method: "POST",
    body: new FormData(form),
    redirect: "manual",
    headers: { "HX-Request": "true" },
  });
  if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
    sessionEnded(form);
    return;
  }
  if (answer.status === 409) {
    say(await answer.text(), "ng");
    return;
  }
  if (!answer.ok && answer.status !== 422) throw new Error(`autosave: ${answer.status}`);
  delete form.dataset.sessionEnded;
  show(form, await answer.text());
  if (busy.get(form) === "again") return; // more was typed meanwhile: that is not saved yet
  markSaved(form);
  say(`${CLOCK.format(new Date()).replace(":", "時")}分に保存しました`, "ok");
};

const save = async (form) => {
  if (busy.has(form)) {
    busy.set(form, "again");
    return;
  }
  if (form.dataset.sending) return;
  busy.set(form, "sending");
  try {
    await post(form);
  } catch {
    say(NOT_SAVED, "warn");
    setTimeout(save, RETRY_MS, form);
  }
  const again = busy.get(form) === "again";
  busy.delete(form);
  if (again) save(form);
};

const pause = afterPause(300, save);
const formOf = (event) => {
  const form = event.target.form ?? null;
  return form?.dataset.autosaveUrl ? form : null;
};

document.addEventListener("input", (event) => formOf(event) && pause.typed(event, formOf(event)));
document.addEventListener("compositionstart", (event) => formOf(event) && pause.composes(formOf(event)));
document.addEventListener("compositionend", (event) => formOf(event) && pause.composed(formOf(event)));

// Sending the form after the session has ended would lead to the sign-in page and lose the text.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.autosaveUrl) return;
  pause.cancel(form);
  if (!form.dataset.sessionEnded) return;
  event.preventDefault();
  sessionEnded(form);
});
