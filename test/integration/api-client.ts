import type { LiveFrame, LiveTopics } from "#lib/contracts/views.ts";

/** The answer of one procedure, or its error as the page sees it. */
export interface Answer<T> {
  status: number;
  data: T;
  error: { message: string; data: { code: string; reason: string; details: unknown } } | null;
  cookie: string | null;
}

interface Envelope<T> {
  result?: { data: T };
  error?: Answer<T>["error"];
}

/** A query, as the page sends it. */
export async function ask<T>(
  address: string,
  procedure: string,
  input?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer<T>> {
  const query = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
  return answerOf<T>(await fetch(`${address}/api/trpc/${procedure}${query}`, { headers }));
}

/** A mutation, as our own page sends it. */
export async function change<T>(
  address: string,
  procedure: string,
  input: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer<T>> {
  return answerOf<T>(
    await fetch(`${address}/api/trpc/${procedure}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: address, ...headers },
      body: JSON.stringify(input),
    }),
  );
}

async function answerOf<T>(response: Response): Promise<Answer<T>> {
  const { result, error } = (await response.json()) as Envelope<T>;
  return {
    status: response.status,
    data: result?.data as T,
    error: error ?? null,
    cookie: response.headers.get("set-cookie"),
  };
}

export interface Received {
  id: string;
  frame: LiveFrame;
}

/** A page's stream: its frames as they come, over one connection. */
export async function* listen(
  address: string,
  topics: LiveTopics,
  { signal, lastEventId }: { signal: AbortSignal; lastEventId?: string },
): AsyncGenerator<Received, undefined> {
  const input = encodeURIComponent(JSON.stringify({ topics }));
  const response = await fetch(`${address}/api/trpc/live.page?input=${input}`, {
    headers: { accept: "text/event-stream", ...(lastEventId === undefined ? {} : { "last-event-id": lastEventId }) },
    signal,
  });
  let text = "";
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const events = text.split("\n\n");
    text = events.pop() ?? "";
    for (const event of events) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(event)?.[1];
      const [id, data] = [field("id"), field("data")];
      if (id !== undefined && data !== undefined) yield { id, frame: JSON.parse(data) as LiveFrame };
    }
  }
}

/** The first frame that is as wanted. */
export async function take(
  stream: AsyncGenerator<Received, undefined>,
  wanted: (received: Received) => boolean,
): Promise<Received> {
  for (;;) {
    const step = await stream.next();
    if (step.done === true) throw new Error("the stream ended");
    if (wanted(step.value)) return step.value;
  }
}
