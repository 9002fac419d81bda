// What scripts of these pages share: words, templates, and errors shown as the server shows them.
export const words = () => JSON.parse(document.getElementById("words").textContent);
export const find = (id) => document.getElementById(id);

// Whether this browser has what these scripts and age use. One that has not is left the page as it is: sealed on arrival.
// docs/reference/sealed-reports.md says which browsers have it.
export function able() {
  const { BigInt, ReadableStream, TransformStream, crypto, CSS } = globalThis;
  return [BigInt, ReadableStream, TransformStream, crypto?.getRandomValues, CSS?.escape, Object.hasOwn].every(Boolean)
    && ["arrayBuffer", "slice"].every((name) => name in Blob.prototype)
    && ["replaceChildren", "closest", "append", "before"].every((name) => name in Element.prototype)
    && ["setBigUint64", "getBigUint64"].every((name) => name in DataView.prototype)
    && "content" in document.createElement("template");
}

let leaves = false; // quickly, or with a form that the server seals

// Whether anything stands in a form that would be lost with it.
const isTyped = (form) =>
  [...form.elements].some((one) => {
    if (one.type === "hidden" || one.matches("button, fieldset")) return false;
    return ["checkbox", "radio"].includes(one.type) ? one.checked !== one.defaultChecked : one.value.trim() !== "";
  });

// Ask before what was typed, or a phrase that is shown only once, goes with its page.
export function askBeforeLeaving() {
  window.addEventListener("beforeunload", (event) => {
    const isPhraseShown = Boolean(find("phrase")?.children.length);
    if (leaves || !(isPhraseShown || [...document.querySelectorAll("main form")].some(isTyped))) return;
    event.preventDefault();
    event.returnValue = true; // browsers of some years ago
  });
}

// Whoever leaves quickly does not come back to this page with the browser's button.
export function leaveAtOnce() {
  find("leave")?.addEventListener("click", (event) => {
    event.preventDefault();
    leaves = true;
    document.body.hidden = true;
    window.location.replace(event.target.href);
  });
}

// What fails in this browser though it began well may still go the way without a script, if the reporter wants it.
export const goesPlainly = (form) => "plain" in form.dataset;

function offerPlainly() {
  const instead = find("instead");
  if (!instead) return;
  const part = instead.closest("[data-part]");
  if (part.id === "writing") turnTo(part.id);
  instead.hidden = false;
  instead.querySelector("button").addEventListener("click", (event) => {
    event.target.form.dataset.plain = "";
    leaves = true;
  });
}

// Show what stands in the page for readers with a script, and hide what is for those without.
export function switchOn() {
  for (const one of document.querySelectorAll("[data-with-script]")) one.hidden = false;
  for (const one of document.querySelectorAll("[data-without-script]")) one.remove();
}

export const fill = (sentence, facts = {}) =>
  sentence.replace(/%\((\w+)\)s/g, (whole, name) => (name in facts ? String(facts[name]) : whole));

export function copy(id) {
  return find(id).content.cloneNode(true);
}

export function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// A sentence of what goes on, read out to whoever does not see it.
export function say(text) {
  const place = find("progress");
  if (place) place.textContent = text;
}

export function clearErrors() {
  find("problems").replaceChildren();
  for (const one of document.querySelectorAll("[data-error]")) one.remove();
  for (const one of document.querySelectorAll(".govuk-form-group--error")) one.classList.remove("govuk-form-group--error");
  for (const one of document.querySelectorAll("[aria-invalid]")) one.removeAttribute("aria-invalid");
}

function mark(control, message, prefix) {
  const id = `${control.id}-error`;
  const line = element("p", "", { id, class: "govuk-error-message", "data-error": "" });
  line.append(element("span", prefix, { class: "govuk-visually-hidden" }), ` ${message}`);
  const group = control.closest(".govuk-form-group");
  group.classList.add("govuk-form-group--error");
  group.querySelector(`#${CSS.escape(id)}`)?.remove();
  (control.closest(".govuk-checkboxes, .govuk-radios, .govuk-date-input") ?? control).before(line);
  control.setAttribute("aria-invalid", "true");
  control.setAttribute("aria-describedby", [id, control.dataset.described].filter(Boolean).join(" "));
}

// What asks: the label of a control, of a box among several their legend.
export function titleOf(control) {
  const legend = control.closest("fieldset")?.querySelector("legend");
  return legend ?? document.querySelector(`label[for="${CSS.escape(control.id)}"]`);
}

