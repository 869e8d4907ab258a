import { defineConfig } from "vitest/config";

// A real browser against a real host: one file after the other, for each has all that the machine has.
export default defineConfig({
  test: {
    include: ["test/browser/**/*.test.ts"],
    globalSetup: "test/browser/setup.ts",
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
