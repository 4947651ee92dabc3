// Sends the form without leaving the page: progress can be seen, and an interruption loses nothing.
// Without scripts the browser sends it, to the same end.

const percent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" });
// What is over sooner needs no bar.
const PATIENCE = 400;
const QUARTERS = 4;

// The pages that this tab has shown, by step, so that the way back finds them as they were left.
const pages = [];
let step = history.state?.step ?? 0;
// What this tab has tried to send: the form's key, and its words. They stay with the entry in the
// history, so that a form which is loaded anew goes on from there, to the same application.
let tried = history.state?.tried ?? null;
let request = null;

const main = () => document.querySelector("main");
const part = (name) => main().querySelector(`[data-${name}]`);

// --- What is on the page ---------------------------------------------------------------------

function note() {
  history.replaceState({ step, tried }, "");
}

function takeUp() {
  const form = part("apply");
  if (form && tried) form.elements.submission_key.value = tried.key;
  note();
}

// After a reload, or in a tab that was put to sleep: here are the words, the server has the files.
async function fillInAgain() {
  const form = part("apply");
  if (!form || !tried || addressOfSent()) return;
  const body = new FormData();
  for (const [name, value] of tried.words) body.append(name, value);
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("edit", "1");
  main().inert = true;
  const answer = await fetch(location.pathname, { method: "POST", body }).catch(() => null);
  main().inert = false;
  if (answer?.redirected) leaveFor(answer.url);
  else if (answer?.ok) showForm(parse(await answer.text()));
}

function showForm(found) {
  show(pageOf(found));
  bringScripts(found);
  takeUp();
}

function lead(element) {
  if (!element) return;
  element.tabIndex = -1;
  element.focus();
}

const parse = (text) => new DOMParser().parseFromString(text, "text/html");
const pageOf = (found) => ({ main: found.querySelector("main"), title: found.title });

function show(page) {
  main().replaceWith(page.main);
  document.title = page.title;
}

// A form may come back with more than it had; what is here already hears that it is shown.
function bringScripts(found) {
  for (const { src } of found.querySelectorAll("script[src]")) {
    if ([...document.scripts].some((script) => script.src === new URL(src, location).href)) continue;
    document.head.append(Object.assign(document.createElement("script"), { type: "module", src }));
  }
  document.dispatchEvent(new Event("form-shown"));
}

function turnTo(page) {
  pages[step] = { main: main(), title: document.title };
  step += 1;
  history.pushState({ step, tried }, "");
  show(page);
  scrollTo(0, 0);
}

function turnBack({ state }) {
  // A link to a place on this page made an entry of its own.
  if (!state) return note();
  if (state.step === step) return;
  request?.abort();
  pages[step] = { main: main(), title: document.title };
  step = state.step;
  if (!pages[step]) return location.reload();
  show(pages[step]);
  sayThatItIsSent();
}

// Every entry in the history with that form is to know, and this one can only write its own.
function rememberSent(address) {
  try {
    sessionStorage.setItem(tried.key, address);
  } catch {
    // A tab without storage: then the server's cookie alone knows.
  }
}

function addressOfSent() {
  try {
    return sessionStorage.getItem(part("apply")?.elements.submission_key.value);
  } catch {
    return null;
  }
}

// After the way back from the applicant's page: what was sent is sent.
function sayThatItIsSent() {
  const [template, address] = [part("sent"), addressOfSent()];
  if (!template || !address || part("sent-note")) return;
  part("sent-before")?.remove();
  const words = template.content.cloneNode(true);
  words.querySelector("[data-sent-page]").href = address;
  template.after(words);
  for (const button of part("apply").querySelectorAll("button")) button.disabled = true;
  lead(template.nextElementSibling);
}

// --- Sending -----------------------------------------------------------------------------------

function say(words) {
  part("news").textContent = words;
}

function work(button) {
  const { sending } = part("send").dataset;
  button.dataset.label ??= button.textContent;
  button.textContent = sending;
  part("trouble").hidden = true;
  part("share").textContent = "";
  part("progress").querySelector("progress").removeAttribute("value");
  for (const each of part("send").querySelectorAll(".send__buttons button")) each.disabled = true;
  say(sending);
}

function rest() {
  request = null;
  if (!part("send")) return;
  part("progress").hidden = true;
  for (const each of part("send").querySelectorAll(".send__buttons button")) {
    each.disabled = false;
    each.textContent = each.dataset.label ?? each.textContent;
  }
}

function tell({ loaded, total }) {
  const { progressText, waiting } = part("send").dataset;
  const share = percent.format(loaded / total);
  const quarter = Math.floor((QUARTERS * loaded) / total) / QUARTERS;
  part("progress").querySelector("progress").value = loaded / total;
  part("share").textContent = share;
  const words = loaded === total ? waiting : progressText.replace("{percent}", percent.format(quarter));
  if (quarter > 0 && part("news").textContent !== words) say(words);
}

function fail(words, again) {
  rest();
  say("");
  part("trouble-text").textContent = words;
  part("trouble").hidden = false;
  part("again").onclick = again;
  part("again").focus();
}

// What to say beside the button, because nothing else on the page would be another; empty when the
// answer is a page to show.
function trouble(status, found) {
  const { tooLarge, unclear } = part("send").dataset;
  const notice = found.querySelector("[data-notice]");
  // The form that came back has lost the files that this one still has.
  if (status === 503 && notice) return notice.textContent;
  if (status === 410 || found.querySelector("[data-apply]")) return "";
  if (status === 413) return tooLarge;
  return found.querySelector("main .lead")?.textContent ?? unclear;
}

function receive(response, again) {
  if (new URL(response.responseURL).pathname !== location.pathname) return leaveFor(response.responseURL);
  const found = parse(response.responseText);
  const wrong = trouble(response.status, found);
  if (wrong) return fail(wrong, again);
  rest();
  // From a position that has closed meanwhile the way back leads to the form as it was filled in.
  if (response.status === 200 || response.status === 410) turnTo(pageOf(found));
  else show(pageOf(found));
  bringScripts(found);
  lead(part("summary") ?? main().querySelector("h1"));
}

function leaveFor(address) {
  rememberSent(address);
  location.assign(address);
}

function send(form, button) {
  const body = new FormData(form);
  const words = [...body].filter(([, value]) => typeof value === "string");
  tried = { key: body.get("submission_key"), words };
  note();
  if (button.name) body.set(button.name, button.value);
  const again = () => form.requestSubmit(button);
  work(button);
  request = new XMLHttpRequest();
  request.open("POST", location.pathname);
  request.upload.onprogress = tell;
  request.onload = ({ target }) => receive(target, again);
  request.onerror = () => fail(part("send").dataset.interrupted, again);
  request.onabort = () => fail(part("send").dataset.stopped, again);
  request.send(body);
  const sent = request;
  setTimeout(() => {
    if (request === sent) part("progress").hidden = false;
  }, PATIENCE);
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-apply]")) return;
  const button = event.submitter ?? event.target.querySelector("button");
  // The proof of work holds it back, and sends it when it is done.
  if (event.defaultPrevented) return work(button);
  event.preventDefault();
  if (!request) send(event.target, button);
});
document.addEventListener("click", ({ target }) => {
  if (target.matches("[data-stop]")) request?.abort();
  // A link to the page itself is a reload to some browsers, and would find the old key.
  if (target.matches("[data-another]")) {
    tried = null;
    history.replaceState(null, "");
  }
});
window.addEventListener("popstate", turnBack);
window.addEventListener("pageshow", () => {
  rest();
  sayThatItIsSent();
});
takeUp();
lead(part("summary"));
fillInAgain();
