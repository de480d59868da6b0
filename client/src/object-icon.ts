import { ThemeColor, ThemeIcon } from 'vscode';
import type { ObjectNode } from '../../protocol/src/messages.ts';

/** Names of the editor's product icons by Kubernetes kind. */
const icons: Readonly<Record<string, string>> = {
  group: 'folder',
  failure: 'error',
  overlay: 'layers',
  component: 'extensions',
  Application: 'rocket',
  ApplicationSet: 'versions',
  AppProject: 'shield',
  Kustomization: 'sync',
  HelmRelease: 'package',
  HelmChart: 'package',
  GitRepository: 'repo',
  OCIRepository: 'archive',
  HelmRepository: 'library',
  Bucket: 'database',
  ExternalArtifact: 'file-zip',
  ArtifactGenerator: 'combine',
  Alert: 'bell',
  Provider: 'megaphone',
  Receiver: 'radio-tower',
  ImageRepository: 'server',
  ImagePolicy: 'filter',
  ImageUpdateAutomation: 'wand',
};

/** The icon of a row in the tree, in the colour of a warning when something in or below it needs attention. */
export function objectIcon({ kind, problems }: ObjectNode): ThemeIcon {
  return new ThemeIcon(icons[kind] ?? 'symbol-object', problems > 0 ? new ThemeColor('list.warningForeground') : undefined);
}
