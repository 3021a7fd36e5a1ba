import {
  backfillId,
  type BackfillDocument,
  type ChannelDocument,
  type WorkerDocument,
} from "#lib/contracts/sources.ts";
import type { SourceStore } from "#lib/contracts/stores.ts";
import { TapedeckError } from "#lib/errors.ts";

/** The index `sources` in memory. */
export class FakeSources implements SourceStore {
  readonly documents = new Map<string, { document: ChannelDocument; version: number }>();
  readonly workerDocuments = new Map<string, WorkerDocument>();
  readonly backfillDocuments = new Map<string, BackfillDocument>();
  unavailable = false;
  /** The next write lands, but its answer is lost. */
  loseAnswer = false;

  #answer(): void {
    if (this.unavailable) throw new TapedeckError("UNAVAILABLE", "The store does not answer");
  }

  async channels(): Promise<ChannelDocument[]> {
    this.#answer();
    return [...this.documents.values()].map(({ document }) => document);
  }

  async putChannel(document: ChannelDocument, version: string | null): Promise<string> {
    this.#answer();
    const found = this.documents.get(document.channel);
    if ((found ? String(found.version) : null) !== version) throw new TapedeckError("CONFLICT", "Somebody was faster");
    const next = (found?.version ?? 0) + 1;
    this.documents.set(document.channel, { document, version: next });
    if (this.loseAnswer) {
      this.loseAnswer = false;
      throw new TapedeckError("TIMEOUT", "No answer");
    }
    return String(next);
  }

  async getChannel(channel: string): Promise<{ document: ChannelDocument; version: string } | null> {
    this.#answer();
    const found = this.documents.get(channel);
    return found ? { document: found.document, version: String(found.version) } : null;
  }

  async workers(): Promise<WorkerDocument[]> {
    this.#answer();
    return [...this.workerDocuments.values()];
  }

  async putWorker(document: WorkerDocument): Promise<void> {
    this.#answer();
    this.workerDocuments.set(document.id, document);
  }

  async removeWorker(id: string): Promise<void> {
    this.#answer();
    this.workerDocuments.delete(id);
  }

  async forgetWorkers(before: number): Promise<void> {
    this.#answer();
    for (const [id, { updated }] of this.workerDocuments) if (updated < before) this.workerDocuments.delete(id);
  }

  async wantBackfills(documents: readonly BackfillDocument[]): Promise<BackfillDocument[]> {
    this.#answer();
    return documents.map((document) => {
      const id = backfillId(document.symbol, document.interval, document.from);
      const found = this.backfillDocuments.get(id) ?? document;
      this.backfillDocuments.set(id, found);
      return found;
    });
  }

  async putBackfill(document: BackfillDocument): Promise<void> {
    this.#answer();
    this.backfillDocuments.set(backfillId(document.symbol, document.interval, document.from), document);
  }

  async renewBackfill(document: BackfillDocument): Promise<BackfillDocument> {
    await this.putBackfill(document);
    return document;
  }

  async backfills({
    symbol,
    states,
  }: {
    symbol?: string;
    states?: readonly BackfillDocument["state"][];
  }): Promise<BackfillDocument[]> {
    this.#answer();
    return [...this.backfillDocuments.values()].filter(
      (document) =>
        (symbol === undefined || document.symbol === symbol) &&
        (states === undefined || states.includes(document.state)),
    );
  }

  /** The same store as somebody sees it whose network may fail, or who is dead. */
  seenBy(worker: { cut: boolean }): SourceStore {
    const through = async <T>(call: () => Promise<T>): Promise<T> => {
      if (worker.cut) throw new TapedeckError("UNAVAILABLE", "Cut off");
      return call();
    };
    return {
      channels: () => through(() => this.channels()),
      putChannel: (document, version) => through(() => this.putChannel(document, version)),
      getChannel: (channel) => through(() => this.getChannel(channel)),
      workers: () => through(() => this.workers()),
      putWorker: (document) => through(() => this.putWorker(document)),
      removeWorker: (id) => through(() => this.removeWorker(id)),
      forgetWorkers: (before) => through(() => this.forgetWorkers(before)),
      wantBackfills: (documents) => through(() => this.wantBackfills(documents)),
      putBackfill: (document) => through(() => this.putBackfill(document)),
      renewBackfill: (document) => through(() => this.renewBackfill(document)),
      backfills: (query) => through(() => this.backfills(query)),
    };
  }
}
