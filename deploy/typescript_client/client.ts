// The client of Chamba's API: every address, body and answer has its type from the server's own OpenAPI document.
import createClient, { type Client } from "openapi-fetch";

import type { components, paths } from "./schema.js";

export type { components, operations, paths } from "./schema.js";

/** Every body and answer by its name: `Schemas["JobDocument"]`. */
export type Schemas = components["schemas"];
/** What an error is (RFC 9457). */
export type Problem = Schemas["ProblemDocument"];
export type ChambaClient = Client<paths>;

export interface ChambaOptions {
  /** Where the server is, such as `https://chamba.example`. */
  baseUrl: string;
  /** The partner's key. */
  key: string;
  /** The language of what is told to people. */
  language?: "es" | "en";
  /** Asks in place of the global `fetch`. */
  fetch?: (request: Request) => Promise<Response>;
}

/** A client that sends the key with every request. What the server refuses is in `error`; only a lost connection throws. */
export function chambaClient({ baseUrl, key, language = "es", fetch }: ChambaOptions): ChambaClient {
  const headers = { Authorization: `Bearer ${key}`, "Accept-Language": language };
  return createClient<paths>({ baseUrl, headers, ...(fetch && { fetch }) });
}

/** A problem, thrown by what gives no answer to look at. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.title}: ${problem.detail}`);
    this.name = "ProblemError";
  }
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next_cursor: string | null;
}

/** Every item of a list, asked page by page; throws a ProblemError where a page is refused. */
export async function* everyItem<Item>(
  ask: (cursor: string | null) => Promise<{ data?: Page<Item> | undefined; error?: Problem | undefined }>,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | null = null;
  do {
    const { data, error } = await ask(cursor);
    if (!data) throw error ? new ProblemError(error) : new Error("expected a page; got an answer without a body");
    yield* data.items;
    cursor = data.next_cursor;
  } while (cursor !== null);
}
