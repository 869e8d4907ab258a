import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { Move, Stroke } from "../../src/wire/games.js";
import { findings } from "./axe.js";
import { launch } from "./browser.js";
import { Stage } from "./stage/stage.js";
import { drawing, playing, quickDraw } from "./stage/tables.js";

let browser: Browser;
let stage: Stage;

beforeAll(async () => void (browser = await launch()));
afterAll(() => browser?.close());

afterEach(async () => {
  expect(stage.visitor.complaints).toEqual([]);
  await stage.visitor.close();
});

const open = async (options: object = {}): Promise<void> =>
  void (stage = await Stage.open(browser, ["mia", "tomas", "yuki", "noor"], options));

const game = () => stage.page.locator(".game");
const mine = quickDraw({ drawer: "noor", word: "teapot", strokes: [], guessed: [], in: ["mia", "tomas", "yuki"] });

const strokes = async (): Promise<Stroke[]> =>
  ((await stage.move()) as Move[]).flatMap((move) => (move.is === "quick_draw.draw" ? [move.stroke] : []));

/** How much of the sheet is not bare. */
const inked = (): Promise<number> =>
  game()
    .locator("canvas")
    .evaluate((canvas: HTMLCanvasElement) => {
      const { width, height } = canvas;
      const dots = canvas.getContext("2d")?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
      return dots.reduce((sum, value, at) => sum + (at % 4 === 3 && value > 0 ? 1 : 0), 0);
    });

it("lets who draws take one of three words", async () => {
  await open();
  const choices = ["umbrella", "hot-water bottle", "teapot"];
  await stage.show(playing(quickDraw({ stage: "choosing", drawer: "noor", choices, pattern: null, strokes: [] }), 12));
  await game().getByRole("button", { name: "hot-water bottle" }).waitFor();
  expect(await findings(stage.visitor)).toEqual([]);
  await stage.page.locator("body").press("2");
  expect(await stage.move()).toEqual([{ is: "quick_draw.choose", index: 1 }]);
});

it("sends what is drawn in pieces, in the ink and width that were taken, and takes it back", async () => {
  await open();
  await stage.show(playing(mine, 70));
  await game().getByRole("button", { name: "Blue" }).click();
  await game().getByRole("button", { name: "Broad pen" }).click();
  const box = await game().locator("canvas").boundingBox();
  if (!box) throw new Error("no sheet");
  const { mouse } = stage.page;
  await mouse.move(box.x + box.width / 4, box.y + box.height / 2);
  await mouse.down();
  await mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 8 });
  await stage.page.waitForTimeout(250);
  await mouse.move(box.x + box.width / 2, box.y + box.height / 4, { steps: 8 });
  await mouse.up();
  await stage.page.waitForTimeout(100);
  const sent = await strokes();
  expect(sent.length).toBeGreaterThanOrEqual(2);
  expect(sent.map(({ goes }) => goes)).toEqual([false, ...sent.slice(1).map(() => true)]);
  expect(sent.every(({ ink, width }) => ink === 4 && width === 150)).toBe(true);
  const points = sent.flatMap((stroke) => stroke.points);
  expect(Math.abs((points[0]?.x ?? 0) - 1024)).toBeLessThan(20);
  expect(Math.abs((points.at(-1)?.y ?? 0) - 1024)).toBeLessThan(60);
  expect(await inked()).toBeGreaterThan(500);
  expect(await findings(stage.visitor)).toEqual([]);
  await game().getByRole("button", { name: "Undo" }).click();
  expect(await stage.move()).toEqual([{ is: "quick_draw.undo" }]);
  expect(await inked()).toBe(0);
});

it("is drawn by keyboard, too", async () => {
  await open();
  await stage.show(playing(mine, 70));
  await game().getByRole("application").focus();
  const { keyboard } = stage.page;
  for (const key of ["ArrowLeft", " ", "ArrowDown", "ArrowDown", " ", "ArrowDown"]) await keyboard.press(key);
  const points = (await strokes()).flatMap((stroke) => stroke.points);
  expect(points).toEqual([
    { x: 1958, y: 2048 },
    { x: 1958, y: 2138 },
    { x: 1958, y: 2228 },
  ]);
});

it("is drawn with a finger on a phone, whose page stands still meanwhile", async () => {
  await open({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await stage.show(playing(mine, 70));
  const sheet = game().locator("canvas");
  await sheet.tap({ position: { x: 40, y: 40 } });
  await expect.poll(async () => (await strokes()).length).toBe(1);
  expect(await sheet.evaluate((one) => getComputedStyle(one).touchAction)).toBe("none");
  expect(await stage.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await findings(stage.visitor)).toEqual([]);
});

it("shows others what is drawn, and takes their guesses", async () => {
  await open();
  await stage.show(playing(quickDraw({ strokes: [] }), 61));
  await game().locator("canvas").waitFor();
  expect(await inked()).toBe(0);
  await stage.show(playing(quickDraw({ strokes: drawing }), 60));
  await expect.poll(inked).toBeGreaterThan(1000);
  await game().getByText("A word of 3 and 6 letters").waitFor();
  await game().getByRole("textbox", { name: "Your guess" }).fill("kettle");
  await stage.page.keyboard.press("Enter");
  expect(await stage.move()).toEqual([{ is: "quick_draw.guess", text: "kettle" }]);
  await game().getByText("Not kettle.").waitFor();
  expect(await findings(stage.visitor)).toEqual([]);
  await stage.show(playing(quickDraw({ guessed: ["mia", "noor"], word: "hot teapot" }), 50));
  await game().getByText("You got it: hot teapot").waitFor();
  expect(await game().getByRole("textbox").count()).toBe(0);
});

it("tells the word once the turn is over", async () => {
  await open();
  await stage.show(playing(quickDraw({ stage: "shown", word: "hot teapot", gains: [{ who: "mia", points: 120 }] }), 5));
  await game().getByText("It was hot teapot").waitFor();
  await game().getByText("+120").waitFor();
  expect(await findings(stage.visitor)).toEqual([]);
});
