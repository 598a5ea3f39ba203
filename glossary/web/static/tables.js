// On Datasette's own pages of a glossary: folds the long list of column descriptions above a table, and draws bars beside
// the counts that a saved query answers with.
"use strict";

const COUNTS = ["mentions", "occurrences"];

document.addEventListener("DOMContentLoaded", () => {
  foldDescriptions();
  if (document.body.classList.contains("query")) COUNTS.forEach(drawBars);
});

function foldDescriptions() {
  const japanese = (navigator.language || "").startsWith("ja");
  for (const list of document.querySelectorAll("dl.column-descriptions")) {
    const fold = document.createElement("details");
    fold.className = "glossary-columns";
    const summary = document.createElement("summary");
    const count = list.querySelectorAll("dt").length;
    summary.textContent = japanese ? `列の説明（${count}）` : `What the ${count} columns mean`;
    list.replaceWith(fold);
    fold.append(summary, list);
  }
}

/** A bar beside each number of a column, the largest as wide as a bar gets. */
function drawBars(column) {
  const cells = [...document.querySelectorAll(`td.col-${column}`)];
  const numbers = cells.map((cell) => Number(cell.textContent.trim().replaceAll(",", "")));
  const largest = Math.max(...numbers);
  if (!(largest > 0)) return; // no rows, or not numbers
  cells.forEach((cell, i) => {
    const bar = document.createElement("span");
    bar.className = "glossary-bar";
    bar.setAttribute("aria-hidden", "true");
    bar.style.width = `${(6 * numbers[i]) / largest}rem`;
    cell.append(" ", bar);
  });
}
