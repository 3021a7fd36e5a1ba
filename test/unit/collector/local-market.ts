import type { WebSocket } from "ws";
import { localSource, type LocalSource } from "../feeds/local-source.ts";

interface MarketTrade {
  id: number;
  time: number;
}

/** What a server does to those who connect to it. `silent`: neither frames nor answers to pings. `rubbish`: frames and pages that mean nothing. */
export type Conduct = "well" | "silent" | "rubbish" | "refuses";

const PRICE = "61000.5";
const PAGE = 1_000;

/** One pair that is traded every few milliseconds, whoever listens. */
export class LocalMarket {
  readonly trades: MarketTrade[] = [];
  readonly #servers: MarketServer[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(firstId: number) {
    this.#timer = setInterval(() => this.#trade(firstId + this.trades.length), 4);
  }

  /** A server of this market, as Binance's are. */
  async server(conduct: Conduct = "well"): Promise<MarketServer> {
    const server = new MarketServer(this, conduct);
    await server.listen();
    this.#servers.push(server);
    return server;
  }

  /** No more is traded. */
  end(): void {
    clearInterval(this.#timer);
  }

  async close(): Promise<void> {
    this.end();
    await Promise.all(this.#servers.map((server) => server.die()));
  }

  #trade(id: number): void {
    const trade = { id, time: Date.now() };
    this.trades.push(trade);
    for (const server of this.#servers) server.tell(trade);
  }
}

export class MarketServer {
  readonly #market: LocalMarket;
  readonly #listeners = new Set<WebSocket>();
  #conduct: Conduct;
  #source: LocalSource | null = null;
  socketUrl = "";
  httpUrl = "";

  constructor(market: LocalMarket, conduct: Conduct) {
    this.#market = market;
    this.#conduct = conduct;
  }

  async listen(): Promise<void> {
    const refusing = this.#conduct === "refuses" ? { refuse: 451 } : {};
    this.#source = await localSource({
      connected: (socket) => this.#connected(socket),
      answer: (url) => this.#answer(url),
      ...refusing,
    });
    ({ socketUrl: this.socketUrl, httpUrl: this.httpUrl } = this.#source);
  }

  /** From now on. */
  behave(conduct: Conduct): void {
    this.#conduct = conduct;
    if (conduct === "silent") for (const socket of this.#listeners) socket.pause();
  }

  /** Breaks its connections and takes no more. */
  async die(): Promise<void> {
    const source = this.#source;
    this.#source = null;
    await source?.close();
  }

  tell({ id, time }: MarketTrade): void {
    if (this.#conduct === "silent") return;
    const data = { e: "trade", E: time, s: "BTCUSDT", t: id, p: PRICE, q: "0.5", T: time, m: false };
    const text = this.#conduct === "rubbish" ? "<html>" : JSON.stringify({ stream: "btcusdt@trade", data });
    for (const socket of this.#listeners) socket.send(text);
  }

  #connected(socket: WebSocket): void {
    socket.on("close", () => this.#listeners.delete(socket));
    socket.on("message", (data: Buffer) => {
      const { id } = JSON.parse(data.toString("utf8")) as { id: number };
      if (this.#conduct !== "well") return;
      socket.send(JSON.stringify({ result: null, id }));
      this.#listeners.add(socket);
    });
  }

  #answer(url: URL): unknown {
    if (this.#conduct === "refuses") return 451;
    if (this.#conduct === "rubbish") return { rows: "none" };
    if (url.pathname.endsWith("/time")) return { serverTime: Date.now() };
    if (url.pathname.endsWith("/aggTrades")) {
      const first = this.#market.trades.find(({ time }) => time >= Number(url.searchParams.get("startTime")));
      return first ? [{ f: first.id }] : [];
    }
    const from = Number(url.searchParams.get("fromId"));
    const page = this.#market.trades.filter(({ id }) => id >= from).slice(0, PAGE);
    return page.map(({ id, time }) => ({ id, price: PRICE, qty: "0.5", time, isBuyerMaker: false }));
  }
}
