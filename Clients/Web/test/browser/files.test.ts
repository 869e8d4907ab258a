import type { Browser } from "playwright-core";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findings } from "./axe.js";
import { launch, Visitor } from "./browser.js";
import { url } from "./here.js";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

/** A picture of something: a card of some colours. */
async function drawn(width: number, height: number): Promise<Buffer> {
  const context = await browser.newContext({ viewport: { width, height } });
  const page = await context.newPage();
  await page.setContent(
    `<body style="margin:0;height:100vh;background:conic-gradient(#ffc857,#c4401a,#4f1f57,#23704a,#ffc857)"></body>`,
  );
  const picture = await page.screenshot();
  await context.close();
  return picture;
}

const choose = (visitor: Visitor, ...files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> =>
  visitor.page.locator(".composer input[type=file]").setInputFiles(files);

it("a picture and a file go with a message, and whoever is there looks at the one and saves the other", async () => {
  const noor = await Visitor.enter(browser, url, "Noor");
  const dev = await Visitor.enter(browser, url, "Dev");
  await Promise.all([noor.read("Sunday supper"), dev.read("Sunday supper")]);
  await dev.say("where do we sit?");
  const picture = { name: "the garden.png", mimeType: "image/png", buffer: await drawn(1200, 900) };
  const list = { name: "who brings what.txt", mimeType: "text/plain", buffer: Buffer.from("Dev: plates\nMia: soup\n") };
  await choose(noor, picture, list);
  await noor.page.locator(".upload:not(.waiting)").nth(1).waitFor();
  await noor.picture("files-chosen");
  expect(await findings(noor)).toEqual([]);
  await noor.say("this is where we sit");
  await noor.sees("this is where we sit");

  const bubble = dev.said("this is where we sit").last();
  const image = bubble.locator(".picture img");
  await dev.sees("this is where we sit");
  await dev.picture("files");
  await image.waitFor();
  await expect.poll(() => image.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(640);
  await dev.picture("files");
  expect(await findings(dev)).toEqual([]);

  const download = dev.page.waitForEvent("download");
  await bubble.getByRole("button", { name: /^Save who brings what.txt/ }).click();
  expect((await download).suggestedFilename()).toBe("who brings what.txt");
  expect(readFileSync(await (await download).path(), "utf8")).toContain("Mia: soup");

  await bubble.locator(".picture").click();
  const large = dev.page.locator(".viewer img");
  await large.waitFor();
  await expect.poll(() => large.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1200);
  await dev.picture("file-viewed");
  expect(await findings(dev)).toEqual([]);
  await dev.page.keyboard.press("Escape");

  // It is found by what it carries.
  await dev.page.getByRole("button", { name: "Search here" }).click();
  await dev.page.getByRole("button", { name: "With a picture" }).click();
  const hits = dev.page.locator(".hits li", { hasText: "this is where we sit" });
  await expect.poll(() => hits.count(), { timeout: 10_000 }).toBe(1);
  await dev.picture("files-found");
  expect(await findings(dev)).toEqual([]);

  // Taken back, it is nowhere any more.
  const mine = noor.said("this is where we sit").last();
  await mine.focus();
  await noor.page.keyboard.press("Delete");
  await expect.poll(() => dev.page.locator(".feed .picture").count()).toBe(0);
  await dev.page.getByRole("button", { name: "With a file" }).click();
  await expect.poll(() => hits.count()).toBe(0);
  expect([...noor.complaints, ...dev.complaints]).toEqual([]);
  await Promise.all([noor.close(), dev.close()]);
});

it("several pictures without a word, on a phone and by night", async () => {
  const visitor = await Visitor.enter(browser, url, "Mia", { colorScheme: "dark" });
  await visitor.page.setViewportSize({ width: 320, height: 640 });
  await visitor.page.evaluate(() => void (location.hash = "#/talks"));
  await visitor.go("Sunday supper");
  const pictures = [600, 500, 400].map(async (width, at) => ({
    name: `picture ${at}.png`,
    mimeType: "image/png",
    buffer: await drawn(width, 500),
  }));
  await choose(visitor, ...(await Promise.all(pictures)));
  await visitor.page.locator(".upload:not(.waiting)").nth(2).waitFor();
  await visitor.picture("files-phone-chosen");
  await visitor.page.getByRole("button", { name: "Send" }).click();
  await visitor.page.locator(".feed article.message:not(.waiting) .pictures.many img").nth(2).waitFor();
  const last = visitor.page.locator(".feed article.message .pictures.many").last();
  const bottom = async (): Promise<number> => {
    const [box, composer] = await Promise.all([last.boundingBox(), visitor.page.locator(".composer").boundingBox()]);
    return (box?.y ?? 0) + (box?.height ?? 0) - (composer?.y ?? 0);
  };
  await expect.poll(bottom).toBeLessThanOrEqual(0);
  await visitor.picture("files-phone");
  expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  expect(await findings(visitor)).toEqual([]);
  await visitor.page.goto(`${url}#/talks`);
  await visitor.page.locator(".row-preview", { hasText: "3 pictures" }).first().waitFor();
  await visitor.close();
});

it("what is not what it says is refused beside it, and can be left out", async () => {
  const visitor = await Visitor.enter(browser, url, "Noor");
  await visitor.read("Sunday supper");
  await choose(visitor, { name: "no picture.png", mimeType: "image/png", buffer: Buffer.from("only words") });
  await visitor.page.getByText("not the sort of file that its name says").waitFor();
  await visitor.picture("file-refused");
  expect(await visitor.page.getByRole("button", { name: "Send" }).isDisabled()).toBe(true);
  await visitor.page.getByRole("button", { name: "Leave no picture.png out" }).click();
  await visitor.say("words alone, then");
  await visitor.sees("words alone, then");
  await visitor.close();
});
