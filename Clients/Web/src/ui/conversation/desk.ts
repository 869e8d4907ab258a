import { computed, signal } from "@preact/signals";
import { bring, mostFiles, newUpload, type Upload } from "../../app/files.js";
import type { Attachment, Message } from "../../wire/types.js";
import { setDraft } from "../../app/drafts.js";
import { drafts, me, pending, views } from "../../app/state.js";
import { theOutbox } from "../../app/start.js";
import { Timeline } from "../../app/timeline.js";
import { nameOf } from "../../app/words.js";
import { noCalls, withLines } from "../../views/called.js";
import { standingOf, unreadCount } from "../../views/entry.js";
import { everyone, mayTakeBack, powersNow } from "../../views/powers.js";
import { rowsOf, withPending, type NewLine } from "../../views/rows.js";

/** All that belongs to the conversation that is open: what is shown of it, and what one is doing with it. */
export class Desk {
  readonly timeline: Timeline;
  readonly replyTo = signal<Message | null>(null);
  readonly editing = signal<Message | null>(null);
  /** The message whose actions are open. */
  readonly menu = signal<Message | null>(null);
  /** The message that the keyboard is at. */
  readonly focused = signal<string | null>(null);
  readonly line = signal<NewLine | null>(null);
  /** The files that go with the next message. */
  readonly uploads = signal<readonly Upload[]>([]);
  /** Whether the list is being scrolled just now. */
  readonly isScrolling = signal(false);

  readonly view = computed(() => views.value.get(this.conversation));

  private readonly merged = computed(() =>
    withPending(
      this.timeline.window.value.messages,
      pending.value.filter((item) => item.conversation === this.conversation),
      me.value,
    ),
  );

  readonly messages = computed(() => this.merged.value.messages);

  // Those of what is on the page: earlier ones come with what is earlier.
  private readonly calls = computed(() => {
    const { messages, before } = this.timeline.window.value;
    const from = before ? (messages.values().next().value?.at ?? 0) : 0;
    const all = withLines(this.timeline.calls.value, this.view.value?.calls ?? noCalls);
    return all.filter(({ at }) => at >= from);
  });

  readonly rows = computed(() => {
    const { before, after } = this.timeline.window.value;
    return rowsOf({
      ...this.merged.value,
      before,
      after,
      line: this.line.value,
      me: me.value,
      calls: this.calls.value,
    });
  });

  readonly isIn = computed(() => this.view.value !== undefined && standingOf(this.view.value) === "member");

  readonly mayAttach = computed(() => {
    const state = this.view.value?.state;
    return state !== undefined && powersNow(state, me.value, Date.now()).has("attach");
  });

  /** Whether there is a file that has not got through yet. */
  readonly isBringing = computed(() => this.uploads.value.some((one) => !one.done));

  constructor(
    readonly conversation: string,
    at: number | null,
  ) {
    const view = views.value.get(conversation);
    const unread = view ? unreadCount(view.unread) : 0;
    if (view && unread > 0) this.line.value = { after: view.unread.marks.read, count: unread };
    this.timeline = new Timeline(conversation, at);
  }

  bring(files: readonly File[]): void {
    if (this.editing.value || !this.mayAttach.value) return;
    const room = mostFiles - this.uploads.value.length;
    const added = files.slice(0, room).map(newUpload);
    this.uploads.value = [...this.uploads.value, ...added];
    for (const upload of added) void this.run(upload);
  }

  bringAgain(upload: Upload): void {
    const { refused: _refused, ...again } = upload;
    this.replace(again);
    void this.run(again);
  }

  leaveOut(upload: Upload): void {
    this.uploads.value = this.uploads.value.filter((one) => one.id !== upload.id);
  }

  private async run(upload: Upload): Promise<void> {
    const answer = await bring(this.conversation, upload);
    this.replace("ok" in answer ? { ...upload, done: answer.ok } : { ...upload, refused: answer.refused.because });
  }

  private replace(upload: Upload): void {
    this.uploads.value = this.uploads.value.map((one) => (one.id === upload.id ? upload : one));
  }

  send(body: string, files: readonly Attachment[] = [], isCalling = true): void {
    const editing = this.editing.value;
    const mentions = this.mentionsIn(body);
    const roles = isCalling ? this.rolesIn(body) : [];
    const rest = { ...(mentions.length > 0 ? { mentions } : {}), ...(roles.length > 0 ? { roles } : {}) };
    const last = this.view.value?.state.lastSeq ?? 0;
    if (editing) {
      if (body !== editing.body)
        theOutbox()?.add(this.conversation, { verb: "edit", seq: editing.seq, body, ...rest }, last);
      this.editing.value = null;
      return;
    }
    const reply = this.replyTo.value ? { reply_to: this.replyTo.value.seq } : {};
    const carried = files.length > 0 ? { attachments: files } : {};
    theOutbox()?.add(this.conversation, { verb: "send", body, ...reply, ...rest, ...carried }, last);
    this.uploads.value = [];
    this.replyTo.value = null;
    this.line.value = null;
    setDraft(this.conversation, "");
    if (this.timeline.window.value.after) this.timeline.toEnd();
  }

  /** Puts an emoji under a message, or takes it away again. */
  react(message: Message, emoji: string): void {
    const isMine = message.reactions?.some((one) => one.emoji === emoji && one.people.includes(me.value));
    theOutbox()?.add(this.conversation, { verb: isMine ? "unreact" : "react", seq: message.seq, emoji }, 0);
  }

  takeBack(message: Message): void {
    theOutbox()?.add(this.conversation, { verb: "redact", seq: message.seq }, 0);
  }

  mayTakeBack(message: Message): boolean {
    const state = this.view.value?.state;
    return message.body !== undefined && !!state && mayTakeBack(state, me.value, message.by, Date.now());
  }

  mayReport(message: Message): boolean {
    return message.by !== me.value && message.body !== undefined && this.isIn.value;
  }

  mayEdit(message: Message): boolean {
    return message.by === me.value && message.body !== undefined;
  }

  draft(): string {
    return drafts.value.get(this.conversation) ?? "";
  }

  /** The roles here that are called by name: "@everyone". */
  private rolesIn(body: string): readonly string[] {
    const state = this.view.value?.state;
    if (!body.includes("@") || !state || state.kind === "direct") return [];
    const text = body.toLowerCase();
    const named = [...state.rules.roles].filter(([, role]) => isCalled(text, role.name)).map(([id]) => id);
    return isCalled(text, everyone) && !named.includes(everyone) ? [...named, everyone] : named;
  }

  /** Those of the people here who are called by name: "@Mia". */
  private mentionsIn(body: string): readonly string[] {
    if (!body.includes("@")) return [];
    const text = body.toLowerCase();
    const members = [...(this.view.value?.state.members.keys() ?? [])];
    return members.filter((person) => [person, nameOf(person, this.conversation)].some((name) => isCalled(text, name)));
  }
}

const isCalled = (text: string, name: string): boolean => {
  const at = text.indexOf(`@${name.toLowerCase()}`);
  return at >= 0 && !/[\p{L}\p{N}_]/u.test(text.charAt(at + name.length + 1));
};
