"use client";
import { createContext } from "react";

/** Opens the search over the page. */
export const OpenSearchContext = createContext<() => void>(() => undefined);
