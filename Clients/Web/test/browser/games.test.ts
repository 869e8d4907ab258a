import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findings } from "./axe.js";
import { launch } from "./browser.js";
import { Stage } from "./stage/stage.js";
import { headsUp, laid, playing, potluck, seats, shownTrivia, tableOf, trivia } from "./stage/tables.js";

let browser: Browser;
let stage: Stage;

beforeAll(async () => void (browser = await launch()));
afterAll(() => browser?.close());
beforeEach(async () => void (stage = await Stage.open(browser, ["mia", "tomas", "yuki", "noor"])));

afterEach(async () => {
  expect(stage.visitor.complaints).toEqual([]);
  await stage.visitor.close();
});

const game = () => stage.page.locator(".game");
const press = (key: string): Promise<void> => stage.page.locator("body").press(key);
const button = (name: string | RegExp) => game().getByRole("button", { name });

async function isFine(): Promise<void> {
  expect(await findings(stage.visitor)).toEqual([]);
}

describe("a table", () => {
  it("is laid by an offer, with the cards and for as long as one likes, and one sits down to it", async () => {
    await stage.page.getByRole("button", { name: "Games" }).click();
    await isFine();
    await game()
      .getByRole("radio", { name: /^Quick draw/ })
      .check();
    await game().getByRole("radio", { name: "Animals and plants" }).check();
    await game().getByRole("radio", { name: "2", exact: true }).check();
    await button("Offer Quick draw").click();
    const offer = { is: "offer", game: "quick_draw", deck: "wild-things", rounds: 2 };
    expect(await stage.asked()).toEqual([`play ${JSON.stringify({ do: offer })}`]);
    await stage.show(tableOf("quick_draw", 60, { phase: "gathering", seats: [], shown: [], scores: [] }));
    await expect.poll(async () => (await stage.asked())[0]).toMatch(/"is":"sit","seal":"[0-9a-f]{64}"/);
  });

  it("says in place why an offer was turned down", async () => {
    await stage.choose();
    await stage.answer({ play: { refused: { code: "forbidden", because: ["game.running"] } } });
    await button("Offer Trivia").click();
    await game().getByRole("alert").getByText("A game is going on already").waitFor();
    await isFine();
  });

  it("is sat down at with a seal, which the device opens by itself, and begun by who sits", async () => {
    const gathering = tableOf("trivia", 500, { phase: "gathering", seats: ["mia"], shown: [], scores: [] });
    await stage.show(gathering);
    await button("Sit down").waitFor();
    await isFine();
    await press("1");
    await expect.poll(async () => (await stage.asked())[0]).toMatch(/"seal":"[0-9a-f]{64}"/);
    const kept = await stage.page.evaluate(() => JSON.parse(sessionStorage.getItem("chat.table.r1.3") ?? "{}"));
    expect(kept.contribution).toMatch(/^[0-9a-f]{64}$/);
    expect(kept.links).toEqual([[12, "b".repeat(64)]]);
    await stage.show({ ...gathering, seats: ["mia", "noor"], index: 13 });
    await button("Begin").click();
    expect(await stage.asked()).toEqual(['play {"do":{"is":"begin"}}']);
    await stage.show({ ...gathering, phase: "unsealing", seats: ["mia", "noor"], index: 14 });
    await expect
      .poll(async () => (await stage.asked())[0])
      .toBe(`play {"do":{"is":"unseal","contribution":"${kept.contribution}"}}`);
    await isFine();
  });

  it("lets one get up, and come in the middle without a seal", async () => {
    await stage.show(playing(trivia(), 12));
    await button("Get up").click();
    expect(await stage.asked()).toEqual(['play {"do":{"is":"get_up"}}']);
    await stage.show(playing(trivia(), 12, { seats: ["mia", "yuki"] }));
    await button("Play along").click();
    expect(await stage.asked()).toEqual(['play {"do":{"is":"sit","seal":null}}']);
  });
});

describe("trivia", () => {
  it("is answered by a key, once, and says who has answered and how long there is", async () => {
    await stage.show(playing(trivia(), 9));
    await game()
      .getByRole("timer", { name: /^\d seconds left$/ })
      .waitFor();
    await press("3");
    await press("1");
    expect(await stage.move()).toEqual([{ is: "trivia.answer", choice: 2 }]);
    await button("Banana Your answer").waitFor();
    await stage.page.locator(".seat", { hasText: "Yuki" }).getByText("Answered").waitFor();
    await stage.page.locator(".seat", { hasText: "Mia" }).getByText("Thinking…").waitFor();
    await isFine();
  });

  it("shows what was right, who chose what, and what it brought", async () => {
    await stage.show(playing(shownTrivia, 5));
    await button(/^Banana.*chosen by Noor, Yuki/).waitFor();
    await game().getByText("It grows from one ovary").waitFor();
    await game().getByText("+187").waitFor();
    await press("1");
    expect(await stage.asked()).toEqual([]);
    await isFine();
  });

  it("takes an answer back that came too late, and says so", async () => {
    await stage.show(playing(trivia(), 1));
    await stage.answer({ play: { refused: { code: "too_late", because: ["trivia.not_open"] } } });
    await button("Cherry").click();
    await game().getByRole("alert").getByText("Time was up").waitFor();
    expect(await game().getByText("Your answer").count()).toBe(0);
  });
});

