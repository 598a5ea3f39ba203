// What the pages of a glossary do beyond links and forms. Without this script they all work, a little less swiftly.
"use strict";

const DELAY = 120; // ms between the last key and the search

/** Results as you type: the server renders them, so that no text becomes markup here. */
function searchAsYouType(form) {
  const input = form.querySelector("input[name=q]");
  const results = form.querySelector("[data-results]");
  const panels = document.querySelector("[data-panels]");
  const changesAddress = "address" in form.dataset;
  let timer = 0;
  let running = null;
  let shown = input.value.trim();

  async function search() {
    const query = input.value.trim();
    if (query === shown) return;
    if (running) running.abort();
    const mine = (running = new AbortController());
    let html = "";
    if (query) {
      try {
        const response = await fetch(`${form.dataset.live}?${new URLSearchParams({ q: query })}`, { signal: mine.signal });
        if (!response.ok) return;
        html = await response.text();
      } catch {
        return; // a later search took its place, or the server is gone: what is shown stays
      }
    }
    if (mine !== running) return;
    shown = query;
    results.innerHTML = html; // rendered and escaped by the server
    results.hidden = !query;
    if (panels) panels.hidden = Boolean(query);
    if (changesAddress) history.replaceState(null, "", query ? `?${new URLSearchParams({ q: query })}` : location.pathname);
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, DELAY);
  });

  form.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const links = [...results.querySelectorAll("a")];
    const place = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && links.length && place < links.length - 1) links[place + 1].focus();
    else if (event.key === "ArrowUp" && place > 0) links[place - 1].focus();
    else if (event.key === "ArrowUp" && place === 0) input.focus();
    else if (event.key === "Escape" && place >= 0) input.focus();
    else if (event.key === "Escape" && results.classList.contains("drop")) results.hidden = true;
    else return;
    event.preventDefault();
  });

  if (results.classList.contains("drop")) {
    document.addEventListener("click", (event) => {
      if (!form.contains(event.target)) results.hidden = true;
    });
    input.addEventListener("focus", () => {
      results.hidden = !results.innerHTML || !input.value.trim();
    });
  } else {
    shown = results.hidden ? "" : shown;
    search(); // what the browser kept in the box when one comes back
  }
}

/** The switch for readings above Japanese; the choice is remembered. */
function readingsSwitch(button) {
  const key = "glossary-readings";
  const show = (on) => {
    document.documentElement.classList.toggle("readings", on);
    button.setAttribute("aria-pressed", String(on));
  };
  show(localStorage.getItem(key) !== "off");
  button.hidden = false;
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    localStorage.setItem(key, on ? "on" : "off");
    show(on);
  });
}

function copyButton(button) {
  button.hidden = false;
  const label = button.textContent;
  button.addEventListener("click", async () => {
    await copy(button.dataset.copy);
    button.textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = label), 1500);
  });
}

async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea"); // where the page is served without TLS
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

/** "/" leads to the search box, as on many sites. */
function searchKey(event) {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const input = document.querySelector("form[role=search] input");
  if (!input) return;
  event.preventDefault();
  input.focus();
  input.select();
}

document.querySelectorAll("form[data-live]").forEach(searchAsYouType);
document.querySelectorAll("[data-readings]").forEach(readingsSwitch);
document.querySelectorAll("[data-copy]").forEach(copyButton);
document.addEventListener("keydown", searchKey);
