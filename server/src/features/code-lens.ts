import { directoryOf, uriOf } from '../workspace/paths.ts';
import { type SourceFile, rangeOf } from '../workspace/source-file.ts';
import { isKustomizationFile } from '../model/graph.ts';
import { kindOf } from '../model/object.ts';
import type { Range } from '../../../protocol/src/range.ts';

/** A line of actions above a place in a file. */
export interface Lens {
  readonly range: Range;
  readonly title: string;
  readonly command: string;
  readonly argument: unknown;
}

/** Above a kustomization: open what it renders. */
export function codeLenses(file: SourceFile): Lens[] {
  if (!isKustomizationFile(file)) return [];
  const placed = file.documents.find((each) => kindOf(each, file.path)?.kind === 'Kustomization');
  if (!placed) return [];
  const firstLine = placed.document.text.search(/^[^\s#-]/m);
  const at = Math.max(firstLine, 0);
  const argument = { overlay: uriOf(directoryOf(file.path)) };
  return [
    {
      range: rangeOf(file, placed, { start: at, end: at }),
      title: '$(open-preview) Open Rendered Preview',
      command: 'drydock.openPreviewToSide',
      argument,
    },
  ];
}
