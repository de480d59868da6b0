// How Argo CD tells the health of a resource, as the engine is built with it: of the modules gitops-engine and argo-cd only that, since
// the rest of them brings kubectl and a client of clusters.
import type { EditedModule } from './edited-module.ts';

// A go.mod of a copy asks for nothing: engine/go.mod says what it is built with.
const goMod = { file: 'go.mod', from: /\n(go \d[\d.]*)\n[^]*/g, to: '\n$1\n' };

/** The library in which Argo CD's own code for built-in kinds is. */
export const gitopsEngineModule: EditedModule = {
  name: 'gitops-engine',
  module: 'github.com/argoproj/gitops-engine',
  files: /^pkg\/health\/health[^/]*(?<!_test)\.go$|^pkg\/utils\/kube\/kube\.go$|^pkg\/sync\/hook\/hook\.go$/,
  added: '',
  removed: [],
  edits: () =>
    Promise.resolve([
      goMod,
      { file: 'pkg/utils/kube/kube.go', from: /^[^]*?\n(const \(\n\tSecretKind [^]*?\n\)\n)[^]*/g, to: 'package kube\n\n$1' },
      {
        file: 'pkg/sync/hook/hook.go',
        from: /^[^]*?(const \([^]*?\n\)|const HookFinalizer[^\n]*)[^]*?(func HasHookFinalizer[^]*?\n}\n)[^]*/g,
        to: 'package hook\n\nimport "k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"\n\n$1\n\n$2',
      },
      // Gone from k8s.io/api, and from clusters long before; they read as their successor.
      { file: 'pkg/health/health_hpa.go', from: /"k8s\.io\/api\/autoscaling\/v2beta1"/g, to: '"k8s.io/api/autoscaling/v2"' },
      { file: 'pkg/health/health_hpa.go', from: /"k8s\.io\/api\/autoscaling\/v2beta2"/g, to: '"k8s.io/api/autoscaling/v2"' },
    ]),
  scripts: ['scripts/gitops-engine-module.ts'],
};

const lua = 'util/lua/lua.go';

/** Argo CD's scripts for the kinds of others, and what runs them. Scripts that a cluster has of its own are not run here. */
export const argocdModule: EditedModule = {
  name: 'argocd',
  module: 'github.com/argoproj/argo-cd/v3',
  files: /^resource_customizations\/(embed\.go|.*\/health\.lua)$|^util\/lua\/(oslib_safe|lua)\.go$/,
  added: '',
  removed: [],
  edits: () =>
    Promise.resolve([
      goMod,
      { file: lua, from: /\n\tapplicationpkg "[^]*?\n\tappv1 "[^\n]*/g, to: '' },
      { file: lua, from: /\n\targoglob "[^\n]*/g, to: '' },
      { file: lua, from: /\n\t"bytes"/g, to: '' },
      {
        file: lua,
        from: /type ResourceHealthOverrides map\[string\]appv1\.ResourceOverride/g,
        to: 'type ResourceOverride struct {\n\tHealthLua   string\n\tUseOpenLibs bool\n}\n\ntype ResourceHealthOverrides map[string]ResourceOverride',
      },
      { file: lua, from: /(ResourceOverrides map\[string\])appv1\./g, to: '$1' },
      { file: lua, from: /\treturn vm\.runLuaWithResourceActionParameters[^]*?\(\*lua\.LState, error\) {\n/g, to: '' },
      { file: lua, from: /\t\/\/ Inject action parameters [^]*?(?=\tobjectValue :=)/g, to: '' },
      { file: lua, from: /func \(vm VM\) ExecuteResourceAction\([^]*?(?=func GetConfigMapKey)/g, to: '' },
      {
        file: lua,
        from: /func getWildcardHealthOverrideLua\([^]*?\n}\n/g,
        to: 'func getWildcardHealthOverrideLua(map[string]ResourceOverride, schema.GroupVersionKind) (string, bool) {\n\treturn "", false\n}\n',
      },
    ]),
  scripts: ['scripts/gitops-engine-module.ts'],
};
