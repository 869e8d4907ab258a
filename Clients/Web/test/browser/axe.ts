import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Visitor } from "./browser.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds wrong with what somebody sees. */
export async function findings(visitor: Visitor): Promise<string[]> {
  await visitor.settled();
  if (!(await visitor.page.evaluate(() => "axe" in globalThis))) await visitor.page.evaluate(axe);
  return await visitor.page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(how: object): Promise<{ violations: Violation[] }> } };
    interface Violation {
      id: string;
      nodes: { target: string[]; failureSummary: string }[];
    }
    const { violations } = await axe.run({ resultTypes: ["violations"] });
    return violations.flatMap((one) =>
      one.nodes.map((node) => `${one.id}: ${node.target.join(" ")}: ${node.failureSummary}`),
    );
  });
}
