import Link from "next/link";
import type { ComponentProps, MouseEvent } from "react";
import { symbolHref } from "../_lib/links.ts";

interface SymbolLinkProps extends Omit<ComponentProps<typeof Link>, "href" | "onClick"> {
  symbol: string;
  /** What a plain click does; with a key held the browser opens the symbol's page where the reader wants it. */
  onOpen: (symbol: string) => void;
}

/** Leads to a symbol: to its page, or to what the page around it makes of it. */
export function SymbolLink({ symbol, onOpen, ...rest }: SymbolLinkProps) {
  const onClick = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onOpen(symbol);
  };
  return <Link {...rest} href={symbolHref(symbol)} prefetch={false} onClick={onClick} />;
}
