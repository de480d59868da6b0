// Everything that is wrong in a workspace, as the editor would show it with every file open.
import { type FindingIn, renderFindings } from '../features/render-findings.ts';
import { existing, fileAt, filesOf } from '../workspace/snapshot.ts';
import type { Finding } from '../rules/rule.ts';
import type { Session } from './session.ts';
import { findingsIn } from '../features/findings.ts';
import { chartOf, objectPipelines } from '../features/pipelines-of.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { View } from '../model/view.ts';
import { baseName, directoryOf } from '../workspace/paths.ts';
import { mergeFindings } from '../features/merge-findings.ts';

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
  const folders = view.graph.kustomizations().filter(({ file, kind }) => kind === 'Kustomization' && wanted(file.path));
  const files = [...filesOf(view.graph.snapshot)].filter(({ path }) => wanted(path));
  const pipelines: readonly Pipeline[] = [
    ...folders.map(({ directory }) => ({ kind: 'kustomization', directory }) as const),
    ...files.flatMap(({ path }) => chartsOf(view, path)),
    ...files.flatMap(objectPipelines),
  ];
  const outcomes = await Promise.all(
    pipelines.map(async (pipeline) => ({ pipeline, outcome: await rendering.renders.render(pipeline, new AbortController().signal) })),
  );
  return outcomes.flatMap(({ pipeline, outcome }) =>
    outcome?.failure === undefined || outcome.refused ? [] : renderFindings(view, pipeline, outcome.failure),
  );
}

/** The chart whose Chart.yaml the file is; none for the charts within charts, which are rendered with those. */
function chartsOf(view: View, path: string): Pipeline[] {
  const chart = baseName(path) === 'Chart.yaml' ? chartOf(view, path) : undefined;
  return chart !== undefined && chart === directoryOf(path) ? [{ kind: 'chart', chart, values: '' }] : [];
}
