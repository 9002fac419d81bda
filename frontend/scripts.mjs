// Builds the scripts of sealed reports, and writes down what they are made of. Part of `make assets`.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const sources = join(here, "sealing");
const modules = join(here, "node_modules");
const reports = join(here, "../src/adaldyq/measures/reports/static/reports");
// Parts by themselves, for vectors that the server's are held against, too; no page has them.
const vectors = join(here, "../tests/sealing/vectors");
const words = join(here, "../src/adaldyq/sealing/words");
const pages = ["filing", "kit", "officer", "recovery", "returning"];
const packages = {
  "age-encryption": "BSD-3-Clause",
  "@noble/ciphers": "MIT",
  "@noble/curves": "MIT",
  "@noble/hashes": "MIT",
  "@scure/base": "MIT",
  "shamir-secret-sharing": "Apache-2.0",
};
const sha256 = (data) => createHash("sha256").update(data).digest("hex");
const version = (name) => JSON.parse(readFileSync(join(modules, name, "package.json"))).version;
const licence = (name) => readdirSync(join(modules, name)).find((file) => /^licen[cs]e/i.test(file));

async function bundle() {
  const unused = join(sources, "unused.mjs");
  const how = {
    bundle: true,
    minify: true,
    charset: "utf8",
    format: "iife",
    target: "es2020",
    legalComments: "none",
    alias: { "@noble/post-quantum/hybrid.js": unused, "@noble/curves/nist.js": unused },
  };
  await build({ ...how, entryPoints: pages.map((name) => join(sources, `${name}.mjs`)), outdir: reports });
  const made = 'built by "make assets" from frontend';
  const age = { js: `/* age-encryption ${version("age-encryption")}, ${made}/age_vectors.mjs */` };
  await build({ ...how, banner: age, entryPoints: [join(here, "age_vectors.mjs")], outfile: join(vectors, "age.js") });
  const names = { js: `/* ${made}/naming_vectors.mjs and frontend/sealing ${ofSources()} */` };
  const named = [join(here, "naming_vectors.mjs")];
  await build({ ...how, banner: names, entryPoints: named, outfile: join(vectors, "naming.js") });
  const phrases = { js: `/* ${made}/phrase_vectors.mjs and frontend/sealing ${ofSources()} */` };
  const phrased = [join(here, "phrase_vectors.mjs")];
  await build({ ...how, banner: phrases, entryPoints: phrased, outfile: join(vectors, "phrases.js") });
}

function ofSources() {
  const parts = readdirSync(sources).sort().map((name) => `${name}\n${readFileSync(join(sources, name), "utf8")}`);
  return sha256(parts.join("\n"));
}

function record() {
  const files = readdirSync(reports).filter((name) => /\.(js|txt)$/.test(name) && name !== "VENDORED.txt").sort();
  const made = Object.entries(packages).map(([name, terms]) => `${name} ${version(name)}, ${terms}`);
  const lines = files.map((name) => `${sha256(readFileSync(join(reports, name)))}  ${name}`);
  writeFileSync(
    join(reports, "VENDORED.txt"),
    `Scripts of sealed reports, built from frontend/sealing and the work of others. Build them with "make assets".
The licences are in licences.txt.

${made.join("\n")}

SHA-256 of the sources in frontend/sealing:
${ofSources()}

SHA-256 of the files:
${lines.join("\n")}
`,
  );
}

function licences() {
  const texts = Object.keys(packages).map((name) => {
    return `${name}\n\n${readFileSync(join(modules, name, licence(name)), "utf8").trim()}\n`;
  });
  writeFileSync(join(reports, "licences.txt"), texts.join("\n\n"));
}

export async function scripts() {
  mkdirSync(reports, { recursive: true });
  await bundle();
  for (const one of ["kk", "ru", "en"]) copyFileSync(join(words, `${one}.txt`), join(reports, `words-${one}.txt`));
  licences();
  record();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await scripts();
