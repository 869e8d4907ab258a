import { build, type Plugin } from "esbuild";
import { dirname, resolve } from "node:path";
import type { Browser } from "playwright-core";
import type { TableView } from "../../../src/wire/games.js";
import type { Answer } from "../../../src/wire/types.js";
import { Visitor } from "../browser.js";

const here = import.meta.dirname;
const root = resolve(here, "../../..");
const address = "http://localhost:9/";

// What would ask a host asks the test.
const instead: Plugin = {
  name: "instead",
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/(actions|start)\.js$/ }, ({ path, importer, resolveDir }) => {
      const name = resolve(resolveDir, path).replace(/\.js$/, ".ts");
      const stand = { "/src/app/house/actions.ts": "actions.ts", "/src/app/start.ts": "start.ts" }[
        name.slice(root.length)
      ];
      return stand && dirname(importer) !== here ? { path: resolve(here, stand) } : undefined;
    });
  },
};

async function bundle(): Promise<ReadonlyMap<string, string>> {
  const sheets = ["index", "later", "together", "games"].map((name) => resolve(root, `src/style/${name}.css`));
  const { outputFiles } = await build({
    entryPoints: [resolve(here, "room.tsx"), ...sheets],
    ...{ bundle: true, write: false, format: "esm", target: "es2022", outdir: "/", entryNames: "[name]" },
    ...{ jsx: "automatic", jsxImportSource: "preact", plugins: [instead], logLevel: "warning" },
    loader: { ".woff2": "dataurl", ".woff": "empty" },
  });
  return new Map(outputFiles.map(({ path, text }) => [path, text]));
}

const bundled = bundle();
const sheetsOf = ["index", "later", "together"].map((name) => `<link rel="stylesheet" href="/${name}.css" />`);
const html = `<!doctype html><html lang="en"><head><title>A room</title>
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="games" content="/games.css" />${sheetsOf.join("")}</head>
<body><div id="app"></div><script type="module" src="/room.js"></script></body></html>`;

const types: Readonly<Record<string, string>> = { css: "text/css", js: "text/javascript", html: "text/html" };

/** Noor in a kitchen with some others, where a test says how the table is. */
export class Stage {
  private version = 1;

  private constructor(
    readonly visitor: Visitor,
    private readonly people: readonly string[],
  ) {}

  get page() {
    return this.visitor.page;
  }

  static async open(browser: Browser, people: readonly string[], options: object = {}): Promise<Stage> {
    const visitor = await Visitor.open(browser, "about:blank", options);
    const files = await bundled;
    await visitor.page.route(`${address}**`, (route) => {
      const path = new URL(route.request().url()).pathname;
      const body = path === "/" ? html : files.get(path);
      const type = types[path === "/" ? "html" : (path.split(".").at(-1) ?? "")];
      return body === undefined ? route.fulfill({ status: 404 }) : route.fulfill({ body, contentType: `${type}` });
    });
    await visitor.page.goto(address);
    const stage = new Stage(visitor, people);
    await stage.show(null);
    await visitor.page.locator(".inside").waitFor();
    return stage;
  }

  async show(table: TableView | null): Promise<void> {
    const occupants = this.people.map((person) => ({ person, since: 1_700_000_000_000, way: "friend", by: "mia" }));
    const view = { room: "r1", version: this.version++, name: "Kitchen", capacity: 8, keeper: "mia", occupants };
    const shown = { ...view, knocks: [], talk: [], table };
    await this.page.evaluate((one) => (globalThis as unknown as { show(one: unknown): void }).show(one), shown);
  }

  choose = (): Promise<void> =>
    this.page.evaluate(() => (globalThis as unknown as { choose(is: boolean): void }).choose(true));

  /** What was asked for since it was last looked at. */
  asked = (): Promise<string[]> =>
    this.page.evaluate(() => {
      const stage = globalThis as unknown as { asked?: string[] };
      const { asked = [] } = stage;
      stage.asked = [];
      return asked;
    });

  /** How requests of a kind are answered from now on. */
  answer = (answers: Readonly<Record<string, Answer<unknown>>>): Promise<void> =>
    this.page.evaluate((all) => void Object.assign(globalThis, { answers: all }), answers);

  move = async (): Promise<unknown[]> =>
    (await this.asked()).map((one) => JSON.parse(one.replace(/^play /, "")).do.move);
}
