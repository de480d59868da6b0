import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { ClusterRow, ClusterRows } from '../../../protocol/src/clusters.ts';
import { type ClusterElement, type RowElement, levelOf } from './element.ts';
import { ShownLevels } from './shown-levels.ts';

describe('what is drawn anew in the view of clusters', () => {
  let shown: ShownLevels;
  let context: RowElement;
  let project: RowElement;

  beforeEach(() => {
    shown = new ShownLevels();
    context = onlyRow(shown.show(undefined, rowsOf('east')));
    project = onlyRow(shown.show(context, rowsOf('default')));
    shown.show(project, rowsOf('shop', 'web'));
  });

  /** Labels of what is drawn anew when the context has one project with these rows. */
  const drawn = (applications: ClusterRows, projects: ClusterRows = rowsOf('default')): string[] =>
    shown
      .update(
        context,
        new Map([
          [levelOf(context), projects],
          [levelOf(project), applications],
        ]),
      )
      .map(({ row }) => row.label);

  it('is nothing when nothing changed', () => {
    assert.deepEqual(drawn(rowsOf('shop', 'web')), []);
  });

  it('is nothing but the row that says something else', () => {
    const changed = { rows: [rowOf('shop'), { ...rowOf('web'), description: 'OutOfSync' }], more: 0 };
    assert.deepEqual(drawn(changed), ['web']);
    assert.deepEqual(drawn(changed), []);
  });

  it('is the row whose object changed, for what is told of it', () => {
    assert.deepEqual(drawn({ rows: [rowOf('shop'), { ...rowOf('web'), version: '2' }], more: 0 }), ['web']);
  });

  it('is not a row that only counts other problems', () => {
    assert.deepEqual(drawn(rowsOf('shop', 'web'), { rows: [{ ...rowOf('default'), problems: 3 }], more: 0 }), []);
  });

  it('is the level that has other rows, or the same ones in another order, or more that are not shown', () => {
    assert.deepEqual(drawn(rowsOf('shop')), ['default']);
    assert.deepEqual(drawn(rowsOf('web', 'shop')), ['default']);
    assert.deepEqual(drawn({ ...rowsOf('shop', 'web'), more: 1 }), ['default']);
  });

  it('is nothing below a row that is closed', () => {
    assert.deepEqual(shown.update(context, new Map([[levelOf(context), rowsOf('default')]])), []);
  });

  it('is known to the view: the same elements as before', () => {
    const [again] = shown.show(project, rowsOf('web', 'shop'));
    assert.equal(again, shown.find(project, 'web'));
    assert.deepEqual(shown.update(context, new Map([[levelOf(context), { rows: [{ ...rowOf('default'), label: 'other' }], more: 0 }]])), [
      project,
    ]);
  });
});

function onlyRow(elements: readonly ClusterElement[]): RowElement {
  const [element] = elements;
  assert.ok(element?.kind === 'row' && elements.length === 1);
  return element;
}

function rowsOf(...ids: readonly string[]): ClusterRows {
  return { rows: ids.map(rowOf), more: 0 };
}

function rowOf(id: string): ClusterRow {
  return {
    id,
    context: 'east',
    row: 'object',
    kind: 'Application',
    label: id,
    description: 'Synced',
    version: '1',
    problems: 0,
    expandable: true,
    expanded: false,
    actions: [],
    refused: [],
  };
}
