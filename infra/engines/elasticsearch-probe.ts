/** Whether a node answers there and its cluster is green or yellow. Rejects when nobody listens or the signal aborts. */
export async function elasticsearchIsHealthy(port: number, signal: AbortSignal): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${port}/_cluster/health`, { signal });
  const health = (await response.json()) as { status?: string };
  return health.status === "green" || health.status === "yellow";
}
