// Finds the number of an ALTCHA challenge by trying them all, a batch at a time.
// https://altcha.org/docs/v2/proof-of-work/

const BATCH = 500;
const encoder = new TextEncoder();

function bytes(hex) {
  return hex.match(/../g).map((pair) => parseInt(pair, 16));
}

function isSame(digest, wanted) {
  const found = new Uint8Array(digest);
  return wanted.every((byte, index) => found[index] === byte);
}

async function tryFrom(first, salt, wanted) {
  const numbers = Array.from({ length: BATCH }, (_, index) => first + index);
  const digests = await Promise.all(
    numbers.map((number) => crypto.subtle.digest("SHA-256", encoder.encode(salt + number))),
  );
  return numbers.find((_, index) => isSame(digests[index], wanted));
}

async function solve({ algorithm, challenge, maxNumber, salt, signature }) {
  const wanted = bytes(challenge);
  for (let first = 0; first <= maxNumber; first += BATCH) {
    const number = await tryFrom(first, salt, wanted);
    if (number !== undefined) {
      return btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
    }
  }
  return "";
}

addEventListener("message", async ({ data }) => postMessage(await solve(data)));
