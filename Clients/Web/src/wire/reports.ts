/** What is wrong with what is reported, in the order in which one is asked. */
export const causes = ["spam", "harassment", "hate", "violence", "sexual", "self_harm", "other"] as const;

export type Cause = (typeof causes)[number];

/** What came of a report. */
export type Result = "acted" | "dismissed";

/**
 * A report as one is shown it. Who only told is shown neither its number nor whom it is about, nor who handles it and
 * with what words it ended.
 */
export interface Report {
  readonly report?: number;
  readonly by: string;
  readonly at: number;
  /** Of a message, with `seq`, or of a whole conversation. */
  readonly conversation?: string;
  readonly seq?: number;
  /** Of somebody. */
  readonly person?: string;
  /** Whom it is about: the author of a message, or the person. */
  readonly about?: string;
  readonly why: Cause;
  readonly reason?: string;
  readonly assignee?: string;
  readonly outcome?: Result;
  readonly settled_at?: number;
  readonly settled_by?: string;
  readonly note?: string;
  /** The rule about words that told, when its author said it; none where somebody did. */
  readonly rule?: string;
}

/** The newest first. */
export interface ReportsPage {
  readonly reports: readonly Report[];
  /** Whether one handles them; else it is what one told oneself. */
  readonly handler: boolean;
  readonly more: boolean;
}

/** Whether somebody is closed out of the house, as the staff are told. */
export interface Suspension {
  readonly suspended: boolean;
  readonly by?: string;
  readonly at?: number;
  /** None until they are let in again. */
  readonly until?: number;
  readonly reason?: string;
}

/** A request about reports, apart from its client id. */
export type ReportCommand =
  | {
      readonly verb: "file";
      readonly why: Cause;
      readonly reason?: string;
      readonly seq?: number;
      readonly person?: string;
      readonly staff?: boolean;
    }
  | { readonly verb: "person"; readonly why: Cause; readonly reason?: string }
  | { readonly verb: "assign"; readonly report: number; readonly person?: string }
  | { readonly verb: "look"; readonly report: number; readonly reason: string }
  | { readonly verb: "settle"; readonly report: number; readonly outcome: Result; readonly reason?: string };
