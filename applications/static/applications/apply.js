// What the form does better with scripts. Without them everything works, one round trip later.

const form = document.querySelector("[data-apply]");
const button = form.querySelector("button");
const calmLabel = button.textContent;
const language = document.documentElement.lang;
const figures = new Intl.NumberFormat(language);

function size(bytes) {
  const isLarge = bytes >= 2 ** 20;
  const unit = { style: "unit", unit: isLarge ? "megabyte" : "kilobyte", maximumFractionDigits: 1 };
  return new Intl.NumberFormat(language, unit).format(bytes / (isLarge ? 2 ** 20 : 2 ** 10));
}

// The way back may load the form anew, with a new key under what was typed and sent already. The
// key stays with the entry in the history, so that sending again leads to the same application.
function keepTheKey() {
  const key = form.elements.submission_key;
  key.value = history.state?.key ?? key.value;
  history.replaceState({ key: key.value }, "");
}

function sayWhatIsWrong() {
  document.querySelector("[data-summary]")?.focus();
}

function showThatItIsSending() {
  button.disabled = true;
  button.textContent = button.dataset.sending;
}

// Also after the way back, when the browser shows the page as it was left.
function waitForThePress() {
  button.disabled = false;
  button.textContent = calmLabel;
}

function complaint(file, input) {
  const { tooLarge, wrongType } = input.closest("[data-upload]").dataset;
  const isKnown = input.accept.split(",").some((end) => file.name.toLowerCase().endsWith(end));
  if (!isKnown) return wrongType;
  return file.size > Number(input.dataset.maxBytes) ? tooLarge : "";
}

async function preview(file, canvas) {
  canvas.hidden = true;
  if (!file?.type.startsWith("image/")) return;
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return;
  const side = Math.min(picture.width, picture.height);
  const [left, top] = [(picture.width - side) / 2, (picture.height - side) / 2];
  const paper = canvas.getContext("2d");
  paper.drawImage(picture, left, top, side, side, 0, 0, canvas.width, canvas.height);
  canvas.hidden = false;
}

function judge(input) {
  const field = input.closest("[data-upload]");
  const said = field.querySelector("[data-said]");
  const file = input.files[0];
  const wrong = file ? complaint(file, input) : "";
  input.setCustomValidity(wrong);
  said.textContent = wrong || (file ? `${file.name} (${size(file.size)})` : "");
  said.classList.toggle("field__error", Boolean(wrong));
  preview(wrong ? null : file, field.querySelector("[data-preview]"));
}

// Lines end with one character here and on the server.
function count(area) {
  const limit = Number(area.dataset.maxLength);
  const length = [...area.value].length;
  const counter = area.nextElementSibling;
  counter.textContent = length > limit * 0.8 ? `${figures.format(length)} / ${figures.format(limit)}` : "";
  counter.classList.toggle("field__count--over", length > limit);
}

function countBelow(area) {
  const counter = document.createElement("p");
  counter.className = "field__count";
  area.after(counter);
  area.addEventListener("input", () => count(area));
  count(area);
}

keepTheKey();
sayWhatIsWrong();
form.addEventListener("submit", showThatItIsSending);
window.addEventListener("pageshow", waitForThePress);
for (const input of form.querySelectorAll("[data-upload] input[type=file]")) {
  input.addEventListener("change", () => judge(input));
}
form.querySelectorAll("[data-max-length]").forEach(countBelow);
