// What citeproc-js makes of items, for scripts/citeproc_js.py: a list of jobs comes in, lines go out.
const fs = require("fs");
const CSL = require(process.argv[2]);

const read = (path) => fs.readFileSync(path, "utf8");
const out = [];
for (const job of JSON.parse(fs.readFileSync(0, "utf8"))) {
  const byId = Object.fromEntries(job.items.map((item) => [item.id, item]));
  const system = {
    retrieveLocale: (name) => (fs.existsSync(`${job.locales}/locales-${name}.xml`) ? read(`${job.locales}/locales-${name}.xml`) : null),
    retrieveItem: (id) => byId[id],
  };
  const engine = new CSL.Engine(system, read(job.style), job.locale, true);
  engine.setOutputFormat("text");
  for (const item of job.items) {
    engine.updateItems([item.id]);
    out.push(engine.makeBibliography()[1].join("").trim());
  }
}
process.stdout.write(JSON.stringify(out));
