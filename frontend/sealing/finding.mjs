// An officer's browser opens the first letters of other reports that the officer may open, compares their words with those of
// one report, and lists those that are like it. Neither words nor what they have in common leave the browser.
import { firstLetter, likeness } from "./firsts.mjs";
import { secretsOf } from "./lockers.mjs";
import * as page from "./page.mjs";

const [LEAST, MOST, SHOWN] = [0.15, 10, 200];

export class Finding {
  constructor(said) {
    Object.assign(this, { said, form: page.find("finding") });
    this.form.addEventListener("submit", (event) => this.start(event));
  }

  async start(event) {
    event.preventDefault();
    await page.during(this.said, document.querySelectorAll("main button"), async () => {
      const secrets = await secretsOf(this.said, this.form, this.said.lockers);
      const own = await firstLetter(this.said, this.said.report, secrets);
      if (!own.parts) throw new page.Wrong([[null, this.said.notReader]]);
      const found = await this.compared(own, secrets);
      this.form.reset();
      this.form.hidden = true;
      page.find("found").replaceChildren(...found.slice(0, MOST).map((one) => this.item(one)));
    });
  }

  async compared(own, secrets) {
    const { said } = this;
    const [found, count] = [[], said.others.length];
    let open = 0;
    for (const [done, report] of said.others.entries()) {
      page.say(page.fill(said.comparing, { done, count }));
      const { text, parts } = await firstLetter(said, report, secrets);
      if (!parts) continue;
      open++;
      const share = likeness(own.parts, parts, LEAST);
      if (share) found.push({ report, text, share });
    }
    page.say(page.fill(said.compared, { count: open, like: found.length, closed: count - open }));
    return found.sort((one, other) => other.share - one.share);
  }

  item({ report, text, share }) {
    const item = page.element("li");
    const link = page.element("a", report, { class: "govuk-link", href: `${this.said.inbox}${encodeURIComponent(report)}/` });
    const how = page.fill(this.said.shared, { percent: Math.round(100 * share) });
    const choose = page.element("button", page.fill(this.said.choose, { number: report }), {
      type: "button",
      class: "govuk-button govuk-button--secondary",
    });
    choose.addEventListener("click", () => this.choose(report));
    const begins = page.element("p", [...text].slice(0, SHOWN).join(""), { class: "govuk-body" });
    item.append(link, ` — ${how}`, begins, choose);
    return item;
  }

  // The number goes into the form below, which the officer still sends.
  choose(report) {
    for (const one of document.querySelectorAll("input[name=other]")) one.checked = false;
    const number = page.find("id_number");
    number.value = report;
    number.focus();
  }
}
