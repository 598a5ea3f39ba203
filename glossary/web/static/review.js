// Reviewing with the keyboard. Keys belong to what they press or focus: data-key on a link, a button or a field.
"use strict";

const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable]";

const SWITCH = "glossary-keys";

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const field = event.target.closest(TYPING);
  const made = event.key === "Enter" && field?.matches("[data-fill]");
  if (made) event.preventDefault(); // or it would send the form
  if (made || (field && event.key === "Escape")) field.blur();
  if (made || (field && !("chosen" in field.dataset))) return;
  if (event.key === "Enter" && event.target.matches("input[type=checkbox]")) event.preventDefault();
  if (document.querySelector("dialog[open]")) return;
  const found = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!found || found.hidden || (localStorage.getItem(SWITCH) === "off" && !("help" in found.dataset))) return;
  event.preventDefault();
  for (let fold = found.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  if (found.matches(TYPING)) {
    found.focus();
    if (found.select) found.select();
  } else if (!event.repeat) found.click(); // a key held down decides once
}

/** The field of a new spelling starts from the term that is chosen, and once one is chosen, keys are keys again. */
function fill(select) {
  const field = select.form.elements[select.dataset.fill];
  const term = () => select.value.slice(select.value.indexOf(" ") + 1);
  let last = "";
  field.value = term();
  select.addEventListener("focus", () => (last = ""));
  select.addEventListener("blur", () => delete select.dataset.chosen);
  select.addEventListener("keydown", (event) => (last = event.key));
  select.addEventListener("change", () => {
    field.value = term();
    if (!last) select.blur(); // with the pointer
    else if (!/^\S$/u.test(last)) select.dataset.chosen = "yes"; // with an arrow; letters may go on looking for a term
  });
}

/** What is selected in a text goes into the field of its language. A string, not offsets: it cannot begin inside a character. */
function collect(fold) {
  const side = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(".texts .side[lang]");
  for (const link of document.querySelectorAll(".texts a")) link.draggable = false; // or the link would be dragged
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.anchorNode || !selection.focusNode) return;
    const [from, to] = [side(selection.anchorNode), side(selection.focusNode)];
    const text = selection.toString().replace(/\s+/g, " ").trim();
    if (!from || !to || from.lang !== to.lang || !text || text.length > 500) return;
    fold.open = true;
    fold.querySelector(`input[name=${from.lang}]`).value = text;
  });
}

/** A link to a fold opens it. */
function opens(link) {
  link.addEventListener("click", () => (document.getElementById(link.dataset.open).open = true));
}

/** A form is sent once, however often it is pressed. */
function once(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}

function help(button) {
  const dialog = document.querySelector("dialog.keys-help");
  button.hidden = false;
  button.addEventListener("click", () => dialog.showModal());
}

/** Single letters get in the way of people who speak to their computer: they can be switched off for good. */
function keysSwitch(box) {
  box.checked = localStorage.getItem(SWITCH) !== "off";
  box.addEventListener("change", () => localStorage.setItem(SWITCH, box.checked ? "on" : "off"));
}

document.querySelectorAll("[data-keys-on]").forEach(keysSwitch);
document.querySelectorAll("select[data-fill]").forEach(fill);
document.querySelectorAll("form[method=post]").forEach(once);
document.querySelectorAll("[data-help]").forEach(help);
document.querySelectorAll("[data-collect]").forEach(collect);
document.querySelectorAll("[data-open]").forEach(opens);
document.addEventListener("keydown", press);
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));
