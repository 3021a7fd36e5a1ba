import { accessSync, constants, readdirSync, readFileSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { javaMajor } from "./java-version.ts";

/** Elasticsearch refuses anything older. */
export const MINIMUM_JAVA = 21;

export interface Jdk {
  /** Folder that holds `bin/java` and `bin/jar`. */
  home: string;
  major: number;
}

/** Folders each of whose children may be a JDK, on Linux, macOS, and where SDKMAN and editors put theirs. */
function parents(): string[] {
  return [
    "/usr/lib/jvm",
    "/usr/java",
    "/opt/java",
    "/Library/Java/JavaVirtualMachines",
    join(homedir(), "Library/Java/JavaVirtualMachines"),
    "/opt/homebrew/opt",
    "/usr/local/opt",
    join(homedir(), ".sdkman/candidates/java"),
    join(homedir(), ".jdks"),
  ];
}

function children(folder: string): string[] {
  try {
    return readdirSync(folder)
      .toSorted()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** The file that a name in PATH leads to, links followed; null when there is none that may be executed. */
export function findInPath(name: string): string | null {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    const file = join(folder, name);
    if (folder !== "" && isExecutable(file)) return realpathSync(file);
  }
  return null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function jdkAt(home: string): Jdk | null {
  if (!isExecutable(join(home, "bin/java")) || !isExecutable(join(home, "bin/jar"))) return null;
  try {
    const major = javaMajor(readFileSync(join(home, "release"), "utf8"));
    return major === null ? null : { home, major };
  } catch {
    return null; // every JDK since 9 has the file
  }
}

/** The first JDK of at least MINIMUM_JAVA: in JAVA_HOME, in PATH, then where they are usually installed. */
export function findJdk(): Jdk | null {
  const inPath = findInPath("java");
  const homes = [
    process.env["ES_JAVA_HOME"],
    process.env["JAVA_HOME"],
    inPath === null ? undefined : dirname(dirname(inPath)),
    ...parents()
      .flatMap(children)
      .flatMap((folder) => [folder, join(folder, "Contents/Home"), join(folder, "libexec/openjdk.jdk/Contents/Home")]),
  ];
  for (const home of homes) {
    const jdk = home === undefined || home === "" ? null : jdkAt(home);
    if (jdk !== null && jdk.major >= MINIMUM_JAVA) return jdk;
  }
  return null;
}
