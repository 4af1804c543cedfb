import { describe, expect, it } from 'vitest';
import type { Picture } from './picture';
import { svgOf } from './picture';

const node = (id: string, x: number, more = {}) => ({ id, at: { x, y: 10 }, kind: 'phone', label: id, radius: 6, nHidden: 0, selected: false, pinned: false, dimmed: false, gone: false, ...more });
const picture: Picture = {
  width: 200,
  height: 100,
  colours: { ground: '#fff', ink: '#111', identity: '#222', association: '#333', accent: '#444', kinds: new Map([['contact', '#0aa']]), font: 'sans-serif' },
  nodes: [node('a', 10), node('b', 90, { kind: 'iban', dimmed: true }), node('c', 150, { gone: true })],
  links: [{ a: { x: 10, y: 10 }, b: { x: 90, y: 10 }, kind: 'association', weightBits: 4, onPath: false, dimmed: false, width: 1 }],
  labels: [{ text: 'O<script>&"', middle: 10, top: 20 }],
};

describe('the chart as SVG', () => {
  const svg = svgOf(picture, 'Network 1 · purpose: "x" & <y>');
  it('draws every node and link, dashed where they are only seen together', () => {
    expect(svg.match(/<circle/g)).toHaveLength(2);
    expect(svg.match(/<polygon/g)).toHaveLength(1);
    expect(svg.match(/<line [^>]*stroke-dasharray/g)).toHaveLength(1);
    expect(svg).toContain('opacity="0.35"');
  });
  it('takes words as words', () => {
    expect(svg).not.toMatch(/<script|<y>/);
    expect(svg).toContain('O&#60;script&#62;&#38;&#34;');
    expect(svg.match(/purpose: &#34;x&#34; &#38; &#60;y&#62;/g)).toHaveLength(2);
  });
});
