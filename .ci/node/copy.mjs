/**
 * Finds words that people read outside the words files of the client, so that another language needs only those.
 *
 * Usage: node .ci/node/copy.mjs [folder]: prints file:line: the words, and ends with 1 when there are any.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

const FOLDER = process.argv[2] ?? 'frontend/js';
const WORDS = /^(words(\.js$|\/)|core\.js$)/;
/** Attributes that hold what is never read out: addresses, names of things, shapes. */
const SILENT = /^(class|href|id|for|name|type|role|rel|key|d|viewBox|src|action|method|autocomplete|inputmode|pattern|min|max|step|scope|target|tabindex|focusable|points|transform|fill|stroke|lang|dir|wrap|enctype|accept|as|on[A-Z]\w*|data-(?!label$).*|aria-(hidden|controls|describedby|labelledby|current|live|expanded|haspopup|autocomplete|activedescendant|selected|invalid|disabled|busy|atomic|pressed|sort|modal|level|owns|checked|relevant|required|multiselectable|orientation|colspan|rowspan|colindex|rowindex|colcount|rowcount)|x|y|x1|x2|y1|y2|cx|cy|r|rx|ry|width|height|value|list|form|popovertarget|kind|verb|at|why|text-anchor|preserveAspectRatio|dominant-baseline|cols|rows|size|spellcheck|autocapitalize|enterkeyhint)$/;
const READ = /[A-Za-z]{2,}/;
/** Two words, or a word that begins like a sentence. */
const SENTENCE = /[A-Za-z’']+[,;:.]? +[A-Za-z“‘]|^[A-Z][a-z]+(?:[.…?!]|$)/;
/** What looks like words and is none: keys of the keyboard, HTTP, technical lists. */
const TECHNICAL = /^(Escape|Enter|Tab|Home|End|Page(Up|Down)|Arrow(Up|Down|Left|Right)|Backspace|Delete|Space|Accept|ETag|Content-Type|If-(None-)?Match|Location|Bearer|Europe\/London|Boolean|Blob)$|^[\w-]+\/[\w+.-]+$|^(use strict|no-cors)$/;

/** @type {string[]} */
const found = [];

/** @param {string} folder @returns {string[]} */
const files = (folder) => readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (
  entry.isDirectory() ? files(join(folder, entry.name)) : entry.name.endsWith('.js') ? [join(folder, entry.name)] : []));

/** Words in the literal parts of an html`…` template: text between tags, and attributes that are read out. @param {string[]} parts */
function* wordsOfTemplate(parts) {
  let place = 'text', attribute = '', quote = '', text = '';
  for (const [index, part] of parts.entries()) {
    for (const char of part) {
      if (place === 'text') {
        if (char === '<') { yield [index, text]; text = ''; place = 'tag'; } else text += char;
      } else if (place === 'tag') {
        if (char === '>') { place = 'text'; attribute = ''; }
        else if (char === '"' || char === "'") { place = 'value'; quote = char; text = ''; }
        else if (/[\s/]/.test(char)) attribute = '';
        else if (char !== '=') attribute += char;
      } else if (char === quote) {
        if (!SILENT.test(attribute)) yield [index, text];
        place = 'tag'; text = ''; attribute = '';
      } else text += char;
    }
    if (place === 'text') { yield [index, text]; text = ''; }
  }
}

/** @param {ts.SourceFile} source @param {ts.Node} node @param {string} words */
const tell = (source, node, words) => {
  const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
  found.push(`${relative('.', source.fileName)}:${line + 1}: ${words.trim().replace(/\s+/g, ' ')}`);
};

/** @param {ts.Node} node @returns {ts.Node[]} */
const literalsOf = (node) => (ts.isNoSubstitutionTemplateLiteral(node) ? [node]
  : ts.isTemplateExpression(node) ? [node.head, ...node.templateSpans.map((span) => span.literal)] : []);

/** @param {ts.SourceFile} source @param {ts.Node} node */
function look(source, node) {
  if (ts.isImportDeclaration(node)) return;
  if (isLocale(node)) tell(source, node, node.getText(source));
  if (ts.isTaggedTemplateExpression(node) && node.tag.getText(source) === 'html') {
    const literals = literalsOf(node.template);
    for (const [index, words] of wordsOfTemplate(literals.map((each) => /** @type {any} */ (each).text))) {
      if (READ.test(words)) tell(source, literals[index], words);
    }
    if (ts.isTemplateExpression(node.template)) node.template.templateSpans.forEach((span) => look(source, span.expression));
    return;
  }
  const literals = ts.isStringLiteral(node) ? [node] : literalsOf(node);
  // A template is judged as a whole: "All … actions" is words, though neither part is.
  const text = literals.map((each) => /** @type {any} */ (each).text).join('…');
  const read = literals.length > 1 ? /[A-Za-z’]{2,}/.test(text) && /\s/.test(text) && SENTENCE.test(text.replace(/…/g, 'Nn')) : SENTENCE.test(text);
  if (literals.length && read && !TECHNICAL.test(text) && !isClass(source, node)) tell(source, node, text);
  ts.forEachChild(node, (child) => look(source, child));
}

/** new Intl.…('en-GB') and the like, and without a language, which is the browser's; LOCALE of words.js is the one to use. @param {ts.Node} node */
function isLocale(node) {
  if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return false;
  const called = node.expression.getText(), [first, second] = node.arguments ?? [];
  const wanted = called.endsWith('.localeCompare') ? second : /^Intl\.|\.toLocale\w*String$/.test(called) ? first ?? node : undefined;
  return Boolean(wanted && (wanted === node || ts.isStringLiteralLike(wanted) || wanted.getText() === 'undefined' && wanted === first));
}

/** Whether a string is handed to class=, or compared with a name. @param {ts.SourceFile} source @param {ts.Node} node */
function isClass(source, node) {
  for (let at = node; at.parent; at = at.parent) {
    if (ts.isTemplateSpan(at.parent)) {
      const spans = at.parent.parent.templateSpans, place = spans.indexOf(at.parent);
      const before = place ? spans[place - 1].literal.text : at.parent.parent.head.text;
      return /\b(class|className)="?[^"<>]*$/.test(before);
    }
    if (ts.isStatement(at)) return false;
  }
  return false;
}

for (const path of files(FOLDER)) {
  if (WORDS.test(relative(FOLDER, path))) continue;
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  look(source, source);
}
process.stdout.write(found.map((line) => `${line}\n`).join(''));
process.exitCode = found.length ? 1 : 0;
