// The colours of the pages by WCAG 2.1: text has a contrast of 4.5 to what is behind it, a mark that means something one of 3.
import { test } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const css = readFileSync(new URL("../../src/report/assets/report.css", import.meta.url), "utf8");

function variables(block) {
  return Object.fromEntries([...block.matchAll(/--([\w-]+):(#[0-9a-fA-F]+)/g)].map(([, name, value]) => [name, value]));
}

const light = variables(css.match(/^:root\{(.*)\}/m)[1]);
const dark = { ...light, ...variables(css.match(/^:root\[data-theme=dark\][^{]*\{(.*)\}/m)[1]) };
const darkOfSystem = { ...light, ...variables(css.match(/^@media \(prefers-color-scheme:dark\)\{[^{]*\{(.*?)\}/m)[1]) };

function luminance(colour) {
  const digits = colour.slice(1).length === 3 ? [...colour.slice(1)].map((digit) => digit + digit).join("") : colour.slice(1);
  const part = (at) => {
    const value = parseInt(digits.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4);
}

function contrast(a, b) {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

// The last rule of a selector alone that sets a property, as the page applies it.
function of(selector, property, theme) {
  const rules = [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].filter(([, selectors]) => selectors.split(",").some((one) => one.trim() === selector));
  const values = rules.flatMap(([, , body]) => body.split(";")).map((line) => line.split(":")).filter(([name]) => name.trim() === property).map(([, value]) => value.trim());
  const value = values.at(-1);
  assert.ok(value, `${selector} sets no ${property}`);
  const name = value.match(/^var\(--([\w-]+)\)$/);
  return name ? theme[name[1]] : value === "inherit" ? theme.ink : value;
}

const VOICES = ["own", "hypothetical", "attributed", "quoted", "scare", "denied"];
const PARTS = [...VOICES.map((voice) => ".v-" + voice), ...Array.from({ length: 8 }, (_, at) => ".k" + at)];

for (const [name, theme] of Object.entries({ light, dark })) {
  const check = (what, a, b, least) => {
    const found = contrast(a, b);
    assert.ok(found >= least, `${name}: ${what} has a contrast of ${found.toFixed(2)} (${a} on ${b}), less than ${least}`);
  };

  test(`text can be read in ${name}`, () => {
    for (const ink of ["ink", "soft", "link"]) for (const ground of ["paper", "tint"]) check(`${ink} on ${ground}`, theme[ink], theme[ground], 4.5);
    for (let step = 0; step < 8; step += 1) check(`text in a cell s${step}`, of(".s" + step, "color", theme), theme["s" + step], 4.5);
    for (const voice of VOICES) check(`text marked ${voice}`, of(".v-" + voice, "color", theme), of(".v-" + voice, "background", theme), 4.5);
    for (const part of PARTS) {
      const own = [".v-own", ".k0"].includes(part);
      check(`a number on a bar ${part}`, own ? of(".chart text.on" + part, "fill", theme) : of(".chart text.on", "fill", theme), of(part, "fill", theme), 4.5);
    }
  });

  test(`marks can be told from the ground in ${name}`, () => {
    for (const mark of ["dot", "edge"]) check(mark, theme[mark], theme.paper, 3);
    for (const part of [".chart .sure", ".chart .zero"]) check(part, of(part, part.endsWith("zero") ? "stroke" : "fill", theme), theme.paper, 3);
    for (const part of PARTS) check(part, of(part, "fill", theme), theme.paper, 3);
    // The scale of a matrix goes from little to much: each step is nearer to the ink.
    const steps = Array.from({ length: 8 }, (_, at) => contrast(theme["s" + at], theme.paper));
    assert.deepEqual(steps, [...steps].sort((a, b) => a - b));
  });
}

test("the dark theme is the same however it is asked for", () => {
  assert.deepEqual(dark, darkOfSystem);
});
