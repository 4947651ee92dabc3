// Loads the page again when there is a new message.
const seen = document.body.dataset.latest;

setInterval(async () => {
  try {
    const answer = await fetch("/latest");
    if (answer.ok && (await answer.text()) !== seen) location.reload();
  } catch {
    // The inbox is down for the moment: ask again.
  }
}, 2000);
