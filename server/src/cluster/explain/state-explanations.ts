// All explanations of states, in the order in which they are told.
import type { StateExplanation } from './explanation.ts';
import { driftLoop } from './states/drift-loop.ts';
import { leftOver } from './states/left-over.ts';
import { neverReconciled } from './states/never-reconciled.ts';
import { notAutomated } from './states/not-automated.ts';
import { suspended } from './states/suspended.ts';
import { waitsForHook } from './states/waits-for-hook.ts';

export const stateExplanations: readonly StateExplanation[] = [suspended, neverReconciled, waitsForHook, driftLoop, notAutomated, leftOver];
