// The chart in sight as a picture: SVG, and PNG drawn from the same, with a line below that says what it is.
import type { Colours } from './canvas';
import { CORNERS, lookOf } from './looks';
import type { DrawnLink, DrawnNode } from './renderer';
import type { Point } from './state';

export interface PlacedLabel {
  text: string;
  middle: number;
  top: number;
}

export interface Picture {
  width: number;
  height: number;
  colours: Colours;
  nodes: DrawnNode[];
  links: (Omit<DrawnLink, 'a' | 'b'> & { a: Point; b: Point; width: number })[];
  labels: PlacedLabel[];
}

const CAPTION = 30;
const SIZE = 12;

const escaped = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[^\t\n\u{20}-\u{10FFFF}]/gu, '');
const round = (n: number) => Math.round(n * 100) / 100;

function shapeOf(node: DrawnNode): string {
  const { shape } = lookOf(node.kind);
  const { x, y } = node.at;
  const corners = CORNERS[shape];
  if (corners.length === 0) return `<circle cx="${round(x)}" cy="${round(y)}" r="${round(node.radius)}"`;
  return `<polygon points="${corners.map(([dx, dy]) => `${round(x + dx * node.radius)},${round(y + dy * node.radius)}`).join(' ')}"`;
}

const nodeOpacity = (node: DrawnNode) => (node.dimmed && !node.gone ? 0.35 : 1);
const linkOpacity = (link: { dimmed: boolean; onPath: boolean }) => (link.dimmed ? 0.18 : link.onPath ? 1 : 0.75);

/** @param caption  one line below the chart: whose, when, what for, and that links are no facts. */
export function svgOf({ width, height, colours, nodes, links, labels }: Picture, caption: string): string {
  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + CAPTION}" viewBox="0 0 ${width} ${height + CAPTION}" font-family="${escaped(colours.font)}" font-size="${SIZE}">`,
    `<title>${escaped(caption)}</title>`,
    `<rect width="100%" height="100%" fill="${colours.ground}"/>`,
  ];
  for (const link of links)
    out.push(`<line x1="${round(link.a.x)}" y1="${round(link.a.y)}" x2="${round(link.b.x)}" y2="${round(link.b.y)}" stroke="${link.onPath ? colours.accent : colours[link.kind]}" stroke-width="${round(link.width)}" stroke-opacity="${linkOpacity(link)}"${link.kind === 'association' ? ' stroke-dasharray="5 4"' : ''}/>`);
  for (const node of [...nodes].reverse()) {
    const fill = node.gone ? colours.ground : (colours.kinds.get(lookOf(node.kind).colour) ?? colours.ink);
    const stroke = node.gone ? colours.accent : node.selected ? colours.ink : colours.ground;
    out.push(`${shapeOf(node)} fill="${fill}" stroke="${stroke}" stroke-width="${node.selected ? 3 : 1.5}" opacity="${nodeOpacity(node)}"/>`);
  }
  for (const { text, middle, top } of labels)
    out.push(`<text x="${round(middle)}" y="${round(top + SIZE * 0.8)}" text-anchor="middle" fill="${colours.ink}" stroke="${colours.ground}" stroke-width="3" paint-order="stroke" stroke-linejoin="round">${escaped(text)}</text>`);
  out.push(`<text x="10" y="${height + 19}" fill="${colours.ink}">${escaped(caption)}</text>`, '</svg>');
  return `${out.join('\n')}\n`;
}

/** The same at twice the size, for a screen or a page. */
export function pngOf({ width, height, colours, nodes, links, labels }: Picture, caption: string, scale = 2): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = width * scale;
  canvas.height = (height + CAPTION) * scale;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.scale(scale, scale);
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, width, height + CAPTION);
  for (const link of links) {
    context.beginPath();
    context.moveTo(link.a.x, link.a.y);
    context.lineTo(link.b.x, link.b.y);
    context.setLineDash(link.kind === 'association' ? [5, 4] : []);
    context.strokeStyle = link.onPath ? colours.accent : colours[link.kind];
    context.globalAlpha = linkOpacity(link);
    context.lineWidth = link.width;
    context.stroke();
  }
  context.setLineDash([]);
  for (const node of [...nodes].reverse()) {
    const corners = CORNERS[lookOf(node.kind).shape];
    context.globalAlpha = nodeOpacity(node);
    context.beginPath();
    if (corners.length === 0) context.arc(node.at.x, node.at.y, node.radius, 0, 2 * Math.PI);
    else corners.forEach(([dx, dy], i) => context[i === 0 ? 'moveTo' : 'lineTo'](node.at.x + dx * node.radius, node.at.y + dy * node.radius));
    context.closePath();
    context.fillStyle = node.gone ? colours.ground : (colours.kinds.get(lookOf(node.kind).colour) ?? colours.ink);
    context.fill();
    context.lineWidth = node.selected ? 3 : 1.5;
    context.strokeStyle = node.gone ? colours.accent : node.selected ? colours.ink : colours.ground;
    context.stroke();
  }
  context.globalAlpha = 1;
  context.font = `${SIZE}px ${colours.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  context.lineJoin = 'round';
  context.lineWidth = 3;
  context.strokeStyle = colours.ground;
  context.fillStyle = colours.ink;
  for (const { text, middle, top } of labels) {
    context.strokeText(text, middle, top);
    context.fillText(text, middle, top);
  }
  context.textAlign = 'start';
  context.fillText(caption, 10, height + 8);
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('no picture'))), 'image/png'));
}
