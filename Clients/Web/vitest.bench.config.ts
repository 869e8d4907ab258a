import { defineConfig } from "vitest/config";

// Numbers, not verdicts: with a host and a browser, each for minutes.
export default defineConfig({
  test: {
    include: ["test/browser/**/*.bench-test.ts"],
    fileParallelism: false,
    testTimeout: 1_200_000,
    hookTimeout: 1_200_000,
  },
});
