// Does the calculation of the page (proof of work by version 2 of ALTCHA's protocol) while one looks at it once more, so that
// the answer need not wait for its turn. A browser without scripts, or one that has no PBKDF2, sends the same form and waits.
(() => {
  const form = document.getElementById("telling");
  const { subtle } = globalThis.crypto ?? {};
  if (!form || !subtle) return;
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const hex = (bytes) => Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
  const bytesOf = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

  async function solve(challenge) {
    const { nonce, salt, cost, keyLength, keyPrefix } = challenge.parameters;
    const start = bytesOf(nonce);
    const password = new Uint8Array(start.length + 4);
    password.set(start);
    for (let counter = 0; ; counter++) {
      new DataView(password.buffer).setUint32(start.length, counter);
      const key = await subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
      const how = { name: "PBKDF2", hash: "SHA-256", salt: bytesOf(salt), iterations: cost };
      const derivedKey = hex(new Uint8Array(await subtle.deriveBits(how, key, keyLength * 8)));
      if (derivedKey.startsWith(keyPrefix)) return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } }));
    }
  }

  const solved = solve(read("work")).catch(() => "");
  let ready = false;
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (button?.value !== "send" || ready) return;
    event.preventDefault();
    document.getElementById("progress").textContent = read("working");
    form.elements.work.value = await solved;
    ready = true;
    setTimeout(() => form.requestSubmit(button)); // while the first submission is being answered, none begins
  });
})();
