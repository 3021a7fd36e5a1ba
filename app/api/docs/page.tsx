import type { Metadata } from "next";
import { connection } from "next/server";
import { DocsPage } from "../../_docs/docs-page.tsx";

export const metadata: Metadata = { title: "For programs" };

const wallTime = (): number => Date.now() * 1_000;

export default async function Page() {
  // Its examples are of the day on which it is asked for.
  await connection();
  return <DocsPage now={wallTime()} />;
}
