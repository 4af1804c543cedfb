// ChartRenderer on Canvas 2D: draws what is in sight, labels where there is room, once a frame.
import { CORNERS, lookOf } from './looks';
import type { LinkKind } from './graph';
import type { Picture, PlacedLabel } from './picture';
import type { ChartEvents, ChartRenderer, DrawnLink, DrawnNode, Drawing } from './renderer';
import type { Point } from './state';

const MARGIN = 48;
const CLICK_RADIUS = 4;
const MIN_SCALE = 4;
const MAX_SCALE = 260;
// Links beyond which a chart in motion is drawn in thin lines and without names.
const MOST_IN_MOTION = 800;
// Links beyond which a chart at rest is drawn so too: nobody tells dashes apart in a thicket.
const MOST_STYLED = 5000;
const LINES_A_STROKE = 200;
// Names tried for room: beyond them a chart is so full that hardly another finds any.
const MOST_TRIED = 600;

export interface Colours {
  ground: string;
  ink: string;
  identity: string;
  association: string;
  accent: string;
  kinds: Map<string, string>;
  font: string;
}

function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const kinds = ['contact', 'web', 'money', 'person', 'company', 'thing', 'text', 'photo'];
  return {
    ground: token('--surface'),
    ink: token('--ink'),
    identity: token('--link-identity'),
    association: token('--link-association'),
    accent: token('--accent'),
    kinds: new Map(kinds.map((kind) => [kind, token(`--kind-${kind}`)])),
    font: style.fontFamily,
  };
}

interface Box {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}
const overlaps = (a: Box, b: Box) => a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;

const LABEL_HEIGHT = 14;
export const LABEL_SIZE = 12;

const widthOf = (link: DrawnLink) => (link.onPath ? 2 : 0) + Math.min(4, 0.6 + Math.max(0, link.weightBits) / 10);

/** Those chosen and those taken out are always named. */
const isNamed = (node: DrawnNode) => Number(node.selected || node.gone);

/** Where the label of a node may stand: below, above, after, before. */
function boxesAbout({ x, y }: Point, away: number, half: number): [Box, ...Box[]] {
  const at = (middle: number, top: number): Box => ({ x0: middle - half, y0: top, x1: middle + half, y1: top + LABEL_HEIGHT });
  const level = y - LABEL_HEIGHT / 2;
  return [at(x, y + away), at(x, y - away - LABEL_HEIGHT), at(x + away + half, level), at(x - away - half, level)];
}

/** Boxes taken so far, by cells of the screen, so that a label asks only those near it. */
class Taken {
  private readonly cells = new Map<number, Box[]>();
  constructor(private readonly cell = 64) {}
  private *keys(box: Box) {
    for (let i = Math.floor(box.x0 / this.cell); i <= Math.floor(box.x1 / this.cell); ++i)
      for (let j = Math.floor(box.y0 / this.cell); j <= Math.floor(box.y1 / this.cell); ++j) yield i * 4096 + j;
  }
  isFree(box: Box): boolean {
    for (const key of this.keys(box)) if (this.cells.get(key)?.some((other) => overlaps(box, other))) return false;
    return true;
  }
  take(box: Box): void {
    for (const key of this.keys(box)) {
      const there = this.cells.get(key);
      if (there) there.push(box);
      else this.cells.set(key, [box]);
    }
  }
}