// Errors as [control or nothing, sentence]: a summary that leads to each, and a line at each.
export function showErrors(said, errors) {
  clearErrors();
  const summary = copy("summary");
  const list = summary.querySelector("ul");
  for (const [control, message] of errors) {
    const item = element("li");
    if (control) {
      control.dataset.described ??= control.getAttribute("aria-describedby") ?? "";
      mark(control, message, said.error);
      const label = titleOf(control)?.textContent.trim() ?? "";
      const text = label ? `${label}${label.endsWith("?") ? "" : ":"} ${message}` : message;
      item.append(element("a", text, { href: `#${control.id}` }));
    } else item.textContent = message;
    list.append(item);
  }
  find("problems").replaceChildren(summary);
  const top = find("problems").firstElementChild;
  top.tabIndex = -1;
  top.focus();
}

// Run a step that may be refused: buttons wait meanwhile, and what is wrong is said.
export async function during(said, buttons, step) {
  for (const one of buttons) one.disabled = true;
  clearErrors();
  try {
    return await step();
  } catch (refused) {
    say("");
    const message = refused.told?.message || said.failed;
    if (!refused.errors && !refused.told) offerPlainly();
    showErrors(said, refused.errors ?? [[null, message]]);
    return undefined;
  } finally {
    for (const one of buttons) one.disabled = false;
  }
}

export class Wrong extends Error {
  constructor(errors) {
    super("wrong");
    this.errors = errors;
  }
}

// Show one of the parts of a page that is written in steps, and lead there whoever hears the page.
export function turnTo(id) {
  for (const one of document.querySelectorAll("[data-part]")) one.hidden = one.id !== id;
  window.scrollTo(0, 0);
  const heading = find(id).querySelector("h1");
  heading.tabIndex = -1;
  heading.focus();
}

export async function lists(said, Lists) {
  const texts = await Promise.all(said.lists.map((address) => fetch(address, { credentials: "omit" })));
  if (texts.some((one) => !one.ok)) throw new Error("no list of words");
  return new Lists(await Promise.all(texts.map((one) => one.text())));
}

export function language() {
  const own = document.documentElement.lang;
  return ["kk", "ru", "en"].includes(own) ? own : "en";
}

// Another hint than the one for readers without a script.
export function hint(control, text) {
  find(control.getAttribute("aria-describedby")).textContent = text;
}

// A way to take chosen files back, which the control alone does not give.
export function clearable(control, said) {
  const holder = element("div"); // the look of a button would show it though it is hidden
  const button = element("button", said.leaveOut, { type: "button", class: "govuk-button govuk-button--secondary" });
  const show = () => (holder.hidden = !control.files.length);
  button.addEventListener("click", () => {
    control.value = "";
    show();
    control.focus();
  });
  control.addEventListener("change", show);
  control.form.addEventListener("reset", () => setTimeout(show));
  holder.append(button);
  control.after(holder);
  show();
  return button;
}

// Texts that are longer than may be; the server, which cannot look into an envelope, counts characters in the same way.
export function longErrors(said, controls) {
  const number = (one) => one.toLocaleString(language() === "en" ? "en" : "ru"); // browsers have no Kazakh figures; they are as in Russian
  return controls.flatMap((control) => {
    const [most, count] = [Number(control?.dataset.longest ?? Infinity), [...(control?.value.trim() ?? "")].length];
    return count > most ? [[control, fill(said.tooLong, { most: number(most), count: number(count) })]] : [];
  });
}

// A phrase of which a part stands in one answer and the rest in those after it.
export function cutPhraseErrors(said, lists, controls) {
  const told = controls.map((one) => one.value);
  const isCut = !told.some((one) => lists.holdsPhrase(one)) && lists.holdsPhrase(told.join(" "));
  return isCut ? [[controls[0], said.phraseOverAnswers]] : [];
}

// What is wrong with files before any is read.
export function fileErrors(said, control) {
  const files = [...control.files];
  const largest = files.find((one) => one.size > said.largest);
  if (files.length > said.most) return [[control, said.manyFiles]];
  return largest ? [[control, fill(said.largeFile, { name: largest.name })]] : [];
}

// A text with its line breaks.
export function write(place, text) {
  place.replaceChildren(...text.split("\n").flatMap((line, at) => (at ? [element("br"), line] : [line])));
}

// Give a file to the reader, as any download. It then lies on the device in the open, as the page says.
export function save(content, name) {
  const address = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
  element("a", "", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
