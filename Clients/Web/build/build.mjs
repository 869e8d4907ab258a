// Bundles the page into dist: one entry and what it loads later, each with a hash of its content in its name.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { minify } from "terser";
import { modules } from "./modules.mjs";

const out = "dist";
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

// A file is made of each set of modules that the same parts share: a dozen for what is loaded at once, and each costs
// time before anything is painted. Where all parts share all that is loaded at once, that is one file; and where all
// that come once one is in share what most of them are made of, that is one more.
const [start, common, house] = ["main.tsx", "ui/common.ts", "ui/house/parts.ts"].map((one) => resolve("src", one));
const sharedBy = [
    [/\/(SignIn\.tsx|engine\.ts)$/, [start]],
    [/\/calls\.ts$/, [start]],
    [/\/house\/(house|parts)\.ts$/, [start, house]],
    [/\/(house|room|calls?|games|records)\/[^/]+$/, [start, common, house]],
    [/./, [start, common]],
];
const lazyParts = new Set();
const together = {
    name: "together",
    setup(plugin) {
        plugin.onResolve({ filter: /^\./ }, async ({ path, kind, pluginData, ...from }) => {
            if (kind !== "dynamic-import" || pluginData === together) return undefined;
            const found = await plugin.resolve(path, { ...from, kind, pluginData: together });
            lazyParts.add(found.path);
            return found;
        });
        plugin.onLoad({ filter: /\.tsx?$/ }, async ({ path }) => {
            if (!lazyParts.has(path)) return undefined;
            const [, shared] = sharedBy.find(([which]) => which.test(path));
            const imports = shared.map((one) => `import ${JSON.stringify(one)};`).join("\n");
            const contents = `${await readFile(path, "utf8")}\n${imports}\n`;
            return { contents, loader: path.endsWith("x") ? "tsx" : "ts" };
        });
    },
};

const less = {
    name: "less",
    setup(plugin) {
        plugin.onResolve({ filter: /^\.\/(semver|ipparser|nkeys)$/ }, () => ({ path: resolve("build/less.js") }));
    },
};

const sheetOf = (name) => `src/style/${name}.css`;

const { metafile } = await build({
    // What only the parts look like that are loaded later is a sheet of its own, and comes with the first of them.
    entryPoints: ["src/main.tsx", ...["index", "later", "together", "games", "calls"].map(sheetOf)],
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    minify: true,
    metafile: true,
    outdir: out,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    jsx: "automatic",
    jsxImportSource: "preact",
    loader: { ".woff2": "file", ".woff": "empty" },
    plugins: [less, together, modules(/@nats-io\/(nats-core|nuid)\/lib\/.*\.js$/)],
    alias: { "@nats-io/nats-core": "./build/nats.js" },
    logLevel: "warning",
});

const outputs = Object.entries(metafile.outputs);

// What esbuild makes small another makes smaller: 3 kB of all of it, as they travel.
for (const [path] of outputs.filter(([name]) => name.endsWith(".js"))) {
    const { code } = await minify(await readFile(path, "utf8"), { module: true, ecma: 2020, compress: { passes: 3 } });
    await writeFile(path, code);
}

const pathOf = (part) => outputs.find(([, output]) => output.entryPoint === part)[0];
const style = pathOf(sheetOf("index"));
// The entry itself does nothing but import that file.
const script = metafile.outputs[pathOf("src/main.tsx")].imports[0].path;
const nameOf = (path) => "/" + path.slice(out.length + 1);

// What whoever was signed in needs next is asked for at once, and not once the code that asks for it is there: by a
// script of its own, for one within the page is what its policy forbids.
const next = ["src/app/engine.ts", "src/app/house/house.ts", "src/ui/house/parts.ts"].map(pathOf);
const ahead = [...reachOf(next)].filter((path) => !reachOf([script]).has(path)).map(nameOf);
const asking = `{ const ahead = ${JSON.stringify(ahead)}; ${await readFile("build/early.js", "utf8")} }`;
const { code: early } = await minify(asking, { ecma: 2020 });
const hash = createHash("sha256").update(early).digest("hex").slice(0, 8).toUpperCase();
const earlyPath = `${out}/early-${hash}.js`;
await writeFile(earlyPath, early);

const assets = [
    `<script async src="${nameOf(earlyPath)}"></script>`,
    ...["later", "together", "games", "calls"].map(
        (name) => `<meta name="${name}" content="${nameOf(pathOf(sheetOf(name)))}" />`,
    ),
    `<link rel="stylesheet" href="${nameOf(style)}" />`,
    `<script type="module" src="${nameOf(script)}"></script>`,
];
const html = await readFile("index.html", "utf8");
await writeFile(`${out}/index.html`, html.replace("{{assets}}", assets.join("\n    ")));
await copyFile("icon.svg", `${out}/icon.svg`);
await writeFile(`${out}/files.json`, JSON.stringify(sizesOf(outputs, script)));

// What is loaded at once and what later, for the budget.
function sizesOf(all, first) {
    const shell = [earlyPath, ...reachOf([first, style])];
    const names = all.map(([path]) => path).filter((path) => /\.(js|css)$/.test(path));
    const outside = (which) => {
        const isOfThem = (path) => which.test(metafile.outputs[path].entryPoint ?? "");
        return reachOf(names.filter((path) => metafile.outputs[path].entryPoint && !isOfThem(path)));
    };
    const [others, gameless] = [
        outside(/\/(house|room|calls?|games|meet|records)\/|calls\.|together|games/),
        outside(/games/),
    ];
    const callless = outside(/\/calls(\/|\.)/);
    const [meetless, recordless] = [outside(/\/meet\//), outside(/\/records\//)];
    const bare = (paths) => [...paths].map((path) => path.slice(out.length + 1));
    const rooms = names.filter(
        (path) => !others.has(path) && [gameless, callless, meetless, recordless].every((some) => some.has(path)),
    );
    const calls = names.filter((path) => !callless.has(path));
    const meet = names.filter((path) => !meetless.has(path));
    const records = names.filter((path) => !recordless.has(path));
    const games = names.filter((path) => !gameless.has(path));
    return {
        shell: bare(shell),
        all: bare([earlyPath, ...names]),
        rooms: bare(rooms),
        games: bare(games),
        calls: bare(calls),
        meet: bare(meet),
        records: bare(records),
    };
}

// Files and all that comes with them.
function reachOf(paths, found = new Set()) {
    for (const path of paths) {
        if (found.has(path)) continue;
        found.add(path);
        const imports = metafile.outputs[path].imports.filter(({ kind }) => kind === "import-statement");
        reachOf(
            imports.map((one) => one.path),
            found,
        );
    }
    return found;
}