export class CanvasRenderer implements ChartRenderer {
  private readonly context: CanvasRenderingContext2D;
  private drawing: Drawing = { nodes: [], links: [] };
  private scale = 40;
  private origin: Point = { x: 0, y: 0 };
  private frame = 0;
  private isFitted = false;
  private colours: Colours;
  private held: { node: DrawnNode | null; from: Point; moved: boolean } | null = null;
  private readonly watcher: ResizeObserver;
  private readonly ending = new AbortController();

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly events: ChartEvents,
  ) {
    this.context = canvas.getContext('2d') as CanvasRenderingContext2D;
    this.colours = coloursOf(canvas);
    this.watcher = new ResizeObserver(() => this.resize());
    this.watcher.observe(canvas);
    const { signal } = this.ending;
    canvas.addEventListener('pointerdown', (e) => this.down(e), { signal });
    canvas.addEventListener('pointermove', (e) => this.move(e), { signal });
    canvas.addEventListener('pointerup', (e) => this.up(e), { signal });
    canvas.addEventListener('dblclick', (e) => this.events.onOpen(this.hit(e)), { signal });
    canvas.addEventListener('contextmenu', (e) => { e.preventDefault(); this.events.onMenu(this.hit(e)); }, { signal });
    canvas.addEventListener('wheel', (e) => this.wheel(e), { signal, passive: false });
    const recolour = () => { this.colours = coloursOf(canvas); this.soon(); };
    addEventListener('ovillo-theme', recolour, { signal });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', recolour, { signal });
  }

  draw(drawing: Drawing): void {
    this.drawing = drawing;
    if (!this.isFitted) this.fit();
    this.soon();
  }

  fit(): void {
    const { nodes } = this.drawing;
    const { width, height } = this.size();
    if (nodes.length === 0 || width === 0) return;
    const xs = nodes.map((n) => n.at.x);
    const ys = nodes.map((n) => n.at.y);
    const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    // Labels stand below: a node alone gets a middling scale, not the greatest.
    const fitting = Math.min((width - 3 * MARGIN) / Math.max(x1 - x0, 0.5), (height - 2 * MARGIN) / Math.max(y1 - y0, 0.5));
    this.scale = Math.min(Math.max(fitting, MIN_SCALE), 120);
    this.origin = { x: width / 2 - ((x0 + x1) / 2) * this.scale, y: height / 2 - ((y0 + y1) / 2) * this.scale };
    this.isFitted = true;
    this.soon();
  }

  zoom(factor: number): void {
    const { width, height } = this.size();
    this.zoomAt({ x: width / 2, y: height / 2 }, factor);
  }

  pan(dx: number, dy: number): void {
    this.origin = { x: this.origin.x + dx, y: this.origin.y + dy };
    this.soon();
  }

  show(id: string): void {
    const node = this.drawing.nodes.find((n) => n.id === id);
    if (!node) return;
    const { width, height } = this.size();
    const { x, y } = this.onCanvas(node.at);
    const inside = x > MARGIN && y > MARGIN && x < width - MARGIN && y < height - MARGIN;
    if (!inside) this.pan(width / 2 - x, height / 2 - y);
  }

  placeOf(id: string): Point | null {
    const node = this.drawing.nodes.find((n) => n.id === id);
    if (!node) return null;
    const box = this.canvas.getBoundingClientRect();
    const { x, y } = this.onCanvas(node.at);
    return { x: box.left + x, y: box.top + y };
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
    this.watcher.disconnect();
    this.ending.abort();
  }

  private size() {
    return { width: this.canvas.clientWidth, height: this.canvas.clientHeight };
  }

  private onCanvas(at: Point): Point {
    return { x: at.x * this.scale + this.origin.x, y: at.y * this.scale + this.origin.y };
  }

  private resize(): void {
    const { width, height } = this.size();
    const ratio = devicePixelRatio;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.fit();
    this.paint();
  }

  private soon(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.paint());
  }

  // --- the pointer ---

  private local(event: MouseEvent): Point {
    const box = this.canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  private nodeAt(point: Point): DrawnNode | null {
    // What is drawn last lies on top.
    for (const node of this.drawing.nodes) {
      const { x, y } = this.onCanvas(node.at);
      const reach = this.radius(node) + CLICK_RADIUS;
      if ((x - point.x) ** 2 + (y - point.y) ** 2 <= reach ** 2) return node;
    }
    return null;
  }

  private hit(event: MouseEvent) {
    const point = this.local(event);
    return {
      node: this.nodeAt(point)?.id ?? null,
      at: { x: (point.x - this.origin.x) / this.scale, y: (point.y - this.origin.y) / this.scale },
      page: { x: event.clientX, y: event.clientY },
      add: event.shiftKey,
    };
  }

  private down(event: PointerEvent): void {
    if (event.button !== 0) return;
    const from = this.local(event);
    this.held = { node: this.nodeAt(from), from, moved: false };
    this.canvas.setPointerCapture(event.pointerId);
  }

  private move(event: PointerEvent): void {
    if (!this.held) {
      this.canvas.style.cursor = this.nodeAt(this.local(event)) ? 'pointer' : 'grab';
      return;
    }
    const to = this.local(event);
    const [dx, dy] = [to.x - this.held.from.x, to.y - this.held.from.y];
    if (!this.held.moved && Math.hypot(dx, dy) < CLICK_RADIUS) return;
    this.held.moved = true;
    this.held.from = to;
    const { node } = this.held;
    if (node) node.at = { x: node.at.x + dx / this.scale, y: node.at.y + dy / this.scale };
    else this.origin = { x: this.origin.x + dx, y: this.origin.y + dy };
    this.soon();
  }

  private up(event: PointerEvent): void {
    const held = this.held;
    this.held = null;
    if (!held) return;
    this.soon();
    if (!held.moved) this.events.onPick(this.hit(event));
    else if (held.node) this.events.onDropped(held.node.id, held.node.at);
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    this.zoomAt(this.local(event), Math.exp(-event.deltaY * 0.0015));
  }

  private zoomAt(point: Point, factor: number): void {
    const scale = Math.min(Math.max(this.scale * factor, MIN_SCALE), MAX_SCALE);
    const by = scale / this.scale;
    this.origin = { x: point.x - (point.x - this.origin.x) * by, y: point.y - (point.y - this.origin.y) * by };
    this.scale = scale;
    this.soon();
  }

  // --- drawing ---

  private radius(node: DrawnNode): number {
    return node.radius * Math.min(1.4, Math.max(0.55, this.scale / 45));
  }

  private paint(): void {
    const { context, colours } = this;
    const { width, height } = this.size();
    const ratio = devicePixelRatio;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = colours.ground;
    context.fillRect(0, 0, width, height);
    const at = this.drawing.nodes.map((node) => this.onCanvas(node.at));
    this.paintLinks(at);
    const inSight = (p: Point) => p.x > -40 && p.y > -40 && p.x < width + 40 && p.y < height + 40;
    for (let i = at.length - 1; i >= 0; --i) if (inSight(at[i]!)) this.paintNode(this.drawing.nodes[i]!, at[i]!);
    if (this.held === null || this.drawing.links.length <= MOST_IN_MOTION) this.paintLabels(at);
    context.globalAlpha = 1;
  }

  private paintLinks(at: Point[]): void {
    const { links } = this.drawing;
    if (links.length > MOST_STYLED || (this.held !== null && links.length > MOST_IN_MOTION)) {
      this.paintThinLinks(at);
      return;
    }
    const { context, colours } = this;
    for (const link of links) {
      const [a, b] = [at[link.a]!, at[link.b]!];
      context.beginPath();
      context.moveTo(a.x, a.y);
      context.lineTo(b.x, b.y);
      context.setLineDash(link.kind === 'association' ? [5, 4] : []);
      context.strokeStyle = link.onPath ? colours.accent : colours[link.kind];
      context.globalAlpha = link.dimmed ? 0.18 : link.onPath ? 1 : 0.75;
      context.lineWidth = widthOf(link);
      context.stroke();
    }
    context.setLineDash([]);
  }

  // Many at once, in lines of one width: a stroke of its own for each costs ten times as much.
  private paintThinLinks(at: Point[]): void {
    const { context, colours } = this;
    const { width, height } = this.size();
    context.setLineDash([]);
    context.lineWidth = 1;
    const looks = (link: DrawnLink) => (link.onPath ? 'path' : `${link.kind}${link.dimmed ? ' dimmed' : ''}`);
    for (const look of ['association dimmed', 'identity dimmed', 'association', 'identity', 'path']) {
      context.strokeStyle = look === 'path' ? colours.accent : colours[look.split(' ')[0] as LinkKind];
      context.globalAlpha = look.endsWith('dimmed') ? 0.18 : 1;
      let n = 0;
      context.beginPath();
      for (const link of this.drawing.links) {
        if (looks(link) !== look) continue;
        const [a, b] = [at[link.a]!, at[link.b]!];
        if (Math.max(a.x, b.x) < 0 || Math.min(a.x, b.x) > width || Math.max(a.y, b.y) < 0 || Math.min(a.y, b.y) > height) continue;
        context.moveTo(a.x, a.y);
        context.lineTo(b.x, b.y);
        if (++n % LINES_A_STROKE === 0) {
          context.stroke();
          context.beginPath();
        }
      }
      context.stroke();
    }
  }

  private paintNode(node: DrawnNode, at: Point): void {
    const { context, colours } = this;
    const look = lookOf(node.kind);
    const radius = this.radius(node);
    const corners = CORNERS[look.shape];
    context.globalAlpha = node.dimmed ? 0.35 : 1;
    context.beginPath();
    if (corners.length === 0) context.arc(at.x, at.y, radius, 0, 2 * Math.PI);
    else corners.forEach(([x, y], i) => context[i === 0 ? 'moveTo' : 'lineTo'](at.x + x * radius, at.y + y * radius));
    context.closePath();
    context.fillStyle = colours.kinds.get(look.colour) ?? colours.ink;
    if (node.gone) {
      this.paintGone(at, radius);
      return;
    }
    context.fill();
    context.lineWidth = node.selected ? 3 : 1.5;
    context.strokeStyle = node.selected ? colours.ink : colours.ground;
    context.stroke();
    if (node.pinned) {
      context.beginPath();
      context.arc(at.x, at.y, Math.max(2, radius / 3), 0, 2 * Math.PI);
      context.fillStyle = colours.ground;
      context.fill();
    }
  }

  private paintGone(at: Point, radius: number): void {
    const { context, colours } = this;
    context.globalAlpha = 1;
    context.fillStyle = colours.ground;
    context.fill();
    context.lineWidth = 2;
    context.strokeStyle = colours.accent;
    context.stroke();
    context.beginPath();
    context.moveTo(at.x - radius, at.y - radius);
    context.lineTo(at.x + radius, at.y + radius);
    context.moveTo(at.x + radius, at.y - radius);
    context.lineTo(at.x - radius, at.y + radius);
    context.stroke();
  }

  // The most important first, each below its node or where else there is room; one that would lie
  // over another or over a node is left out until one zooms in. Those chosen are always named.
  private placedLabels(at: Point[]): PlacedLabel[] {
    const { context, colours } = this;
    const { width, height } = this.size();
    const inSight = (p: Point) => p.x > -40 && p.y > -40 && p.x < width + 40 && p.y < height + 40;
    const taken = new Taken();
    const { nodes } = this.drawing;
    nodes.forEach((node, i) => {
      const r = this.radius(node);
      const { x, y } = at[i]!;
      taken.take({ x0: x - r, y0: y - r, x1: x + r, y1: y + r });
    });
    context.font = `${LABEL_SIZE}px ${colours.font}`;
    const placed: PlacedLabel[] = [];
    const order = nodes.map((_, i) => i).sort((i, j) => isNamed(nodes[j]!) - isNamed(nodes[i]!) || i - j);
    let nTried = 0;
    for (const i of order) {
      const node = nodes[i]!;
      if (!inSight(at[i]!)) continue;
      if (node.dimmed && !node.selected && !node.gone) continue;
      if (++nTried > MOST_TRIED && !isNamed(node)) break;
      const text = node.nHidden > 0 ? `${node.label}  +${node.nHidden}` : node.label;
      const half = context.measureText(text).width / 2 + 2;
      const boxes = boxesAbout(at[i]!, this.radius(node) + 3, half);
      const box = boxes.find((one) => one.x0 > 0 && one.x1 < width && taken.isFree(one)) ?? (isNamed(node) ? boxes[0] : undefined);
      if (!box) continue;
      taken.take(box);
      placed.push({ text, middle: box.x0 + half, top: box.y0 });
    }
    return placed;
  }

  private paintLabels(at: Point[]): void {
    const { context, colours } = this;
    const placed = this.placedLabels(at);
    context.textAlign = 'center';
    context.textBaseline = 'top';
    context.lineJoin = 'round';
    context.direction = 'ltr';
    context.globalAlpha = 1;
    context.lineWidth = 3;
    context.strokeStyle = colours.ground;
    context.fillStyle = colours.ink;
    for (const { text, middle, top } of placed) {
      context.strokeText(text, middle, top);
      context.fillText(text, middle, top);
    }
  }

  picture(): Picture {
    const at = this.drawing.nodes.map((node) => this.onCanvas(node.at));
    const { nodes, links } = this.drawing;
    return {
      ...this.size(),
      colours: this.colours,
      nodes: nodes.map((node, i) => ({ ...node, at: at[i]!, radius: this.radius(node) })),
      links: links.map((link) => ({ ...link, a: at[link.a]!, b: at[link.b]!, width: widthOf(link) })),
      labels: this.placedLabels(at),
    };
  }
}
