import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

/** One import: which file of the project imports what, as written. */
export interface Import {
  file: string;
  specifier: string;
}

/** Static imports, re-exports, dynamic imports and `require`, types too: they couple as much as values. */
const PATTERNS = [
  /^\s*(?:import|export)\b[^"'`;]*?\bfrom\s*["']([^"']+)["']/gm,
  /^\s*import\s*["']([^"']+)["']/gm,
  /\b(?:import|require)\s*\(\s*["']([^"']+)["']/g,
];

/** What a source text imports. Comments are not looked into. */
export function importsOf(file: string, text: string): Import[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/^\s*\/\/.*$/gm, "");
  const specifiers = PATTERNS.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1] ?? ""));
  return [...new Set(specifiers)].map((specifier) => ({ file, specifier }));
}

/** The file of the project that is meant (`lib/domain/bar.ts`), or null for a package. */
export function projectPath({ file, specifier }: Import): string | null {
  if (specifier.startsWith("#")) return specifier.slice(1);
  return specifier.startsWith(".") ? posix.join(posix.dirname(file), specifier) : null;
}

/** The name of the package that is meant (`@scope/name`), `node:…` for Node's own, or null for a file of the project. */
export function packageName(given: Import): string | null {
  if (projectPath(given) !== null) return null;
  const parts = given.specifier.split("/");
  return given.specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? "");
}

/** Every import of every TypeScript file below the folders of the project. */
export function projectImports(root: string, folders: readonly string[]): Import[] {
  return folders
    .flatMap((folder) => sourceFiles(root, folder))
    .flatMap((file) => importsOf(file, readFileSync(join(root, file), "utf8")));
}

function sourceFiles(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => posix.join(entry.parentPath.slice(root.length + 1), entry.name));
}
