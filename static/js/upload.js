// upload.js — input[type=file][data-limit=BYTES]: a file that is empty or too large is named as soon as it is chosen,
// and the form is not sent with it. Sent, the whole request would be refused, and what was typed with it be lost.
const MEGABYTE = 1024 * 1024;

const complaint = (input) => {
  const limit = Number(input.dataset.limit);
  for (const file of input.files) {
    if (!file.size) return `「${file.name}」は空のファイルです。`;
    if (file.size > limit) {
      const size = (file.size / MEGABYTE).toLocaleString("ja-JP", { maximumFractionDigits: 1 });
      return `「${file.name}」は大きすぎます（${size}MB）。${Math.floor(limit / MEGABYTE)}MBまで受け付けます。`;
    }
  }
  return "";
};

const show = (input) => {
  const words = complaint(input);
  const field = input.closest(".field");
  if (!field) return words;
  let slot = field.querySelector(".err[data-upload]");
  if (!slot && words) {
    slot = document.createElement("p");
    slot.className = "err";
    slot.dataset.upload = "";
    slot.setAttribute("role", "alert");
    input.after(slot);
  }
  if (words) slot.textContent = words;
  else slot?.remove();
  field.classList.toggle("is-error", Boolean(words));
  return words;
};

const inputs = (form) => [...form.elements].filter((element) => element.matches("input[type=file][data-limit]"));

document.addEventListener("change", (event) => {
  if (event.target instanceof Element && event.target.matches("input[type=file][data-limit]")) show(event.target);
});

// Before guard.js, which would let the buttons rest.
window.addEventListener(
  "submit",
  (event) => {
    const wrong = inputs(event.target).find(show);
    if (!wrong) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    wrong.focus();
  },
  { capture: true },
);
