// What to do about Helm's errors (v4.2.4). Each is tried in blame.test.ts, with Helm's own words.

const hints: readonly (readonly [words: RegExp, hint: string | ((found: RegExpExecArray) => string)])[] = [
  [/is not valid against metaschema|^values\.schema\.json: /, 'Correct values.schema.json.'],
  // Templates.
  [
    /nil pointer evaluating/,
    'The value before this field is not set: give it a default in values.yaml, or guard it with `with` or `default`.',
  ],
  [/can't evaluate field (\S+) in type/, ([, field]) => `What stands here has no fields: the value is not a mapping with \`${field}\`.`],
  [/function "([^"]+)" not defined/, ([, name]) => `Helm has no function \`${name}\`: correct its name, or quote the text.`],
  [
    /no template "([^"]+)" associated|template "([^"]+)" not defined/,
    ([, one, other]) =>
      `Nothing defines "${one ?? other}": correct the name, or add \`{{ define "${one ?? other}" }}\` to templates/_helpers.tpl.`,
  ],
  [/nested reference name/, 'A template includes itself without an end.'],
  [/unclosed action/, 'Close the action with `}}`.'],
  [/unexpected EOF/, 'An `if`, `with`, `range` or `define` has no `{{ end }}`.'],
  [/unexpected \{\{end\}\}/, 'There is an `{{ end }}` too many.'],
  [/unterminated|unclosed comment/, 'Close what is open here.'],
  [
    /expected (\w+); found|wrong type for value; expected (\w+)/,
    ([, one, other]) => `The function takes a value of type ${one ?? other} here.`,
  ],
  [/wrong number of args/, 'Give the function as many arguments as it takes.'],
  [
    /YAML parse error on .*cannot unmarshal/,
    'Each document of what a template renders to is a mapping: an object with `apiVersion` and `kind`.',
  ],
  [
    /YAML parse error on .*yaml: line \d+/,
    'The line is one of what the template renders to, counted in its document, not of the template: look for missing `nindent` or `quote`.',
  ],
  // Values.
  [
    /missing propert|got \w+, want|value must be|additional propert|does not match pattern/,
    'values.schema.json asks for that: correct the value.',
  ],
  [/type mismatch on (\S+):/, ([, name]) => `The values of a sub-chart are a mapping: correct \`${name}\`.`],
  [/cannot load values\.yaml.*cannot unmarshal \w+ into Go value/, 'Values are a mapping of names to values.'],
  // Chart.yaml and what it names.
  [/missing in charts\/ directory/, 'Fetch it with `helm dependency build`, or put the chart below charts/.'],
  [/more than one dependency with name or alias/, 'Give one of them an `alias` of its own.'],
  [/chart requires kubeVersion/, 'The Kubernetes version that is rendered for is the setting `drydock.helm.kubeVersion`.'],
  [/library charts are not installable/, 'A library is rendered by the charts that depend on it.'],
  [/invalid chart apiVersion|unsupported chart version/, 'Write `apiVersion: v2`.'],
  [/chart\.metadata\.name is required|chart\.metadata\.version is required|chart\.metadata is required/, 'Add the field to Chart.yaml.'],
  [/chart\.metadata\.version "[^"]*" is invalid/, 'Write a semantic version, such as 1.2.3.'],
  [/type must be application or library/, 'Write `type: application`, or leave it out.'],
  [/Chart\.yaml file is missing|unable to detect chart at/, 'A chart is a folder or package with a Chart.yaml in it.'],
  [/gzip: invalid header|unexpected EOF|archive\/tar/, 'It is no packaged chart: fetch it again with `helm dependency build`.'],
  [/double-star/, 'Helm knows no `**` in .helmignore: write `*` for one level.'],
  [/release name check failed/, 'The chart is rendered by its name here: names of releases have lower case letters, digits and `-`.'],
  [/found a tab character|found character that cannot start any token/, 'Indent with spaces: YAML allows no tabs there.'],
  [/yaml: line \d+|error converting YAML/, 'Correct the YAML there.'],
  [/cannot unmarshal (\w+) into Go struct field/, 'The field has a value of another type.'],
];

/** What to do about an error, by its words; undefined for words that nobody knows, and those that a chart's author chose. */
export function errorHint(words: string): string | undefined {
  for (const [pattern, hint] of hints) {
    const found = pattern.exec(words);
    if (found) return typeof hint === 'string' ? hint : hint(found);
  }
  return undefined;
}
