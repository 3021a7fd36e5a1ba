"use client";
import { useEffect, useState, type ReactNode } from "react";

/** Waiting is said in words only once it is felt, milliseconds. */
const FELT = 400;

export function Late({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), FELT);
    return () => clearTimeout(timer);
  }, []);
  return shown ? children : null;
}
