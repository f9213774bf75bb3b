// What pages do beyond their forms and links. Without it everything still works.
"use strict";

// A week's grid: a finger or a mouse paints hours, arrows move between them, a preset fills them in.
// A finger that leaves its hour upwards or downwards sooner than this scrolls the page, as everywhere.
const FLICK_MS = 70;
for (const grid of document.querySelectorAll("[data-grid]")) {
  const boxes = [...grid.querySelectorAll("input[type=checkbox]")];
  const at = new Map(boxes.map((box) => [box.value, box]));
  let painting = null, touched = null;
  const boxUnder = (event) => {
    const label = document.elementFromPoint(event.clientX, event.clientY)?.closest?.("label");
    return label && grid.contains(label) ? document.getElementById(label.htmlFor) : null;
  };
  // One stop of Tab for all of them, where it was last.
  const reachable = (box) => { for (const one of boxes) one.tabIndex = one === box ? 0 : -1; };
  reachable(boxes.find((box) => box.checked) ?? boxes[0]);
  grid.addEventListener("focusin", (event) => { if (event.target.value) reachable(event.target); });
  const changed = () => grid.dispatchEvent(new Event("change", { bubbles: true }));
  grid.classList.add("paints");
  const begin = (box) => {
    touched = null;
    painting = !box.checked;
    box.checked = painting;
    box.focus({ preventScroll: true });
  };
  grid.addEventListener("pointerdown", (event) => {
    const box = boxUnder(event);
    if (!box) return;
    if (event.pointerType === "touch") {
      touched = { box, x: event.clientX, y: event.clientY, at: event.timeStamp };
      return;
    }
    event.preventDefault();
    begin(box);
  });
  grid.addEventListener("touchmove", (event) => {
    const finger = event.touches[0];
    if (touched && event.touches.length === 1) {
      const isAcross = Math.abs(finger.clientX - touched.x) > Math.abs(finger.clientY - touched.y);
      if (isAcross || event.timeStamp - touched.at >= FLICK_MS) begin(touched.box);
    }
    touched = null;
    if (painting !== null && event.cancelable) event.preventDefault();
  }, { passive: false });
  addEventListener("pointermove", (event) => {
    if (painting === null) return;
    const box = boxUnder(event);
    if (box) box.checked = painting;
  });
  for (const end of ["pointerup", "pointercancel"]) {
    addEventListener(end, () => {
      if (touched && end === "pointerup") begin(touched.box);
      if (painting !== null) changed();
      painting = touched = null;
    });
  }
  grid.addEventListener("click", (event) => {
    if (event.target.closest("label") && event.detail) event.preventDefault();
  });
  grid.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!step || !event.target.value) return;
    event.preventDefault();
    const [day, hour] = event.target.value.split("-").map(Number);
    at.get(`${(day + step[0] + 7) % 7}-${(hour + step[1] + 24) % 24}`)?.focus();
  });
  for (const button of document.querySelectorAll("[data-hours]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const wanted = new Set(button.dataset.hours.split(" "));
      const adds = button.dataset.hours !== "";
      for (const box of boxes) box.checked = adds ? box.checked || wanted.has(box.value) : false;
      const folded = grid.closest("details");
      if (folded && boxes.some((box) => box.checked)) folded.open = true;
      changed();
    });
  }
}

// What is typed stays on this device until it was taken: a lost connection loses no word.
const KEPT = "chamba:", SENT = "chamba-sent";
const kept = (form) => KEPT + (form.dataset.keep || location.pathname);
const isKept = (field) => field.name && !field.name.startsWith("_") && !["password", "file", "hidden", "submit"].includes(field.type);
const isBox = (field) => field.type === "checkbox" || field.type === "radio";
const keep = (form) => {
  const values = {};
  for (const field of form.elements) {
    if (!isKept(field)) continue;
    const known = (values[field.name] ||= []);
    if (!isBox(field) || field.checked) known.push(field.value);
  }
  try { sessionStorage.setItem(kept(form), JSON.stringify(values)); } catch { /* no room: nothing is kept */ }
};
// It was taken where an answer to it came that is neither what is wrong with it nor that nobody was reached.
const sent = sessionStorage.getItem(SENT);
if (sent) {
  const isAnswer = document.referrer && performance.getEntriesByType("navigation")[0]?.type === "navigate";
  if (isAnswer && !document.querySelector("[data-offline], .problem")) sessionStorage.removeItem(sent);
  sessionStorage.removeItem(SENT);
}
for (const form of document.querySelectorAll("form[data-keep]")) {
  const text = sessionStorage.getItem(kept(form));
  if (text) {
    const values = JSON.parse(text);
    for (const field of form.elements) {
      const known = isKept(field) && values[field.name];
      if (!known) continue;
      if (isBox(field)) field.checked = known.includes(field.value);
      else if (known.length) field.value = known.shift();
    }
  }
  for (const event of ["input", "change"]) form.addEventListener(event, () => keep(form));
  form.addEventListener("submit", () => { keep(form); sessionStorage.setItem(SENT, kept(form)); });
}

if ("serviceWorker" in navigator) {
  // Refused while the browser clears what is kept of somebody who leaves; the next page asks again.
  navigator.serviceWorker.register("/sw.js").catch(() => {});
}
