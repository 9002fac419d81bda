// Builds the stylesheet and scripts and copies the fonts that the product ships, and writes down what they are made of.
// Run by `make assets`. Its result is committed, so that nobody else needs npm.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Resvg } from "@resvg/resvg-js";
import * as sass from "sass";
import subsetFont from "subset-font";
import { scripts } from "./scripts.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const target = join(here, "../src/adaldyq/ui/static/ui");
const fonts = join(target, "fonts");
const alphabets = ["latin", "latin-ext", "cyrillic", "cyrillic-ext"];
const weights = [400, 600];
// Letters that most pages need and no more, cut out so that a first visit stays small; the whole subsets remain
// for everything else. Weights differ only in their file.
const range = (first, last) => String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, at) => first + at));
const cuts = {
  tenge: ["latin-ext", "₸"],
  basic: ["latin", `${range(0x20, 0x7e)}\u00a0§©«»°²³·×–—‘’“”„…\u2009\u202f\u2212€`],
  russian: ["cyrillic", `${range(0x410, 0x44f)}ЁёІіҰұ№`],
  kazakh: ["cyrillic-ext", "ӘәҒғҚқҢңӨөҮүҺһ"],
};
// The examples of components whose markup ours is compared with in the tests.
const examples = join(here, "../tests/ui/fixtures/govuk-frontend");
const components = [
  ..."breadcrumbs button checkboxes date-input details error-summary file-upload input inset-text pagination".split(" "),
  ..."radios select skip-link summary-list task-list textarea warning-text".split(" "),
];
// The only files that the stylesheet may ask for: ours.
const permitted = /^(fonts\/noto-sans-[a-z-]+-\d+\.woff2|[a-z-]+\.svg)$/;

const sha256 = (data) => createHash("sha256").update(data).digest("hex");
const version = (name) => JSON.parse(readFileSync(join(modules, name, "package.json"))).version;

function stylesheet() {
  const { css } = sass.compile(join(here, "scss/adaldyq.scss"), {
    loadPaths: [modules],
    style: "compressed",
    quietDeps: true,
  });
  for (const [, address] of css.matchAll(/url\(["']?([^"')]+)/g)) {
    if (!permitted.test(address)) throw new Error(`the stylesheet must not ask for ${address}`);
  }
  return css.replace(/^\uFEFF/, "") + "\n";
}

async function copyFonts() {
  rmSync(fonts, { recursive: true, force: true });
  mkdirSync(fonts, { recursive: true });
  for (const weight of weights) {
    const source = (name) => join(modules, `@fontsource/noto-sans/files/noto-sans-${name}-${weight}-normal.woff2`);
    for (const name of alphabets) copyFileSync(source(name), join(fonts, `noto-sans-${name}-${weight}.woff2`));
    for (const [name, [whole, letters]] of Object.entries(cuts)) {
      const cut = await subsetFont(readFileSync(source(whole)), letters, { targetFormat: "woff2" });
      writeFileSync(join(fonts, `noto-sans-${name}-${weight}.woff2`), cut);
    }
  }
}

// The mark as pictures, for browsers and home screens that take no SVG.
function icons() {
  for (const size of [32, 180, 192, 512]) {
    const drawing = new Resvg(readFileSync(join(target, "icon.svg")), { fitTo: { mode: "width", value: size } });
    writeFileSync(join(target, `icon-${size}.png`), drawing.render().asPng());
  }
}

function sources() {
  const names = readdirSync(join(here, "scss")).sort();
  return sha256(names.map((name) => `${name}\n${readFileSync(join(here, "scss", name), "utf8")}`).join("\n"));
}

function record() {
  const files = ["adaldyq.css", ...readdirSync(fonts).sort().map((name) => `fonts/${name}`)];
  const lines = files.map((name) => `${sha256(readFileSync(join(target, name)))}  ${name}`);
  writeFileSync(
    join(target, "VENDORED.txt"),
    `Files here that are built from the work of others. Build them with "make assets".

govuk-frontend ${version("govuk-frontend")}: styles of components, MIT, licence in licences/govuk-frontend.txt.
  Left out: crown, crest, GDS Transport, icons, header and footer, scripts.
@fontsource/noto-sans ${version("@fontsource/noto-sans")}: Noto Sans, weights 400 and 600, SIL Open Font License 1.1,
  licence in licences/noto-sans.txt. The files named "tenge", "basic", "russian" and "kazakh" hold a few letters cut
  from its subsets.

SHA-256 of the sources in frontend/scss:
${sources()}

SHA-256 of the files:
${lines.join("\n")}
`,
  );
}

function copyExamples() {
  rmSync(examples, { recursive: true, force: true });
  mkdirSync(examples, { recursive: true });
  const lines = components.map((name) => {
    const file = join(modules, `govuk-frontend/dist/govuk/components/${name}/fixtures.json`);
    copyFileSync(file, join(examples, `${name}.json`));
    return `${sha256(readFileSync(file))}  ${name}.json`;
  });
  copyFileSync(join(here, "licences/govuk-frontend.txt"), join(examples, "LICENCE.txt"));
  writeFileSync(
    join(examples, "VENDORED.txt"),
    `The fixtures.json of components of govuk-frontend ${version("govuk-frontend")}, unchanged, MIT, licence in LICENCE.txt.
Copied by "make assets". SHA-256 of the files:
${lines.join("\n")}
`,
  );
}

mkdirSync(join(target, "licences"), { recursive: true });
copyFileSync(join(here, "licences/govuk-frontend.txt"), join(target, "licences/govuk-frontend.txt"));
copyFileSync(join(modules, "@fontsource/noto-sans/LICENSE"), join(target, "licences/noto-sans.txt"));
writeFileSync(join(target, "adaldyq.css"), stylesheet());
await copyFonts();
icons();
record();
copyExamples();
await scripts();
