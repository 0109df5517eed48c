// Eleventy's settings for the bench. Footnotes and colours come from the plugins its users take.
const footnote = require("markdown-it-footnote");
const highlight = require("@11ty/eleventy-plugin-syntaxhighlight");

module.exports = (config) => {
  config.addPlugin(highlight.default || highlight);
  config.amendLibrary("md", (md) => md.use(footnote.default || footnote));
  for (const folder of ["css", "images"]) config.addPassthroughCopy("src/" + folder);
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addFilter("newest", (items, n) => items.slice(-n).reverse());
  return { dir: { input: "src", output: "_site" }, htmlTemplateEngine: "njk" };
};
