/** How a process ended. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A process that was started and answers. */
export interface Running {
  readonly pid: number;
  /** Resolves when the process is gone, however it went. */
  readonly exited: Promise<Exit>;
  /** Asks it to end, insists after its time limit, and resolves when it is gone. */
  stop(): Promise<void>;
  /** SIGKILL to it and to all it started; resolves when it is gone. */
  kill(): Promise<void>;
  /** The last lines it wrote, oldest first. */
  lastLines(): string[];
}

/** Something that can be started again and again: an engine or a worker. */
export interface Service {
  readonly name: string;
  /**
   * Resolves when it answers; rejects, with nothing left behind, when it does not come up or the signal aborts. `launched` gets
   * the process as soon as there is one.
   */
  start(signal: AbortSignal, launched?: (running: Running) => void): Promise<Running>;
}
