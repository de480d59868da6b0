import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import type { IGrammar } from 'vscode-textmate';
import { root } from '../scripts/cache.ts';
import { checkMarkedLines, contributedGrammars, loadGrammar } from './marked-lines.ts';

describe('grammars', () => {
  let yaml: IGrammar;
  before(async () => {
    yaml = await loadGrammar('source.yaml');
  });

  it('colour a Flux variable wherever a scalar may stand', () => {
    checkMarkedLines(
      yaml,
      `host: \${host}.acme.example
#     ^^ punctuation.definition.variable.begin.flux
#       ^^^^ variable.other.substitution.flux
#           ^ punctuation.definition.variable.end.flux
#            ^^^^^^^^^^^^^ !meta.embedded.substitution.flux
url: "https://\${host}"
#               ^^^^ variable.other.substitution.flux
single: '\${host}'
#          ^^^^ variable.other.substitution.flux
list:
  - api-\${host}
#         ^^^^ variable.other.substitution.flux
script: |
  echo \${host}
#        ^^^^ variable.other.substitution.flux`,
    );
  });

  it('colour the default of a Flux variable, with variables in it', () => {
    checkMarkedLines(
      yaml,
      `retention: \${days:=15}d
#            ^^^^ variable.other.substitution.flux
#                ^^ keyword.operator.substitution.flux
#                    ^ punctuation.definition.variable.end.flux
name: \${name:-\${cluster}-main}
#       ^^^^ variable.other.substitution.flux
#           ^^ keyword.operator.substitution.flux
#               ^^^^^^^ variable.other.substitution.flux
#                       ^^^^^ meta.embedded.substitution.flux
#                            ^ punctuation.definition.variable.end.flux
upper: \${name^^}
#            ^^ keyword.operator.substitution.flux`,
    );
  });

  it('colour what SOPS encrypted', () => {
    checkMarkedLines(
      yaml,
      `session: ENC[AES256_GCM,data:Rk=,iv:x,tag:y,type:str]
#        ^^^ keyword.other.encrypted.sops
#            ^^^^^^^^^^ support.constant.cipher.sops
#                      ^^^^^^ comment.block.encrypted.sops
text: ENC[not]
#     ^^^ !keyword.other.encrypted.sops`,
    );
  });

  it('leave alone what Flux does not substitute', () => {
    checkMarkedLines(
      yaml,
      `escaped: $\${host}
#        ^^ constant.character.escape.flux
#          ^^^^^^ !meta.embedded.substitution.flux
action: \${{ github.sha }}
#       ^^^^^^^^^^^^^^^^^ !meta.embedded.substitution.flux
open: \${host
#     ^^^^^^ !meta.embedded.substitution.flux
after: value
#      ^^^^^ !meta.embedded.substitution.flux
key: value # \${host}
#          ^^^^^^^^^ !meta.embedded.substitution.flux
#          ^^^^^^^^^ comment.line.number-sign.yaml`,
    );
  });

  it('colour the Go templates of an ApplicationSet', () => {
    checkMarkedLines(
      yaml,
      `name: '{{ .path.basename }}-dev'
#      ^^ punctuation.section.embedded.begin.gotemplate
#         ^^^^^^^^^^^^^^ variable.other.gotemplate
#                        ^^ punctuation.section.embedded.end.gotemplate
#                          ^^^^ !meta.embedded.template.gotemplate
cloud: '{{- index .metadata.labels "cloud" | default "aks" }}'
#         ^ keyword.operator.trim.gotemplate
#           ^^^^^ support.function.gotemplate
#                                  ^^^^^^^ string.quoted.double.gotemplate
#                                          ^ keyword.operator.gotemplate
cloud: "{{ index .metadata.labels \\"cloud\\" }}"
#                                 ^^^^^^^^^ string.quoted.double.gotemplate
#                                           ^^ punctuation.section.embedded.end.gotemplate
templatePatch: |
  {{- if .autoSync }}
#        ^^^^^^^^^ variable.other.gotemplate
#     ^^ keyword.control.gotemplate
  spec: {}
#       ^^ !meta.embedded.template.gotemplate`,
    );
  });

  it('colour the older templates of an ApplicationSet', () => {
    checkMarkedLines(
      yaml,
      `name: '{{path[1]}}-staging'
#        ^^^^^^^ variable.other.parameter.applicationset
label: app-{{metadata.labels.team}}
#            ^^^^^^^^^^^^^^^^^^^^ variable.other.parameter.applicationset`,
    );
  });

  it('do not take a flow mapping for a template', () => {
    checkMarkedLines(
      yaml,
      `labels: {{a: b}: c}
#       ^^ !punctuation.section.embedded.begin.gotemplate
open: '{{ .path'
#      ^^^^^^^^ !meta.embedded.template.gotemplate`,
    );
  });

  it('colour a patch in a block scalar as YAML, up to where it ends', () => {
    checkMarkedLines(
      yaml,
      `patches:
  - target:
      kind: HTTPRoute
    patch: |-
#          ^ keyword.control.flow.block-scalar.literal.yaml
      - op: replace
#       ^^ entity.name.tag.yaml
#       ^^ meta.embedded.block.patch.yaml
        value: \${domain}
#                ^^^^^^ variable.other.substitution.flux

      # why
#     ^^^^^ comment.line.number-sign.yaml
  - patch: |-
      kind: Deployment
#     ^^^^ entity.name.tag.yaml
      metadata:
        name: "unfinished
    target:
#   ^^^^^^ !meta.embedded.block.patch.yaml
#   ^^^^^^ entity.name.tag.yaml
images: []
#^^^^^ entity.name.tag.yaml`,
    );
  });

  it('colour rendered manifests as YAML, with the variables that are left in them', async () => {
    checkMarkedLines(
      await loadGrammar('source.yaml.drydock-rendered'),
      `kind: HTTPRoute
# ^^ entity.name.tag.yaml
host: api.\${domain}
#           ^^^^^^ variable.other.substitution.flux
---
#^^ entity.other.document.begin.yaml`,
    );
  });

  it('are all where package.json says', async () => {
    for (const grammar of await contributedGrammars()) assert.ok(existsSync(path.join(root, grammar.path)), grammar.path);
  });
});
