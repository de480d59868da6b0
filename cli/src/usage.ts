/** What `drydock help` prints. */
export const usage = `Usage:
  drydock build [dir]                     print what kustomize build prints
  drydock build --all [repo] -o <folder>  render every kustomization of a repository to <folder>/<path>.yaml,
                                          or <path>.err where it fails
  drydock check [path…]                   print what the editor would find
  drydock lsp --stdio                     serve an editor

Options of build:
  -o, --output <path>                     write to a file (with --all: into a folder)
      --load-restrictor <restrictor>      LoadRestrictionsRootOnly (default) or LoadRestrictionsNone
Options of check:
      --format <text|json>                text (default): path:line:column: severity: message [rule]
Exit codes: 0 fine, 1 the input has errors, 2 the command line has.
`;
