// Everything that is wrong in a workspace, as the editor would show it with every file open.
import type { FindingIn } from '../features/render-findings.ts';
import { existing, fileAt, filesOf } from '../workspace/snapshot.ts';
import type { Finding } from '../rules/rule.ts';
import type { Session } from './session.ts';
import { findingsIn } from '../features/findings.ts';
import { mergeFindings } from '../features/merge-findings.ts';
import { outcomeFindings } from '../features/outcome-findings.ts';
import { pipelinesIn } from '../features/pipelines-in.ts';

/** A file and what is wrong with it. */
export interface CheckedFile {
  readonly path: string;
  readonly findings: readonly Finding[];
}

/**
 * Checks the files that `wanted` takes and renders the kustomizations, charts and objects among them. What a failed render blames on
 * another file is found there too.
 *
 * @returns The files with findings, by path.
 */
export async function checkWorkspace(session: Session, wanted: (path: string) => boolean): Promise<CheckedFile[]> {
  const { view, schemas } = session;
  const { snapshot } = view.graph;
  const rendered = Map.groupBy(await failures(session, wanted), ({ path }) => path);
  const looked = [...filesOf(snapshot)].map(({ path }) => path).filter(wanted);
  // Renders fail in files too that are not looked into, such as a chart's _helpers.tpl.
  const paths = new Set([...looked, ...rendered.keys().filter((path) => existing(snapshot, path) === 'file')]);
  const checked: CheckedFile[] = [];
  for (const path of [...paths].sort()) {
    const file = fileAt(snapshot, path);
    const found = file && wanted(path) ? await findingsIn(view, file, { schemas }) : [];
    const findings = mergeFindings(found, rendered.get(path)?.map(({ finding }) => finding) ?? []);
    if (findings.length > 0) checked.push({ path, findings });
  }
  return checked;
}

async function failures({ view, rendering }: Session, wanted: (path: string) => boolean): Promise<FindingIn[]> {
  if (rendering.kind === 'off') return [];
  const outcomes = await Promise.all(
    pipelinesIn(view, wanted).map(async (pipeline) => ({
      pipeline,
      outcome: await rendering.renders.render(pipeline, new AbortController().signal),
    })),
  );
  return outcomes.flatMap(({ pipeline, outcome }) => (outcome ? outcomeFindings(view, pipeline, outcome) : []));
}
