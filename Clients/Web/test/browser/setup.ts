import type { TestProject } from "vitest/node";
import { writeLog } from "./log.js";
import { Up } from "./up.js";

declare module "vitest" {
  interface ProvidedContext {
    url: string;
  }
}

/** One host for all files that do not kill theirs, with a channel that is long enough to scroll. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const up = await Up.start("--demo-logs", await writeLog(600), "--relay", "stun:127.0.0.1:3478");
  project.provide("url", up.url);
  return () => up.stop();
}
