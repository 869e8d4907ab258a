import { defineConfig } from "vitest/config";

const times = { testTimeout: 60_000, hookTimeout: 120_000 };

/** Some tests connect to NATS themselves, as the page does: node has that behind a flag up to its version 21. */
const execArgv = ["--experimental-websocket"];

/** Eight at a party, or three looks at each screen at once, need all that the machine has. */
const busy = ["test/browser/party.test.ts", "test/browser/looks.test.ts"];

// A real browser against a real host. Most tests wait most of the time, for a page, a host or the clock of a game:
// three files run beside each other, each with a host of its own.
export default defineConfig({
  test: {
    globalSetup: "test/browser/setup.ts",
    projects: [
      {
        test: {
          ...times,
          execArgv,
          name: "beside",
          include: ["test/browser/**/*.test.ts"],
          exclude: busy,
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      { test: { ...times, name: "alone", include: busy, maxWorkers: 1 } },
    ],
  },
});
