/** Pieces of a text, in order; `mark` says which piece is meant. */
export interface Piece {
  text: string;
  mark: number | null;
}

/**
 * Cuts a text at byte ranges, as the server gives them (UTF-8, half open). Ranges that overlap: the
 * first wins. Ranges outside the text are left out.
 */
export function piecesByBytes(text: string, ranges: readonly { begin: number; end: number }[]): Piece[] {
  const bytes = new TextEncoder().encode(text);
  const decode = (from: number, to: number) => new TextDecoder().decode(bytes.subarray(from, to));
  const order = ranges.map((range, mark) => ({ ...range, mark })).sort((a, b) => a.begin - b.begin || b.end - a.end);
  const pieces: Piece[] = [];
  let at = 0;
  for (const { begin, end, mark } of order) {
    if (begin < at || end <= begin || end > bytes.length) continue;
    if (begin > at) pieces.push({ text: decode(at, begin), mark: null });
    pieces.push({ text: decode(begin, end), mark });
    at = end;
  }
  if (at < bytes.length) pieces.push({ text: decode(at, bytes.length), mark: null });
  return pieces;
}

/** The same by words: the first place of each that stands in the text. */
export function piecesByWords(text: string, words: readonly string[]): Piece[] {
  const encoder = new TextEncoder();
  const ranges = words.flatMap((word) => {
    const at = word ? text.indexOf(word) : -1;
    if (at < 0) return [];
    const begin = encoder.encode(text.slice(0, at)).length;
    return [{ begin, end: begin + encoder.encode(word).length }];
  });
  return piecesByBytes(text, ranges);
}
