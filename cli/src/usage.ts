/** What `drydock help` prints. */
export const usage = `Usage:
  drydock build [dir]                     print what kustomize build prints, or helm template for a chart
  drydock build <file> [kind/name]        print what the controller makes of the Flux Kustomization, HelmRelease, Application or
                                          ApplicationSet in the file
  drydock build <kind>/<name>             the same, wherever in the repository it is written; a second kind/name is of an object
                                          that the first one renders
  drydock build --all [repo] -o <folder>  render every kustomization of a repository to <folder>/<path>.yaml,
                                          or <path>.err where it fails
  drydock values [dir]                    print the values that a chart, or the helmCharts of a kustomization, are rendered with, each
                                          with the line it comes from; also of <file> [kind/name] and <kind>/<name>: a HelmRelease,
                                          or an Application with a chart
  drydock fetch [path]                    fetch what the renderings below a folder, or of a file, have elsewhere
                                          (bases, files, charts), and keep copies for all later commands
  drydock check [path…]                   print what the editor would find
  drydock status [filter…]                print what Argo CD and Flux deliver to clusters and how it stands; a filter is a part
                                          of a kind or name, ns:<namespace>, is:<state>
  drydock sync <dir|file|kind/name>       tell the controller that deploys it to do so now, and wait until it has; asks first
  drydock diff --live [dir|file|kind/name]  print what a sync would change in clusters, with the files as they are here; Secrets are
                                          masked, and nothing is changed
  drydock lsp --stdio                     serve an editor

Options of build and values:
  -o, --output <path>                     write to a file (build --all: into a folder)
      --fetch                             fetch first what it has elsewhere and there is no copy of
Options of build:
      --load-restrictor <restrictor>      LoadRestrictionsRootOnly or LoadRestrictionsNone
      --enable-helm                       inflate helmCharts of kustomizations
Options of build and values for a chart (a folder with Chart.yaml, or a .tgz):
      --name <release>                    the chart's own name when not given
  -n, --namespace <namespace>             default when not given
  -f, --values <file>                     lay the values of a file over the chart's; can be repeated
      --set, --set-string <path=value>    lay one value over the others; can be repeated
      --include-crds                      print the chart's crds/ as well
Options of check:
      --format <text|json>                text (default): path:line:column: severity: message [rule]
Options of build, values and check:
      --kube-version <version>            the cluster's version, for .Capabilities of all charts
  -a, --api-versions <versions>           what the cluster has beyond Helm's defaults; can be repeated
Options of diff, status and sync:
      --context <name>                    the kubeconfig's current context when not given; can be repeated
      --all-contexts                      those of all contexts
      --kubeconfig <path>                 that of kubectl when not given
      --argocd <server>                   ask Argo CD's API server instead, signed in by argocd login or ARGOCD_AUTH_TOKEN
Options of status:
      --format <text|json>                text (default): a table
Options of diff and sync:
  -n, --namespace <namespace>             of the object, where its name alone is not enough
Options of diff:
      --last-synced                       compare with what was synced last instead of the files as they are here
Options of sync:
      --revision <revision>               Argo CD: another one than is tracked
      --prune                             Argo CD: delete what Git no longer has
      --dry-run                           Argo CD: change nothing, only say what would happen
      --apply-only                        Argo CD: leave hooks out
      --with-source                       Flux: reconcile its source first
      --force                             replace what can't be changed; HelmReleases: install or upgrade again
  -y, --yes                               do not ask, but for what counts as production
      --confirm <context>                 do not ask, for that context, though it counts as production
      --timeout <seconds>                 stop waiting after so long; 300 when not given
What no option says, .vscode/settings.json of the checkout may say.
Exit codes: 0 fine, 1 the input has errors, or something in a cluster is not as it should be, 2 the command line has.
Those of diff are kubectl's: 0 no differences, 1 differences, 2 something could not be compared.
`;
