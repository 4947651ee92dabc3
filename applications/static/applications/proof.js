// The proof of work: calculated beside the page while the form is filled in, at most once a form.

function prove(box) {
  const said = box.querySelector("[data-proof-said]");
  const answer = box.querySelector("[name=proof]");
  const form = box.closest("form");
  const { challenge, worker: address, working, done } = box.dataset;
  const wait = said.textContent;
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

function begin() {
  const box = document.querySelector("[data-proof]");
  // Without a secure context there is nothing to calculate with; then waiting is the way.
  if (box && globalThis.crypto?.subtle) prove(box);
}

begin();
document.addEventListener("form-shown", begin);
