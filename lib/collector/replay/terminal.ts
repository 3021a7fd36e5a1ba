/** Where a command line tool writes. */
export interface Terminal {
  /** A line that replaces the progress before it; where there is no terminal, one each ten seconds. */
  progress: (text: string) => void;
  /** Lines that stay. */
  say: (text: string) => void;
  /** Leaves the last progress as it is. */
  end: () => void;
}

interface Output {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const PLAIN_EVERY = 10_000;
const CLEAR = "\r\u001B[K";

export function createTerminal(output: Output, now: () => number = () => performance.now()): Terminal {
  let isOpen = false;
  let written = -PLAIN_EVERY;
  const clear = (): void => {
    if (isOpen) output.write(CLEAR);
    isOpen = false;
  };
  return {
    progress: (text) => {
      if (output.isTTY === true) {
        output.write(`${CLEAR}${text.slice(0, (output.columns ?? 80) - 1)}`);
        isOpen = true;
      } else if (now() - written >= PLAIN_EVERY) {
        written = now();
        output.write(`${text}\n`);
      }
    },
    say: (text) => {
      clear();
      output.write(`${text}\n`);
    },
    end: () => {
      if (isOpen) output.write("\n");
      isOpen = false;
    },
  };
}
