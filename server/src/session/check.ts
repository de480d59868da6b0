// Everything that is wrong in a workspace, as the editor would show it with every file open.
import { type FindingIn, renderFinding } from '../features/render-findings.ts';
import { fileAt, filesOf } from '../workspace/snapshot.ts';
import type { Finding } from '../rules/rule.ts';
import type { Session } from './session.ts';
import { findingsIn } from '../features/findings.ts';
import { pipelinesIn } from '../features/pipelines-in.ts';
import { mergeFindings } from '../features/merge-findings.ts';

/** A file and what is wrong with it. */
export interface CheckedFile {
  readonly path: string;
  readonly findings: readonly Finding[];
}

/**
 * Checks the files that `wanted` takes and renders the kustomizations among them. What a failed render blames on
 * another file is found there too.
 *
 * @returns The files with findings, by path.
 */
export async function checkWorkspace(session: Session, wanted: (path: string) => boolean): Promise<CheckedFile[]> {
  const { view, schemas } = session;
  const { snapshot } = view.graph;
  const rendered = Map.groupBy(await renderFindings(session, wanted), ({ path }) => path);
  const paths = [...filesOf(snapshot)].map(({ path }) => path).filter((path) => wanted(path) || rendered.has(path));
  const checked: CheckedFile[] = [];
  for (const path of paths.sort()) {
    const file = fileAt(snapshot, path);
    const found = file && wanted(path) ? await findingsIn(view, file, { schemas }) : [];
    const findings = mergeFindings(found, rendered.get(path)?.map(({ finding }) => finding) ?? []);
    if (findings.length > 0) checked.push({ path, findings });
  }
  return checked;
}

async function renderFindings({ view, rendering }: Session, wanted: (path: string) => boolean): Promise<FindingIn[]> {
  if (rendering.kind === 'off') return [];
  const pipelines = pipelinesIn(view, wanted);
  const outcomes = await Promise.all(
    pipelines.map(async (pipeline) => ({ pipeline, outcome: await rendering.renders.render(pipeline, new AbortController().signal) })),
  );
  return outcomes.flatMap(({ pipeline, outcome }) =>
    outcome?.failure === undefined ? [] : (renderFinding(view, pipeline, outcome.failure) ?? []),
  );
}
