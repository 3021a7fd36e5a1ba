import { Failure } from "../_ui/failure.tsx";
import { Facets } from "./facets.tsx";
import { NoMatch, Results, Searching } from "./results.tsx";
import type { SearchBox } from "./use-search-box.ts";

interface FoundProps {
  box: SearchBox;
  /** Id of the list of hits. */
  list: string;
  onOpen?: (() => void) | undefined;
}

/** The sectors and hits of what was typed; or why there are none. */
export function Found({ box, list, onOpen }: FoundProps) {
  const { data, error, hits, words, sector, settled, at } = box;
  return (
    <>
      {data && <Facets sectors={data.sectors} total={data.total} chosen={sector} onChoose={box.choose} />}
      {error && !data && (
        <Failure title="The search does not answer" error={error} onRetry={() => void box.refetch()} />
      )}
      {!data && !error && <Searching />}
      {data && hits.length === 0 && settled && <NoMatch words={words} sector={sector} />}
      <Results id={list} hits={hits} words={words} selected={at} onOpen={onOpen} />
    </>
  );
}
