// Single keys of the chart, beside the usual chords, which browsers keep for themselves (Ctrl+F).
import type { NetworkGraph } from './graph';
import type { ChartRenderer } from './renderer';
import type { ChartState, Point } from './state';
import type { Clock } from './useClock';
import type { Tell } from './useStory';

export interface KeyContext {
  graph: NetworkGraph;
  state: ChartState;
  shown: ReadonlySet<string>;
  renderer: ChartRenderer;
  tell: Tell;
  why: () => void;
  clock: Pick<Clock, 'move' | 'play'>;
}

const ARROWS: Record<string, Point> = { ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 }, ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 } };
const PAN_STEP = 60;

/** The node that lies nearest in a direction: straight on counts for more than sideways. */
export function nearestTowards(from: Point, direction: Point, places: Iterable<readonly [string, Point]>): string | null {
  let best: string | null = null;
  let least = Infinity;
  for (const [node, at] of places) {
    const [dx, dy] = [at.x - from.x, at.y - from.y];
    const along = dx * direction.x + dy * direction.y;
    const aside = Math.abs(dx * direction.y - dy * direction.x);
    if (along <= 1 || aside > 2.5 * along) continue;
    const cost = along + 2 * aside;
    if (cost < least) [best, least] = [node, cost];
  }
  return best;
}

function step({ state, shown, renderer, tell }: KeyContext, direction: Point, add: boolean): void {
  const from = [...state.selected].at(-1);
  const places = [...shown].flatMap((node) => {
    const at = renderer.placeOf(node);
    return at && node !== from ? [[node, at] as const] : [];
  });
  const start = from ? renderer.placeOf(from) : null;
  const next = start ? nearestTowards(start, direction, places) : (places[0]?.[0] ?? null);
  if (!next) return;
  if (add && state.selected.has(next)) return;
  tell({ do: 'select', nodes: [next], add });
  renderer.show(next);
}

/** @return whether the key meant something here. */
export function press(context: KeyContext, event: { key: string; shiftKey: boolean; ctrlKey: boolean; metaKey: boolean; altKey: boolean }): boolean {
  const { graph, state, shown, renderer, tell, why, clock } = context;
  if (event.altKey) return false;
  const selected = [...state.selected];
  const direction = ARROWS[event.key];
  const chord = event.ctrlKey || event.metaKey;
  if (chord) {
    if (direction) step(context, direction, true);
    else if (event.key.toLowerCase() === 'z') tell({ do: 'undo' });
    else if (event.key.toLowerCase() === 'a') tell({ do: 'select', nodes: [...shown] });
    else return false;
    return true;
  }
  if (direction) {
    if (event.shiftKey) renderer.pan(-direction.x * PAN_STEP, -direction.y * PAN_STEP);
    else step(context, direction, false);
    return true;
  }
  switch (event.key) {
    case 'e':
    case 'Enter':
      selected.forEach((node) => tell({ do: 'expand', node }));
      return true;
    case 'h':
    case 'Delete':
      tell({ do: 'hide', nodes: selected });
      return true;
    case 'H':
      tell({ do: 'hideOthers' });
      return true;
    case 'p':
      tell({ do: 'path' });
      return true;
    case 'w':
      why();
      return true;
    case 'l': {
      const around = selected.flatMap((node) => graph.neighbors(node)).filter((node) => shown.has(node));
      tell({ do: 'select', nodes: [...new Set([...selected, ...around])] });
      return true;
    }
    case 'u':
      tell({ do: 'undo' });
      return true;
    case 'f':
      renderer.fit();
      return true;
    case '+':
    case '=':
      renderer.zoom(1.25);
      return true;
    case '-':
      renderer.zoom(0.8);
      return true;
    case 't':
      clock.play();
      return true;
    case ',':
    case '.':
      clock.move(event.key === '.' ? 1 : -1);
      return true;
    case 'Escape':
      tell({ do: 'select', nodes: [] });
      return true;
    case ' ': {
      const [last] = selected.slice(-1);
      if (last) tell(state.pinned.has(last) ? { do: 'unpin', node: last } : { do: 'pin', node: last, at: graph.getNodeAttributes(last) });
      return true;
    }
    default:
      return false;
  }
}
