import type { OpenedFolder } from './opened-folder.ts';

const samples = `What to try:
  1. Open apps/storefront/overlays/production/kustomization.yaml (Ctrl-P) and run
     "Drydock: Open Rendered Preview to the Side" (F1). Change LOG_LEVEL=warn and watch the right side.
  2. In apps/payment/base/kustomization.yaml change service.yaml to svc.yaml: the entry is marked, and the preview
     keeps the last good rendering.
  3. Point at healthCheckExprs in clusters/production/apps.yaml, or press Ctrl-Space in its spec.
  4. Ctrl-click a path, for example path: ./infrastructure/configs in clusters/dev/infrastructure.yaml.
  5. Press "6 applications" above argocd/production/tenants.yaml, and pick one.
  6. In charts/catalog/values-prod.yaml run "Drydock: Show Effective Values".
  7. Point at any field on the right side: it tells where it comes from.
  8. Open the Drydock view at the left: applications, sources and overlays of the repository.
README.md in the folder tells more. It is a copy: change what you like.
`;

const own = `What to try:
  1. Trust the folder ("Manage" in the banner at the top): until then files are checked, and nothing is rendered.
  2. Open a file of an overlay or a chart, an Application or a Flux object, and run "Drydock: Open Rendered Preview to the Side" (F1); type, and watch the right side.
  3. Point at a field of a Flux, Argo CD or kustomize object; press Ctrl-Space in it; Ctrl-click a path.
  4. Open the Drydock view at the left: applications, sources and overlays of the repository.
`;

const cluster = `What to try:
  1. Open the view "Clusters" of Drydock at the left, and in it acme-dev, Argo CD and Flux. It takes a minute until all is delivered.
  2. Point at what is red: storefront-previews asks GitHub for pull requests with a token that nobody has, shop wants a key for
     its secrets, two sources are not on this machine. checkout-dev stays Progressing: nobody runs Argo Rollouts here.
  3. Run "Drydock: Why Is It Not Syncing?" on one of them, or look at its events and history (the menu of its row).
  4. Change LOG_LEVEL in apps/storefront/overlays/dev/storefront.env, and press the live state above its kustomization.yaml.
  5. Drift something with kubectl: the row says so at once. Sync it from the row.
What is delivered runs nothing, and the charts that the samples take from elsewhere are empty ones. All of it goes with Ctrl-C.
`;

/** A few lines for a person who has just opened VS Code. */
export function whatToTry(what: OpenedFolder['what']): string {
  return { samples, cluster, own }[what];
}
