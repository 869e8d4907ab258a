import { defineConfig } from "vitest/config";

// What needs no browser.
export default defineConfig({ test: { include: ["test/**/*.test.ts"], exclude: ["test/browser/**"] } });
