import { Remembered } from "../_lib/remembered.ts";

/** The name with which somebody last signed in here. */
export const lastName = new Remembered("tapedeck-name");