describe("heads-up", () => {
  it("shows the card to all but who guesses, and each may say that it was said", async () => {
    await stage.show(playing(headsUp(), 43));
    await game().getByText("hot-water bottle").waitFor();
    await isFine();
    await button(/Got it! Mia said it/).click();
    expect(await stage.move()).toEqual([{ is: "heads_up.got", card: 4 }]);
  });

  it("lets who guesses say when they are ready, and pass", async () => {
    await stage.show(playing(headsUp({ guesser: "noor", is_running: false, text: null, cards: [] }), 12));
    await button(/I’m ready/).waitFor();
    await isFine();
    await press("1");
    await stage.show(playing(headsUp({ guesser: "noor", text: null }), 43));
    await game().getByText("Listen, and say what it is.").waitFor();
    await press("1");
    expect(await stage.move()).toEqual([{ is: "heads_up.ready" }, { is: "heads_up.pass", card: 4 }]);
    await isFine();
  });

  it("gives who only watches nothing to press", async () => {
    await stage.show(playing(headsUp(), 43, { seats: ["mia", "yuki"] }));
    await game().getByText("hot-water bottle").waitFor();
    expect(await button(/Got it/).count()).toBe(0);
    await press("1");
    expect(await stage.asked()).toEqual([]);
  });
});

describe("potluck", () => {
  it("is played from the hand, once", async () => {
    await stage.show(playing(potluck(), 50));
    await game().getByText("The first thing robots will do").waitFor();
    await isFine();
    await press("7");
    await button("The wrong suitcase").click({ force: true });
    expect(await stage.move()).toEqual([{ is: "potluck.put", card: 26 }]);
    await game().getByText("Your card is in.").waitFor();
  });

  it("lets the judge pick, and nobody else", async () => {
    await stage.show(playing(laid, 50));
    await press("1");
    await button("Soup").click({ force: true });
    expect(await stage.asked()).toEqual([]);
    await stage.show(playing({ ...laid, judge: "noor" }, 50));
    await isFine();
    await press("2");
    expect(await stage.move()).toEqual([{ is: "potluck.pick", index: 1 }]);
  });

  it("waits with the judge, and tells whose the best was", async () => {
    await stage.show(playing(potluck({ judge: "noor", hand: [] }), 50));
    await game().getByText("Mia and Tomás still look through their cards.").waitFor();
    await stage.show(playing({ ...laid, stage: "shown", pick: 2, players: ["tomas", "noor", "yuki"] }, 5));
    await game().getByText("Yuki wins this round!").waitFor();
    await isFine();
  });
});

describe("the end", () => {
  const over = tableOf("trivia", null, {
    phase: "over",
    ended: { why: "finished", scores: [], secret: "e".repeat(64), link: "b".repeat(64) },
  });

  it("names who won, and plays once more", async () => {
    await stage.show(playing(shownTrivia, 1));
    await stage.show(over);
    await game().getByText("Yuki won!").waitFor();
    await isFine();
    await button("Once more").click();
    expect(await stage.asked()).toEqual(['play {"do":{"is":"again"}}']);
    await button("Put the game away").click();
    await game().waitFor({ state: "detached" });
  });

  it("is not shown to who comes afterwards, and can be had again", async () => {
    await stage.show(over);
    expect(await game().count()).toBe(0);
    await stage.choose();
    await button("The last game").click();
    await game().getByText("Yuki won!").waitFor();
  });

  it("says where a log does not hold", async () => {
    const offered = { is: "offered", place: "main.r.r1", number: 3, commitment: "a".repeat(64) };
    const entry = { by: "mia", at: 1, what: offered };
    const log = [{ entry, link: "c".repeat(64) }];
    await stage.show(playing(shownTrivia, 1, { seats }));
    await stage.show(over);
    await stage.answer({ log: { ok: { log, verdict: { is: "sound" } } } });
    await button("Verify the game").click();
    await game().getByText("Something does not fit").waitFor();
    await game().getByText("Does not hold: The chain is broken").waitFor();
    await isFine();
  });
});
