import { Remembered } from "../_lib/remembered.ts";

/** The symbol that was looked at last, for the way back to it. */
export const lastSymbol = new Remembered("tapedeck-symbol");

/** The query of the desk as it was last, saved or not. */
export const lastDesk = new Remembered("tapedeck-desk");
