import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";

const pictures = resolve(import.meta.dirname, "../../../../artifacts/page");

const always = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];

/** A camera of few frames and a microphone that are none, and addresses that need no name server. */
export const fakeMedia = [
  "--use-fake-device-for-media-stream=fps=5",
  "--use-fake-ui-for-media-stream",
  "--disable-features=WebRtcHideLocalIpsWithMdns",
  "--autoplay-policy=no-user-gesture-required",
] as const;

export const launch = (...more: string[]): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env["CHAT_CHROMIUM"] ?? "/usr/bin/chromium-headless-shell",
    args: [...always, ...more],
  });

/** Somebody at a browser of their own. */
export class Visitor {
  /** What the page complained of. */
  readonly complaints: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on("console", (message) => {
      // That a host is away is what some tests are about.
      const isFault = message.type() === "error" && !/net::ERR|WebSocket/.test(message.text());
      if (isFault) this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(String(error)));
  }

  static async open(browser: Browser, url: string, options: object = {}): Promise<Visitor> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const visitor = new Visitor(context, await context.newPage());
    await visitor.page.goto(url);
    return visitor;
  }

  /** Comes in as one of the cast, by one press. */
  static async enter(browser: Browser, url: string, name: string, options: object = {}): Promise<Visitor> {
    const visitor = await Visitor.open(browser, url, options);
    await visitor.enter(name);
    return visitor;
  }

  async enter(name: string): Promise<void> {
    await this.page.locator(".cast button", { hasText: name }).first().click();
    await this.page.locator(".shell .rows .row").first().waitFor();
  }

  /** Closes whatever is open, and goes to the house. */
  async home(): Promise<void> {
    if (await this.page.locator("dialog[open]").count()) await this.page.keyboard.press("Escape");
    const close = this.page.locator(".aside").getByRole("button", { name: "Close" });
    if (await close.count()) await close.click();
    await this.page.evaluate(() => void (location.hash = "#/"));
    await this.page.locator(".at-house").waitFor();
  }

  /** Opens a conversation by its name. */
  async go(conversation: string): Promise<void> {
    await this.page.locator(".rows .row", { hasText: conversation }).first().click();
    await this.isAt(conversation);
  }

  /** Waits until one can write in a conversation: the box of what was open before is none to write in. */
  private async isAt(conversation: string): Promise<void> {
    await this.page.locator(".talk-header", { hasText: conversation }).waitFor();
    await this.page.locator("#composer").waitFor();
  }

  /** Opens a conversation, and waits for what was said there. */
  async read(conversation: string): Promise<void> {
    await this.go(conversation);
    await this.page.locator(".feed article").first().waitFor();
  }

  /** Begins a group with some people; gives its name, which no other has. */
  async begin(what: string, ...people: string[]): Promise<string> {
    const name = `${what} ${Math.random().toString(36).slice(2, 7)}`;
    const { page } = this;
    await page.getByRole("button", { name: "New conversation" }).click();
    await page.getByRole("button", { name: "Some people" }).click();
    await page.getByLabel(/^Its name/).fill(name);
    for (const person of people)
      await page.locator("dialog[open]").getByRole("button", { name: person, exact: true }).click();
    await page.getByRole("button", { name: "Begin", exact: true }).click();
    await this.isAt(name);
    return name;
  }

  /** Opens what stands beside a conversation, if it is not open. */
  async beside(): Promise<void> {
    const { page } = this;
    if (!(await page.locator(".aside").count()))
      await page.getByRole("button", { name: "People and settings" }).click();
    await page.locator(".aside").waitFor();
  }

  async say(text: string): Promise<void> {
    await this.page.locator("#composer").fill(text);
    await this.page.locator("#composer").press("Enter");
  }

  /** The bubbles that say this, whoever said it. */
  said = (text: string) => this.page.locator(".feed article.message", { hasText: text });

  /** Waits until it stands there once, and is accepted. */
  async sees(text: string): Promise<void> {
    await this.page.locator(".feed article.message:not(.waiting)", { hasText: text }).first().waitFor();
  }

  /** Waits until nothing moves, and nothing has come or gone for some frames: what comes late has come. */
  settled = (): Promise<void> =>
    this.page.evaluate(async () => {
      const late = Date.now() + 3000;
      let since = performance.now();
      const seen = new MutationObserver(() => (since = performance.now()));
      seen.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      const moves = ({ playState, effect }: Animation): boolean =>
        playState === "running" && effect?.getComputedTiming().endTime !== Infinity;
      await document.fonts.ready;
      while (Date.now() < late && (performance.now() - since < 80 || document.getAnimations().some(moves)))
        await new Promise(requestAnimationFrame);
      seen.disconnect();
    });

  async picture(name: string): Promise<void> {
    mkdirSync(pictures, { recursive: true });
    await this.page.screenshot({ path: `${pictures}/${name}.png` });
  }

  close = (): Promise<void> => this.context.close();
}
