// The proof of work: calculated beside the page while the form is filled in, at most once a form.

const box = document.querySelector("[data-proof]");
const said = box.querySelector("[data-proof-said]");
const answer = box.querySelector("[name=proof]");
const form = box.closest("form");
const { challenge, worker: address, working, done } = box.dataset;

let held = false;
let pressed = null;

// Whoever presses before the end is sent on at the end, and sees meanwhile that it is sending.
function hold(event) {
  event.preventDefault();
  held = true;
  pressed = event.submitter;
}

function goOn(sentence) {
  said.textContent = sentence;
  form.removeEventListener("submit", hold);
  if (held) form.requestSubmit(pressed);
}

function begin() {
  const wait = said.textContent;
  const worker = new Worker(address, { type: "module" });
  worker.addEventListener("message", ({ data }) => {
    answer.value = data;
    goOn(done);
  });
  worker.addEventListener("error", () => goOn(wait));
  worker.postMessage(JSON.parse(challenge));
  said.textContent = working;
  form.addEventListener("submit", hold);
}

// Without a secure context there is nothing to calculate with; then waiting is the way.
if (globalThis.crypto?.subtle) begin();
