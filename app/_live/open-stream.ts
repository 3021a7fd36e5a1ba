import type { TRPCClient } from "@trpc/client";
import type { AppRouter } from "#lib/api/router.ts";
import type { OpenStream } from "./connection.ts";

/**
 * The stream of `live.page`. The first sign of trouble ends it: reconnecting is the connection's own affair, so that the page can say
 * when the next attempt comes and make one at once.
 */
export function streamOf(client: TRPCClient<AppRouter>): OpenStream {
  return ({ topics, lastEventId }, { onFrame, onOpen, onLost }) => {
    const subscription = client.live.page.subscribe(
      { topics, lastEventId },
      {
        onStarted: onOpen,
        onData: ({ id, data }) => onFrame(id, data),
        onConnectionStateChange: ({ state, error }) => {
          if (state === "connecting" && error) onLost();
        },
        onError: onLost,
        onComplete: onLost,
      },
    );
    return () => subscription.unsubscribe();
  };
}
