// Adds lock entries for platform packages that the registry did not serve when the lock was made
// (npm leaves a 404 optional dependency out of the lock, and `npm ci` then refuses that lock).
import { readFileSync, writeFileSync } from "node:fs";
const path = process.argv[2] ?? "package-lock.json";
const lock = JSON.parse(readFileSync(path, "utf8"));
const OS = [
  "android",
  "darwin",
  "freebsd",
  "linux",
  "openharmony",
  "win32",
  "wasm32",
  "netbsd",
  "openbsd",
  "sunos",
  "aix",
];
const CPU = ["arm64", "x64", "ia32", "arm", "ppc64", "riscv64", "s390x", "wasm32", "loong64", "mips64el"];
const added = [];
for (const [where, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    if (lock.packages[key] || lock.packages[`${where}/${key}`] || where === "") continue;
    const words = name.split(/[-/]/);
    const os = OS.filter((word) => words.includes(word) && word !== "wasm32");
    const cpu = CPU.filter(
      (word) => words.includes(word) || (word === "arm" && words.some((w) => w === "armv7" || w === "arm")),
    );
    if (!/^\d/.test(version)) {
      console.error("skip range", where, name, version);
      continue;
    }
    const libc = words.some((w) => w.startsWith("musl"))
      ? ["musl"]
      : words.some((w) => w.startsWith("gnu"))
        ? ["glibc"]
        : undefined;
    lock.packages[key] = {
      version,
      cpu: cpu.length ? cpu : ["none"],
      ...(entry.dev ? { dev: true } : {}),
      ...(libc ? { libc } : {}),
      optional: true,
      os: os.length ? os : ["none"],
    };
    added.push(key);
  }
}
const sorted = Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries(sorted);
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length, "entries added");
