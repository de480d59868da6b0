// Texts that look like manifests as they are while somebody types.
import * as fc from 'fast-check';

const pieces = [
  ...[
    '---\n',
    '---',
    '--- # c\n',
    '...\n',
    '%YAML 1.2\n',
    '\n',
    '\r\n',
    '  ',
    '\t',
    '- ',
    ': ',
    ':',
    ',',
    '#',
    ' # c\n',
    '\uFEFF',
    '\0',
    '\u2028',
    'é🚢',
  ],
  ...['"', "'", '|\n', '>-\n', '[', ']', '{', '}', '&a ', '*a', '!!binary ', '!x ', '? ', '<<: *a\n', '@', '`', '${a}', '{{ .b }}'],
  ...[
    'apiVersion: v1\n',
    'kind: ConfigMap\n',
    'kind: Secret\n',
    'metadata:\n  name: a\n',
    'data:\n',
    'spec:\n',
    '  replicas: 1\n',
    'a: b\n',
    '  - c\n',
  ],
  ...[
    'apiVersion: kustomize.config.k8s.io/v1beta1\n',
    'kind: Kustomization\n',
    'kind: Component\n',
    'kind: constructor\n',
    '__proto__: 1\n',
  ],
  ...[
    'resources:\n',
    '  - a.yaml\n',
    '  - ../base\n',
    '  - https://example.com/a\n',
    'patches:\n',
    '  - path: patch.yaml\n',
    'namePrefix: x-\n',
  ],
  ...['apiVersion: kustomize.toolkit.fluxcd.io/v1\n', '  path: ./base\n', '  sourceRef: {kind: GitRepository, name: fleet}\n'],
  ...['apiVersion: argoproj.io/v1alpha1\n', 'kind: Application\n', '  source: {repoURL: "https://example.com/fleet", path: base}\n'],
];

/** A piece of YAML, or anything at all. */
export const piece: fc.Arbitrary<string> = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...pieces) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);

/** Some pieces in a row. */
export const yamlText: fc.Arbitrary<string> = fc.array(piece, { maxLength: 40 }).map((parts) => parts.join(''));
