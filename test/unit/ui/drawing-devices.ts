import { type Drawing, drawingsSchema } from "#lib/contracts/drawings.ts";
import type { Versioned } from "#lib/contracts/kept.ts";
import { USUAL_STYLE } from "../../../app/_chart/_drawings/drawing.ts";
import { DrawingStore, storedKey, type TextStorage } from "../../../app/_chart/_drawings/drawing-store.ts";
import { type DrawingsServer, ServerDrawings } from "../../../app/_chart/_drawings/server-drawings.ts";
import { formatStored, NOTHING_STORED } from "../../../app/_chart/_drawings/stored.ts";
import type { Waiting } from "../../../app/_chart/_drawings/waiting.ts";

const SYMBOL = "SIM:AAPL";

export const line = (id: string, price = 100): Drawing => ({
  ...USUAL_STYLE,
  id,
  kind: "horizontal",
  points: [{ time: 1_000_000, price }],
  extend: "none",
  text: "",
});

/** The server, for one person and symbol. */
export class DrawingServer implements DrawingsServer {
  kept: readonly Drawing[] = [];
  version = 0;
  saves = 0;
  fault: "signed out" | "refused" | "later" | null = null;
  /** Done behind each saving, before its answer is read. */
  behind: (() => void) | null = null;

  read = async (): Promise<Versioned<Drawing>> => {
    if (this.fault) throw new Error(this.fault);
    return { kept: this.kept, version: String(this.version) };
  };

  save = async ({ kept, version }: Versioned<Drawing>): Promise<Versioned<Drawing>> => {
    if (this.fault) throw new Error(this.fault);
    if (version !== String(this.version)) throw new Error("conflict");
    this.kept = drawingsSchema.parse(kept);
    this.version += 1;
    this.saves += 1;
    const answer = { kept: this.kept, version: String(this.version) };
    this.behind?.();
    return answer;
  };

  meaning = (error: unknown) =>
    (error instanceof Error ? error.message : "later") as ReturnType<DrawingsServer["meaning"]>;
}

export class Pocket implements Waiting {
  text: string | null = null;
  read = (): string | null => this.text;
  write = (text: string | null): void => void (this.text = text);
}

export interface Device {
  store: DrawingStore;
  drawings: ServerDrawings;
  pocket: Pocket;
  said: string[];
}

/** A page of the person who is signed in. */
export async function device(
  server: DrawingServer,
  pocket = new Pocket(),
  storage: TextStorage | null = null,
): Promise<Device> {
  const said: string[] = [];
  const store = new DrawingStore(SYMBOL, storage, (words) => said.push(words));
  const drawings = new ServerDrawings({
    owner: "ada",
    server,
    waiting: pocket,
    signedOut: () => said.push("signed out"),
    full: () => said.push("full"),
  });
  store.keepAt(drawings);
  await drawings.read();
  return { store, drawings, pocket, said };
}

/** A browser in which two lines were drawn. */
export function usedBrowser(): TextStorage {
  const held = new Map([[storedKey(SYMBOL), formatStored({ ...NOTHING_STORED, drawings: [line("x"), line("y")] })]]);
  return {
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, text) => void held.set(key, text),
    removeItem: (key) => void held.delete(key),
  };
}
