import type { TestProject } from "vitest/node";
import { writeLog } from "./log.js";
import { Up } from "./up.js";

declare module "vitest" {
  interface ProvidedContext {
    urls: string[];
  }
}

/** As many as run beside each other: `vitest.browser.config.ts`. */
const hosts = 3;

/** A host for each of the files that run at once, with a channel that is long enough to scroll. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const log = await writeLog(600);
  const start = (): Promise<Up> => Up.start("--demo-logs", log, "--relay", "stun:127.0.0.1:3478");
  const up = await Promise.all(Array.from({ length: hosts }, start));
  project.provide(
    "urls",
    up.map(({ url }) => url),
  );
  return async () => void (await Promise.all(up.map((one) => one.stop())));
}
