// menu.js — a menu (details[data-menu]) closes on Escape, on a click elsewhere and once something was chosen.

const close = (menu) => menu.removeAttribute("open");
const open = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    close(menu);
    menu.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => {
  for (const menu of open()) if (!menu.contains(event.target) || event.target.closest("a")) close(menu);
});
