/**
 * Writes a language in which every letter of the English words is a wide one (Ａ for A), so that what is not in the words files can be seen.
 *
 * Usage: node .ci/node/marked.mjs <frontend/js> <frontend/languages/xx>
 */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const [, , FROM, TO] = process.argv;
/** What is no word though it is a string: letters of ratings, codes, addresses, times. */
const CODE = /^(\w|[a-z]{2}-[A-Z]{2}|[a-z]+_[a-z_]+|[/#]\S*|\S*@\S*|[TZ\d:.-]+)$/;
const READ_OUT = /\s(aria-label|alt|title|placeholder|label|hint)="$/;

/** @param {string} text */
const wide = (text) => text.replace(/[A-Za-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));

/** Of html`…`: what stands between tags, and in attributes that are read out. @param {string} part @param {{place: string}} at */
function wideMarkup(part, at) {
  let found = '';
  for (const char of part) {
    if (at.place === 'text') {
      if (char === '<') at.place = 'tag';
      found += at.place === 'text' ? wide(char) : char;
    } else {
      found += at.place === 'said' ? wide(char) : char;
      if (at.place === 'tag' && char === '>') at.place = 'text';
      else if (char === '"') at.place = at.place !== 'tag' ? 'tag' : READ_OUT.test(found) ? 'said' : 'silent';
    }
  }
  return found;
}

/** A pair such as ['keep', 'Keep it']: the first is a code. @param {ts.StringLiteral} node */
const isCodeOfPair = (node) => ts.isArrayLiteralExpression(node.parent) && /^[a-z-]+$/.test(node.text)
  && node.parent.elements.some((each) => ts.isStringLiteral(each) && /^[A-Z]| /.test(each.text));

/** @param {ts.StringLiteral} node */
function isWords(node) {
  const { parent } = node;
  if (CODE.test(node.text) || isCodeOfPair(node)) return false;
  if (ts.isImportDeclaration(parent) || ts.isElementAccessExpression(parent) || ts.isCaseClause(parent)) return false;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return false;
  if (ts.isBinaryExpression(parent) && /^[!=]==$/.test(parent.operatorToken.getText())) return false;
  for (let at = parent; at; at = at.parent) if (ts.isNewExpression(at)) return false; // new Intl.…
  return true;
}

/** Where letters are to be changed, from the end of the file to its start. @param {ts.SourceFile} source */
function changes(source) {
  /** @type {[number, number, string][]} */
  const found = [];
  /** @param {ts.Node} node @param {(text: string) => string} change */
  const put = (node, change) => {
    const text = node.getText(source);
    const end = text.endsWith('${') ? 2 : 1;
    found.push([node.getStart(source), node.end, text[0] + change(text.slice(1, -end)) + text.slice(-end)]);
  };
  /** @param {ts.Node} node */
  const look = (node) => {
    if (ts.isStringLiteral(node)) {
      if (isWords(node)) put(node, wideString);
    } else if (ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node)) {
      const parts = ts.isTemplateExpression(node) ? [node.head, ...node.templateSpans.map((span) => span.literal)] : [node];
      const tagged = ts.isTaggedTemplateExpression(node.parent), at = { place: 'text' };
      parts.forEach((part) => put(part, tagged ? (text) => wideMarkup(text, at) : (text) => (CODE.test(text) && text.length > 1 ? text : wideString(text))));
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return found.sort((a, b) => b[0] - a[0]);
}

/** Not the letter of an escape: \n. @param {string} text */
const wideString = (text) => text.split(/(\\.)/).map((part) => (part.startsWith('\\') ? part : wide(part))).join('');

const shell = JSON.parse(readFileSync(join(FROM, 'words', 'shell.json'), 'utf8'));
mkdirSync(join(TO, 'words'), { recursive: true });
writeFileSync(join(TO, 'words', 'shell.json'), JSON.stringify(Object.fromEntries(Object.entries(shell).map(([name, text]) => [name, wide(text)]))));
const names = ['words.js', ...readdirSync(join(FROM, 'words'), { recursive: true }).filter((name) => String(name).endsWith('.js')).map((name) => join('words', String(name)))];
for (const name of names) {
  let text = readFileSync(join(FROM, name), 'utf8');
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  for (const [start, end, put] of changes(source)) text = text.slice(0, start) + put + text.slice(end);
  mkdirSync(dirname(join(TO, name)), { recursive: true });
  writeFileSync(join(TO, name), text);
}
