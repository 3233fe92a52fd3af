/**
 * Prints the members of each shape in frontend/js/types.d.ts as JSON: {"Action": ["id", "number", …], …}.
 *
 * Usage: node .ci/node/shapes.mjs
 */
import ts from 'typescript';

const FILE = 'frontend/js/types.d.ts';
const program = ts.createProgram([FILE], { strict: true, noLib: true });
const checker = program.getTypeChecker();
const file = program.getSourceFile(FILE);
const found = Object.fromEntries((file?.statements ?? []).filter(ts.isTypeAliasDeclaration).map((one) => {
  const type = checker.getTypeAtLocation(one.name);
  return [one.name.text, type.flags & ts.TypeFlags.Object || type.isIntersection() ? checker.getPropertiesOfType(type).map((member) => member.name) : []];
}));
console.log(JSON.stringify(found));
