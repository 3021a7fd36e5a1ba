/** What an example answered: its status line, and the beginning of it. */
export interface Answer {
  status: string;
  text: string;
}

/** Characters that are shown. */
const MOST = 2_000;
/** A stream is read so long, milliseconds. */
const WITHIN = 2_500;

/** The beginning of an answer; a stream's first seconds. Never rejects: what went wrong is the answer. */
export async function readSome(address: string): Promise<Answer> {
  const ending = new AbortController();
  let text = "";
  try {
    const response = await fetch(address, { signal: ending.signal });
    const type = response.headers.get("content-type") ?? "";
    const status = `${response.status} ${response.statusText} · ${type}`;
    if (type.includes("parquet")) return { status, text: `${(await response.arrayBuffer()).byteLength} bytes` };
    const timer = setTimeout(() => ending.abort(), WITHIN);
    if (response.body) for await (const piece of beginning(response.body)) text += piece;
    clearTimeout(timer);
    ending.abort();
    return { status, text: shortened(text, type) };
  } catch (error) {
    return { status: "no answer", text: error instanceof Error ? error.message : String(error) };
  }
}

async function* beginning(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (let length = 0; length <= MOST;) {
    // What was cut short by its time has come as far as it has.
    const step = await reader.read().catch(() => null);
    if (!step || step.done) return;
    length += step.value.length;
    yield step.value;
  }
}

function shortened(text: string, type: string): string {
  const whole = text.length <= MOST && type.includes("json") ? JSON.stringify(JSON.parse(text), null, 2) : text;
  return whole.length > MOST ? `${whole.slice(0, MOST)} …` : whole;
}
