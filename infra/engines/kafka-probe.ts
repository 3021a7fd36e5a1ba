import { connect } from "node:net";

const METADATA = 3;
const VERSION = 5;

/** A Metadata request (version 5) for no topic at all, framed: the smallest question that only a ready broker answers. */
export function metadataRequest(): Buffer {
  const request = Buffer.alloc(19);
  request.writeInt32BE(15, 0); // length of what follows
  request.writeInt16BE(METADATA, 4);
  request.writeInt16BE(VERSION, 6);
  request.writeInt32BE(1, 8); // correlation id
  request.writeInt16BE(-1, 12); // no client id
  request.writeInt32BE(0, 14); // no topics
  request.writeInt8(0, 18); // and do not create any
  return request;
}

/** How many brokers the answer lists; null while it is incomplete. */
export function brokersInAnswer(answer: Buffer): number | null {
  // length, correlation id, throttle time, number of brokers
  return answer.length < 16 ? null : answer.readInt32BE(12);
}

/** Whether a broker listens there and its cluster knows a broker. Rejects when nobody listens or the signal aborts. */
export async function kafkaAnswers(host: string, port: number, signal: AbortSignal): Promise<boolean> {
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  const socket = connect({ host, port });
  let answer = Buffer.alloc(0);
  const onAbort = (): void => {
    socket.destroy(new Error("aborted"));
  };
  signal.addEventListener("abort", onAbort, { once: true });
  socket.on("connect", () => socket.write(metadataRequest()));
  socket.on("data", (chunk) => {
    answer = Buffer.concat([answer, chunk]);
    const brokers = brokersInAnswer(answer);
    if (brokers !== null) resolve(brokers > 0);
  });
  socket.on("error", reject);
  socket.on("close", () => reject(new Error("closed")));
  try {
    return await promise;
  } finally {
    signal.removeEventListener("abort", onAbort);
    socket.destroy();
  }
}
