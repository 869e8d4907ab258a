// Bundles the page into dist: one entry and what it loads later, each with a hash of its content in its name.
import { build } from "esbuild";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";

const out = "dist";
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

const { metafile } = await build({
    // What only the parts look like that are loaded later is a sheet of its own, and comes with the first of them.
    entryPoints: ["src/main.tsx", "src/style/later.css"],
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
    alias: { "@nats-io/nkeys": "./build/no-keys.js" },
    logLevel: "warning",
});

const outputs = Object.entries(metafile.outputs);
const [script, entry] = outputs.find(([, output]) => output.entryPoint === "src/main.tsx");
const [later] = outputs.find(([, output]) => output.entryPoint === "src/style/later.css");
const nameOf = (path) => "/" + path.slice(out.length + 1);
const assets = [
    `<meta name="later" content="${nameOf(later)}" />`,
    `<link rel="stylesheet" href="${nameOf(entry.cssBundle)}" />`,
    ...entry.imports
        .filter((one) => one.kind === "import-statement")
        .map((one) => `<link rel="modulepreload" href="${nameOf(one.path)}" />`),
    `<script type="module" src="${nameOf(script)}"></script>`,
];
const html = await readFile("index.html", "utf8");
await writeFile(`${out}/index.html`, html.replace("{{assets}}", assets.join("\n    ")));
await copyFile("icon.svg", `${out}/icon.svg`);
await writeFile(`${out}/files.json`, JSON.stringify(sizesOf(outputs, script)));

// What is loaded at once and what later, for the budget.
function sizesOf(all, first) {
    const shell = new Set();
    const add = (path) => {
        if (shell.has(path)) return;
        shell.add(path);
        for (const one of metafile.outputs[path].imports) if (one.kind === "import-statement") add(one.path);
    };
    add(first);
    if (entry.cssBundle) shell.add(entry.cssBundle);
    const names = all.map(([path]) => path).filter((path) => /\.(js|css)$/.test(path));
    return {
        shell: [...shell].map((path) => path.slice(out.length + 1)),
        all: names.map((path) => path.slice(out.length + 1)),
    };
}
