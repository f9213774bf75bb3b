// Keeps style and scripts, the last answers and one's applications, for when there is no connection.
"use strict";
const FILES = "STATIC", OFFLINE = "/sin-conexion", NAME = "chamba-1";
const READ_OFFLINE = /^\/(trabajos|mis-postulaciones|guardados)(\/|$)(?!.*\/postular$)/;

addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll([...FILES, OFFLINE])).then(() => skipWaiting()));
});
addEventListener("activate", (event) => {
  const isOld = (name) => name !== NAME;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name)))).then(() => clients.claim()));
});

const page = async (request) => {
  const url = new URL(request.url);
  const cache = await caches.open(NAME);
  try {
    const answer = await fetch(request);
    if (request.method === "GET" && answer.ok && !answer.redirected && READ_OFFLINE.test(url.pathname)) await cache.put(url.pathname, answer.clone());
    return answer;
  } catch {
    const kept = request.method === "GET" ? await cache.match(url.pathname) : null;
    return kept || (await cache.match(OFFLINE));
  }
};
const file = async (request) => {
  const cache = await caches.open(NAME);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
};

addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(page(event.request));
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(event.request));
});
