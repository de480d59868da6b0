// All explanations of messages; the first that fits explains, so what is special comes before what is general.
import type { MessageExplanation } from './explanation.ts';
import { artifactNotReady } from './messages/artifact-not-ready.ts';
import { artifactsNotTaken } from './messages/artifacts-not-taken.ts';
import { buildFailed } from './messages/build-failed.ts';
import { crashLoop } from './messages/crash-loop.ts';
import { decryptionFailed } from './messages/decryption-failed.ts';
import { dependencyNotReady } from './messages/dependency-not-ready.ts';
import { fieldConflict } from './messages/field-conflict.ts';
import { forbidden } from './messages/forbidden.ts';
import { healthTimeout } from './messages/health-timeout.ts';
import { hookFailed } from './messages/hook-failed.ts';
import { imagePull } from './messages/image-pull.ts';
import { immutableField } from './messages/immutable-field.ts';
import { invalidManifest } from './messages/invalid-manifest.ts';
import { missingArtifact } from './messages/missing-artifact.ts';
import { missingKind } from './messages/missing-kind.ts';
import { missingNamespace } from './messages/missing-namespace.ts';
import { missingPath } from './messages/missing-path.ts';
import { missingReference } from './messages/missing-reference.ts';
import { missingRevision } from './messages/missing-revision.ts';
import { noNamespace } from './messages/no-namespace.ts';
import { ownedApplication } from './messages/owned-application.ts';
import { pluginFailed } from './messages/plugin-failed.ts';
import { projectForbids } from './messages/project-forbids.ts';
import { quotaExceeded } from './messages/quota-exceeded.ts';
import { repoServer } from './messages/repo-server.ts';
import { retriesExhausted } from './messages/retries-exhausted.ts';
import { sharedResource } from './messages/shared-resource.ts';
import { sourceAuthentication } from './messages/source-authentication.ts';
import { syncWindow } from './messages/sync-window.ts';
import { unknownCluster } from './messages/unknown-cluster.ts';
import { unschedulable } from './messages/unschedulable.ts';
import { webhookDenied } from './messages/webhook-denied.ts';
import { webhookUnreachable } from './messages/webhook-unreachable.ts';

export const messageExplanations: readonly MessageExplanation[] = [
  quotaExceeded,
  webhookDenied,
  webhookUnreachable,
  forbidden,
  immutableField,
  missingKind,
  missingNamespace,
  noNamespace,
  imagePull,
  crashLoop,
  unschedulable,
  repoServer,
  pluginFailed,
  hookFailed,
  healthTimeout,
  sourceAuthentication,
  missingReference,
  missingRevision,
  missingPath,
  buildFailed,
  missingArtifact,
  artifactsNotTaken,
  artifactNotReady,
  dependencyNotReady,
  decryptionFailed,
  projectForbids,
  unknownCluster,
  ownedApplication,
  syncWindow,
  fieldConflict,
  sharedResource,
  retriesExhausted,
  invalidManifest,
];
