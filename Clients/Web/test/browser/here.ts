import { inject } from "vitest";

/** The host of a file: files that run beside each other have one each, or they would meet each other's people. */
export const url = inject("urls")[Number(process.env["VITEST_POOL_ID"]) - 1] as string;
