// The list follows what is typed and chosen. Without scripts the button sends the same form.

const form = document.querySelector("[data-search]");
const pause = 300; // milliseconds after the last key
let waiting;
let request = new AbortController();

const there = (id) => document.getElementById(id);

function address() {
  const given = [...new FormData(form)].filter(([, value]) => value.trim());
  return given.length ? `${form.action}?${new URLSearchParams(given)}` : form.action;
}

async function load(url) {
  request.abort();
  request = new AbortController();
  const answer = await fetch(url, { signal: request.signal });
  if (!answer.ok) throw new Error(answer.statusText);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

// The fields themselves stay where they are, and with them the focus and what is being typed.
function show(page) {
  document.title = page.title;
  there("clear").hidden = page.getElementById("clear").hidden;
  const email = there("id_email")?.value;
  for (const id of ["found", "results"]) {
    there(id).replaceChildren(...page.getElementById(id).childNodes);
  }
  // Typed beside the list, for a job alert.
  if (email && there("id_email")) there("id_email").value = email;
  for (const select of form.querySelectorAll("select")) {
    // Not its children one by one: each that leaves a select makes the next one the chosen one.
    select.innerHTML = page.getElementById(select.id).innerHTML;
  }
}

// The page that is shown now, or null: a later search overtakes an earlier one.
async function follow(url) {
  try {
    const page = await load(url);
    show(page);
    return page;
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
    return null;
  }
}

// Typing on is one entry in the history, each choice is one of its own.
async function search(isTyping) {
  clearTimeout(waiting);
  const url = address();
  if (url === location.href || !(await follow(url))) return;
  const goesOn = isTyping && history.state?.isTyping;
  history[goesOn ? "replaceState" : "pushState"]({ isTyping }, "", url);
}

form.addEventListener("input", ({ target }) => {
  clearTimeout(waiting);
  const isTyping = target.type === "search";
  waiting = setTimeout(search, isTyping ? pause : 0, isTyping);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  search(false);
});

addEventListener("popstate", async () => {
  const page = await follow(location.href);
  if (page) form.elements.text.value = page.getElementById("text").value;
});
