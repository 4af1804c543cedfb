import type { NetworkGraph } from './graph';
import type { Lens } from './aside';
import type { ChartState } from './state';
import type { Shown, Tell } from './useStory';

/** What chart, table, outline, legend and selection share: select in one, seen in all. */
export interface Parts {
  network: string;
  graph: NetworkGraph;
  state: ChartState;
  shown: Shown;
  tell: Tell;
  lens: Lens;
}
