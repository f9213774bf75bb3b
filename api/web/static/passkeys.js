// Forms that a passkey fills in (WebAuthn level 3); hidden where the browser knows none.
"use strict";
{
  const kinds = { get: "parseRequestOptionsFromJSON", create: "parseCreationOptionsFromJSON" };
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const kind = form.dataset.passkey, parse = window.PublicKeyCredential?.[kinds[kind]];
    if (!parse || !navigator.credentials) continue;
    form.hidden = false;
    for (const other of document.querySelectorAll("[data-without-passkeys]")) other.hidden = true;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const refused = form.querySelector("[data-refused]");
      refused.hidden = true;
      try {
        const answer = await fetch(form.dataset.challenge, { method: "POST", body: new URLSearchParams(new FormData(form)) });
        if (answer.redirected) return location.assign(answer.url);
        if (!answer.ok) throw new Error(answer.status);
        const { challenge_id, options } = await answer.json();
        const shown = await navigator.credentials[kind]({ publicKey: parse.call(PublicKeyCredential, options) });
        form.elements.challenge_id.value = challenge_id;
        form.elements.passkey.value = JSON.stringify(shown.toJSON());
        form.submit();
      } catch {
        refused.hidden = false;
      }
    });
  }
}
