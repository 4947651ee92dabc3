// What a browser can tell beside a field before anything is sent. The server judges all of it again.

const language = document.documentElement.lang;
const figures = new Intl.NumberFormat(language);

function size(bytes) {
  const isLarge = bytes >= 2 ** 20;
  const unit = { style: "unit", unit: isLarge ? "megabyte" : "kilobyte", maximumFractionDigits: 1 };
  return new Intl.NumberFormat(language, unit).format(bytes / (isLarge ? 2 ** 20 : 2 ** 10));
}

function complaint(file, input) {
  const { tooLarge, wrongType, empty } = input.closest("[data-upload]").dataset;
  const isKnown = input.accept.split(",").some((end) => file.name.toLowerCase().endsWith(end));
  if (!isKnown) return wrongType;
  if (file.size === 0) return empty;
  return file.size > Number(input.dataset.maxBytes) ? tooLarge : "";
}

async function preview(file, input) {
  const canvas = input.closest("[data-upload]").querySelector("[data-preview]");
  canvas.hidden = true;
  if (!file?.type.startsWith("image/")) return;
  const picture = await createImageBitmap(file).catch(() => null);
  // Another one may have been chosen meanwhile.
  if (!picture || input.files[0] !== file) return;
  const side = Math.min(picture.width, picture.height);
  const [left, top] = [(picture.width - side) / 2, (picture.height - side) / 2];
  const paper = canvas.getContext("2d");
  paper.clearRect(0, 0, canvas.width, canvas.height);
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
  // What the server said was about the file before.
  document.getElementById(`${input.id}_error`)?.remove();
  field.classList.toggle("field--wrong", Boolean(wrong));
  input.ariaInvalid = String(Boolean(wrong));
  preview(wrong ? null : file, input);
}

function counterBelow(area) {
  if (area.nextElementSibling?.matches(".field__count")) return area.nextElementSibling;
  const counter = document.createElement("p");
  counter.className = "field__count";
  area.after(counter);
  return counter;
}

// Lines end with one character here and on the server.
function count(area) {
  const limit = Number(area.dataset.maxLength);
  const length = [...area.value].length;
  const counter = counterBelow(area);
  counter.textContent = length > limit * 0.8 ? `${figures.format(length)} / ${figures.format(limit)}` : "";
  counter.classList.toggle("field__count--over", length > limit);
}

// On the document, since an answer of the server may bring another form onto the page.
document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-upload] input[type=file]")) judge(target);
});
document.addEventListener("input", ({ target }) => {
  if (target.matches("[data-max-length]")) count(target);
});
const countAll = () => document.querySelectorAll("[data-max-length]").forEach(count);
document.addEventListener("form-shown", countAll);
countAll();
