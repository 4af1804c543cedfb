import { expect, it } from 'vitest';
import { piecesByBytes, piecesByWords } from './highlight';

const shown = (pieces: { text: string; mark: number | null }[]) => pieces.map(({ text, mark }) => (mark === null ? text : `[${text}]`)).join('');

it('cuts by bytes, not by letters', () => {
  const text = 'café ☎ 06';
  const begin = new TextEncoder().encode('café ☎ ').length;
  expect(shown(piecesByBytes(text, [{ begin, end: begin + 2 }]))).toBe('café ☎ [06]');
});
it('loses no letter, whatever the ranges', () => {
  const text = 'llámame al 612';
  for (const ranges of [[{ begin: 0, end: 99 }], [{ begin: 3, end: 1 }], [{ begin: 0, end: 4 }, { begin: 2, end: 6 }]])
    expect(piecesByBytes(text, ranges).map((piece) => piece.text).join('')).toBe(text);
});
it('marks words where they stand and leaves out those that do not', () => {
  expect(shown(piecesByWords('uno dos tres', ['tres', 'seis', 'uno', '']))).toBe('[uno] dos [tres]');
});
