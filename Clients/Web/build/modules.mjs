// The client of NATS comes as CommonJS, of which a bundler can leave nothing out. What the compiler made of its modules
// is made modules again.
import { readFile } from "node:fs/promises";

/** For what is in folders of this kind; throws where something is left that is no module. */
export const modules = (filter) => ({
    name: "modules",
    setup: ({ onLoad }) => {
        onLoad({ filter }, async ({ path }) => ({ contents: asModule(await readFile(path, "utf8"), path) }));
    },
});

function asModule(code, path) {
    const from = new Map();
    const made = code
        .replace(/^"use strict";$/m, "")
        .replace(/^Object\.defineProperty\(exports, "__esModule".*$/m, "")
        .replace(/^(exports\.\w+ = )+void 0;$/gm, "")
        .replace(/^(?:const|var) (\w+) = require\(("[^"]+")\);$/gm, (_, name, of) => {
            from.set(name, of);
            return `import * as ${name} from ${of};`;
        })
        .replace(
            /^Object\.defineProperty\(exports, "(\w+)", .* return (\w+)\.(\w+); } }\);$/gm,
            (_, as, name, what) => `export { ${what} as ${as} } from ${from.get(name)};`,
        )
        .replace(/\(exports\.(\w+) = \1 = \{\}\)\);$/gm, "($1 = {}));\nexport { $1 };")
        .replace(/^exports\.(\w+) = \1;$/gm, "export { $1 };")
        .replace(/^exports\.(\w+) = /gm, "export const $1 = ")
        .replace(/\bexports\.(\w+)/g, "$1");
    if (/\b(exports|require)\b(?! by)/.test(made.replace(/\/\*[^]*?\*\/|\/\/.*/g, "")))
        throw new Error(`${path}: no module`);
    return made;
}
