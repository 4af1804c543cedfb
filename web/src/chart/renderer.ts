// What draws a chart. The Canvas 2D one (canvas.ts) needs no graphics card; another may stand in its
// place without the rest knowing.
import type { LinkKind } from './graph';
import type { Picture } from './picture';
import type { Point } from './state';

export interface DrawnNode {
  id: string;
  at: Point;
  kind: string;
  label: string;
  /** Radius at scale 1, CSS pixels. */
  radius: number;
  nHidden: number;
  selected: boolean;
  pinned: boolean;
  dimmed: boolean;
  /** Taken out by a what-if set: drawn as an outline, crossed. */
  gone: boolean;
}

export interface DrawnLink {
  a: number;
  b: number;
  kind: LinkKind;
  weightBits: number;
  onPath: boolean;
  dimmed: boolean;
}

export interface Drawing {
  /** Nodes whose label matters most come first. */
  nodes: DrawnNode[];
  links: DrawnLink[];
}

export interface Hit {
  node: string | null;
  /** Where, in the chart's own lengths and on the page. */
  at: Point;
  page: Point;
  add: boolean;
}

export interface ChartEvents {
  onPick: (hit: Hit) => void;
  onOpen: (hit: Hit) => void;
  onMenu: (hit: Hit) => void;
  onDropped: (node: string, at: Point) => void;
}

export interface ChartRenderer {
  draw(drawing: Drawing): void;
  fit(): void;
  zoom(factor: number): void;
  pan(dx: number, dy: number): void;
  /** Brings a node to sight. */
  show(node: string): void;
  /** Middle of a node on the page, CSS pixels; null: not drawn. */
  placeOf(node: string): Point | null;
  /** What is in sight, as a picture of its own. */
  picture(): Picture;
  destroy(): void;
}
