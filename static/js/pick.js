// pick.js — rows chosen in a list: the box in the head ticks all that are shown, and the bar says how many are chosen.
//
//   [data-pick-page]   the box in the head (name "page": the server takes all shown rows, so it works without this)
//   [data-pick]        the box of a row
//   [data-pick-all]    the box for all rows of the filter, shown or not
//   [data-picked]      where the figure stands (role=status)
const boxes = [...document.querySelectorAll("[data-pick]")];
const head = document.querySelector("[data-pick-page]");
const all = document.querySelector("[data-pick-all]");
const place = document.querySelector("[data-picked]");

const say = () => {
  const count = all?.checked ? Number(all.dataset.pickAll) : boxes.filter((box) => box.checked).length;
  place.textContent = count ? `${count.toLocaleString("ja-JP")}件を選択中` : "";
};

if (boxes.length && place) {
  head?.addEventListener("change", () => {
    for (const box of boxes) box.checked = head.checked;
    say();
  });
  all?.addEventListener("change", say);
  for (const box of boxes)
    box.addEventListener("change", () => {
      if (head) head.checked = boxes.every((each) => each.checked);
      say();
    });
  say(); // the browser's back keeps what was ticked
}
