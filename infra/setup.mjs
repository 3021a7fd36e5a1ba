// Runs before every npm script, on whatever Node the machine has (20 or newer), before anything is installed:
// plain JavaScript without dependencies. Installs what package-lock.json says when it is missing or stale.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const WANTED_NODE = 24;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const ownNode = join(root, "node_modules", ".bin", "node");
const onWindows = process.platform === "win32";

function fail(message) {
  console.error(`\n${message}\n`);
  process.exit(1);
}

const major = (version) => Number(/^v?(\d+)/.exec(version)?.[1] ?? 0);
if (major(process.version) < 20) {
  fail(`Tapedeck needs Node 20 or newer to install itself; this is ${process.version}. See https://nodejs.org.`);
}

/** Whether node_modules holds what the lock says. npm keeps a list of what it installed, written when it was done. */
function isCurrent() {
  const list = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(list)) return false;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const present = JSON.parse(readFileSync(list, "utf8")).packages;
  const nodeForHere = `node_modules/node-${process.platform}-${process.arch}`;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "") return true;
    const got = present[path];
    if (got) return got.version === entry.version && (!entry.integrity || got.integrity === entry.integrity);
    // npm leaves out optional packages of other platforms; without Node's own a Node too old would go on
    return entry.optional === true && path !== nodeForHere;
  });
}

function install() {
  const started = performance.now();
  console.log("Installing dependencies (npm ci) …");
  // npm exports its own settings to scripts as npm_*; a nested npm must not inherit them.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(?!config_)/i.test(name)));
  try {
    const options = ["--no-fund", "--no-audit", "--include=dev", "--include=optional", "--loglevel=error"];
    execFileSync("npm", ["ci", ...options], { cwd: root, env, stdio: "inherit", shell: onWindows });
  } catch (error) {
    fail(
      error.code === "ENOENT"
        ? "npm was not found in PATH. It comes with Node: https://nodejs.org"
        : `npm ci failed (exit code ${error.status}); its own words are above. Check the connection and the registry\n` +
            `(npm config get registry), then run the same command again.`,
    );
  }
  console.log(`Dependencies installed in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

/** npm puts node_modules/.bin first, so the scripts that follow run the Node that lies there. */
function checkNode() {
  if (existsSync(ownNode)) {
    const { stdout } = spawnSync(ownNode, ["--version"], { encoding: "utf8" });
    if (major(stdout ?? "") >= WANTED_NODE) return;
    rmSync(ownNode); // it does not run here (another libc, for one): let the outer Node through
  }
  if (major(process.version) >= WANTED_NODE) return;
  fail(
    `Tapedeck runs on Node ${WANTED_NODE}; this is ${process.version}, and the Node that npm installed for it does not run on ` +
      `${process.platform} ${process.arch}.\nInstall Node ${WANTED_NODE} from https://nodejs.org and run the same command again.`,
  );
}

if (!isCurrent()) install();
checkNode();
