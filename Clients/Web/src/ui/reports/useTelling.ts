import type { ReportCommand } from "../../wire/reports.js";
import { useWish } from "../Request.js";

/** A request about reports that is waited for; the id is a conversation's, or somebody's who is reported. */
export function useTelling(conversation: string, title: string) {
  const { wish, ...rest } = useWish(title, conversation);
  const tell = async (command: ReportCommand, id = conversation): Promise<boolean> => {
    const { verb, ...body } = command;
    return (await wish({ area: "report", id, verb, body })) !== null;
  };
  return { tell, ...rest };
}
