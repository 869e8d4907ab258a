import { useEffect, useState } from "preact/hooks";
import { powersOf } from "../views/powers.js";
import type { ConversationView } from "../views/entry.js";
import type { Report, ReportsPage } from "../wire/reports.js";
import type { HistoryPage, Message, Refusal } from "../wire/types.js";
import { ask } from "./start.js";
import { link, me, reported, views } from "./state.js";

const fewest = 50;
const most = 100;

/** Reports of a conversation as they were listed last. */
export interface Listed {
  readonly reports: readonly Report[];
  /** Whether one handles them; else it is what one told oneself. */
  readonly isHandler: boolean;
  readonly more: boolean;
}

const none: Listed = { reports: [], isHandler: false, more: false };

/**
 * The reports that wait, or those that were settled, the newest first; listed anew when they are others than before,
 * and after one was away. Null until they were listed.
 */
export function useReports(conversation: string, settled: boolean) {
  const [listed, setListed] = useState<Listed | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const list = async (before?: number): Promise<void> => {
    const held = listed ?? none;
    const limit = before === undefined ? Math.min(most, Math.max(fewest, held.reports.length)) : fewest;
    const answer = await ask<ReportsPage>("report", conversation, "list", { settled, before, limit });
    setRefusal("refused" in answer ? answer.refused : null);
    if ("refused" in answer) return;
    const { reports, handler, more } = answer.ok;
    setListed({ reports: before === undefined ? reports : [...held.reports, ...reports], isHandler: handler, more });
  };
  useEffect(() => void list(), [conversation, settled, reported.value.get(conversation), link.value]);
  // Numbers are not for who only told: they have few enough for one page.
  const last = listed?.reports.at(-1)?.report;
  return {
    listed,
    refusal,
    list: () => list(),
    more: listed?.more && last !== undefined ? () => list(last) : null,
  };
}

/** Whether somebody handles the reports of a conversation. Not to have the word just now takes nothing from that. */
export function isHandler({ state }: ConversationView, person: string): boolean {
  const member = state.members.get(person);
  return state.kind !== "direct" && member !== undefined && powersOf(state, member).has("reports");
}

/** How many reports wait for one who handles them; 0 for anybody else. */
export function useWaiting(view: ConversationView | undefined): number {
  const [count, setCount] = useState(0);
  const conversation = view?.conversation ?? "";
  const isAsked = view !== undefined && isHandler(view, me.value);
  useEffect(() => {
    let isOver = false;
    if (!isAsked) setCount(0);
    else
      void ask<ReportsPage>("report", conversation, "list", { limit: most }).then((answer) => {
        if (!isOver && "ok" in answer) setCount(answer.ok.reports.length);
      });
    return () => void (isOver = true);
  }, [conversation, isAsked, reported.value.get(conversation), link.value]);
  return count;
}

/** A message that is reported, if one may see it; undefined until that is known, and where it is about none. */
export function useMessage(conversation = "", seq = 0): Message | null | undefined {
  const held = views.value.get(conversation)?.history.get(seq);
  const [fetched, setFetched] = useState<Message | null | undefined>(undefined);
  useEffect(() => {
    if (held || seq === 0) return;
    let isOver = false;
    void ask<HistoryPage>("conversation", conversation, "history", { around: seq, limit: 1 }).then((answer) => {
      const found = "ok" in answer ? answer.ok.messages.find((message) => message.seq === seq) : undefined;
      if (!isOver) setFetched(found ?? null);
    });
    return () => void (isOver = true);
  }, [conversation, seq, held === undefined]);
  return held ?? fetched;
}

/** A reported message as who looks at it is shown it. */
export interface Looked {
  readonly message: Message | null;
  readonly isGone: boolean;
}

/** The message that a report is about, where one has said why one looks; null while one has not. */
export function useLooking(place: string, report: number) {
  const [looked, setLooked] = useState<Looked | null | undefined>(undefined);
  const look = async (): Promise<void> => {
    const answer = await ask<{ readonly message: Message }>("report", place, "message", { report });
    if ("ok" in answer) setLooked({ message: answer.ok.message, isGone: false });
    else setLooked(answer.refused.code === "gone" ? { message: null, isGone: true } : null);
  };
  useEffect(() => void look(), [place, report]);
  return { looked, look };
}
