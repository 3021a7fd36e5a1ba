/**
 * The feature release in a version as Java states it: `25.0.1`, `21-ea`, or `1.8.0_402` (8), whether alone,
 * in a `release` file (`JAVA_VERSION="25.0.1"`) or in what `java -version` prints. Null where there is none.
 */
export function javaMajor(text: string): number | null {
  const quoted = /(?:JAVA_VERSION=|version )"([^"]+)"/.exec(text)?.[1] ?? text.trim();
  const match = /^(\d+)(?:\.(\d+))?/.exec(quoted);
  if (match?.[1] === undefined) return null;
  return match[1] === "1" && match[2] !== undefined ? Number(match[2]) : Number(match[1]);
}
