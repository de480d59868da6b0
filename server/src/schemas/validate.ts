// From yaml-language-server's diagnostics to findings that say what is wrong and what to do.
import type { SchemaFinding } from './finding.ts';
import type { SchemaPool } from './pool.ts';
import type { TypedDocument } from './typed-document.ts';
import type { YamlService } from './yaml-service.ts';
import { endOfStructure } from './syntax-message.ts';
import { impossibleToCheck, tooMuchToCheck } from './unchecked.ts';
import { problemOf } from './yaml-problem.ts';
import { schemaFinding } from './schema-finding.ts';
import { syntaxFinding } from './syntax-finding.ts';
import { treeOf } from '../workspace/yaml-document.ts';
import { unservedVersion } from './unserved-version.ts';
import { misspeltKind } from './misspelt-kind.ts';

/** Checks one document: its YAML, and with a kind that the pool knows, its fields. */
export async function validate(pool: SchemaPool, yaml: YamlService, typed: TypedDocument): Promise<readonly SchemaFinding[]> {
  const tooMuch = tooMuchToCheck(typed.document);
  if (tooMuch) return [tooMuch];
  try {
    return await findingsIn(pool, yaml, typed);
  } catch (error) {
    return [impossibleToCheck(typed.document, error)];
  }
}

async function findingsIn(pool: SchemaPool, yaml: YamlService, typed: TypedDocument): Promise<readonly SchemaFinding[]> {
  const { document, kind } = typed;
  const entry = kind && pool.entryFor(kind);
  const text = yaml.document(document.text, entry);
  const diagnostics = await yaml.diagnostics(text);
  const findings = diagnostics.flatMap((diagnostic): SchemaFinding[] => {
    const span = { start: text.offsetAt(diagnostic.range.start), end: text.offsetAt(diagnostic.range.end) };
    const problem = problemOf(diagnostic);
    if (problem.kind === 'syntax') return [syntaxFinding(document.text, span, problem.message)];
    const finding = entry && schemaFinding({ pool, entry, typed, tree: treeOf(document), span }, problem);
    return finding ? [withoutLineEnd(document.text, finding)] : [];
  });
  if (kind && !entry) findings.push(...unservedVersion(pool, treeOf(document), kind), ...misspeltKind(pool, treeOf(document), kind));
  return believable(
    document.text,
    findings.sort((one, other) => one.start - other.start),
  );
}

/** A block's range goes on to the next key; what is marked should not. */
function withoutLineEnd(text: string, finding: SchemaFinding): SchemaFinding {
  const marked = text.slice(finding.start, finding.end);
  return { ...finding, end: finding.start + (marked.trimEnd().length || marked.length) };
}

/**
 * What is worth saying of findings in their order. Behind a syntax error the tree is a guess, and so is what it lacks;
 * and one mistake often makes several errors in its line.
 */
function believable(text: string, findings: readonly SchemaFinding[]): SchemaFinding[] {
  const broken = findings.find(({ code, severity }) => code === 'yaml-syntax' && severity === 'error')?.start;
  if (broken === undefined) return [...findings];
  let lastLine: number | undefined;
  return findings.filter(({ code, start, end, message }) => {
    if (code === 'duplicate-key') return true;
    if (code !== 'yaml-syntax') return code !== 'missing-field' && end < broken;
    const line = text.lastIndexOf('\n', start);
    const isFirst = line !== lastLine && !(message === endOfStructure && lastLine !== undefined);
    lastLine = line;
    return isFirst;
  });
}
