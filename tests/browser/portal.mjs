// A portal of its own for each story: the built program on a free port with an empty data folder.

import { spawn } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));
export const output = join(root, "target/browser");
const binary = process.env.CERTGATE_BINARY ?? join(root, "target/release/certgate");

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts a portal; `printed` is what it said on its standard output, `stop` ends it and removes its data. */
export async function start(name, command = "serve") {
  mkdirSync(output, { recursive: true });
  const port = await freePort();
  const data = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "certgate-browser-"));
  const environment = Object.fromEntries(Object.entries(process.env).filter(([key]) => key !== "DATABASE_URL" && !key.startsWith("CERTGATE_")));
  if (process.env.CERTGATE_PG_BIN) environment.CERTGATE_PG_BIN = process.env.CERTGATE_PG_BIN;
  const child = spawn(binary, ["--data", data, "--listen", `127.0.0.1:${port}`, command], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
  const log = createWriteStream(join(output, `${name}.log`));
  child.stderr.pipe(log);
  const ended = new Promise((resolve) => child.once("exit", (code, signal) => resolve(code ?? signal)));
  let printed = "";
  const started = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.stdout.on("data", (bytes) => {
      printed += bytes;
      if (printed.includes("Stop with Ctrl-C.")) resolve();
    });
    ended.then((how) => reject(new Error(`the portal ended (${how}) before it served; see target/browser/${name}.log`)));
  });
  const remove = () => rmSync(data, { recursive: true, force: true });
  const limit = setTimeout(() => child.kill("SIGKILL"), 120_000);
  try {
    await started;
  } catch (error) {
    remove();
    throw error;
  } finally {
    clearTimeout(limit);
  }
  return {
    base: `http://127.0.0.1:${port}`,
    printed,
    setUpLink: /http\S+\/set-up\/\S+/.exec(printed)?.[0],
    async stop() {
      child.kill("SIGTERM");
      const hard = setTimeout(() => child.kill("SIGKILL"), 20_000);
      const how = await ended;
      clearTimeout(hard);
      remove();
      if (how !== 0) throw new Error(`the portal did not stop cleanly: ${how}`);
    },
  };
}
