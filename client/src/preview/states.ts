// How each open preview stands, as the server said last.
import { Disposable, EventEmitter, Uri, workspace } from 'vscode';
import { type PreviewState, previewChanged } from '../../../protocol/src/messages.ts';
import type { Server } from '../server.ts';

/** Holds the state of previews by document URI, until their document closes. */
export class PreviewStates {
  readonly #states = new Map<string, PreviewState>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #listening: Disposable;
  /** Fires with the URI of the preview whose state is another one now. */
  readonly onDidChange = this.#changed.event;

  constructor(server: Server) {
    this.#listening = Disposable.from(
      server.listen(previewChanged, ({ uri, state }) => {
        const preview = Uri.parse(uri);
        this.#states.set(preview.toString(), state);
        this.#changed.fire(preview);
      }),
      workspace.onDidCloseTextDocument(({ uri }) => {
        if (this.#states.delete(uri.toString())) this.#changed.fire(uri);
      }),
    );
  }

  /** The state of the preview at `uri`; undefined while it was never rendered. */
  of(uri: Uri): PreviewState | undefined {
    return this.#states.get(uri.toString());
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
  }
}
