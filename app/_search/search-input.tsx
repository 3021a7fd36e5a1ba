import { Icon } from "../_ui/icon.tsx";
import { optionId } from "./results.tsx";
import type { SearchBox } from "./use-search-box.ts";

interface SearchInputProps {
  box: SearchBox;
  /** Id of the list that it chooses from. */
  list: string;
}

/** Where the words are typed, and how many matches they have. */
export function SearchInput({ box, list }: SearchInputProps) {
  const { typed, hits, at, data, settled, words } = box;
  const total = data && data.total + (data.composite ? 1 : 0);
  return (
    <>
      <Icon name="search" />
      <input
        value={typed}
        aria-label="Ticker, name or former ticker"
        placeholder="Ticker, name or former ticker"
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls={list}
        aria-activedescendant={hits.length > 0 ? optionId(list, at) : undefined}
        autoComplete="off"
        spellCheck={false}
        // What shows it exists only to be typed into.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        onChange={(event) => box.type(event.target.value)}
        onKeyDown={box.onKey}
      />
      <span className="dim found" role="status">
        {total !== undefined && settled && words !== "" ? `${total} ${total === 1 ? "match" : "matches"}` : ""}
      </span>
    </>
  );
}
