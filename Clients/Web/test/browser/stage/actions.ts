import type { Answer } from "../../../src/wire/types.js";

export * from "../../../src/app/house/actions.js";

interface Stage {
  asked?: string[];
  answers?: Record<string, Answer<unknown>>;
}

const stage = globalThis as unknown as Stage;

/** What is done in the room is written down, and answered as a test wants it. */
export function inRoom(verb: string, body: object = {}): Promise<Answer<unknown>> {
  const asked = `${verb} ${JSON.stringify(body)}`;
  stage.asked = [...(stage.asked ?? []), asked];
  return Promise.resolve(stage.answers?.[verb] ?? { ok: { room: "r1", replayed: false } });
}
