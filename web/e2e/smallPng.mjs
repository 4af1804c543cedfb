// Writes a picture of the page as a PNG of at most 256 colours: a third of the bytes, and no eye sees it.
import { deflateSync, inflateSync, crc32 } from 'node:zlib';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

function* chunks(png) {
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    yield [png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + length)];
    at += 12 + length;
  }
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** Undoes the filter of each row (PNG specification, section 9). */
function unfiltered(raw, width, height, bytes) {
  const stride = width * bytes;
  const out = Buffer.alloc(height * stride);
  for (let y = 0; y < height; ++y) {
    const filter = raw[y * (stride + 1)];
    for (let i = 0; i < stride; ++i) {
      const left = i >= bytes ? out[y * stride + i - bytes] : 0;
      const up = y > 0 ? out[(y - 1) * stride + i] : 0;
      const corner = i >= bytes && y > 0 ? out[(y - 1) * stride + i - bytes] : 0;
      const p = left + up - corner;
      const [da, db, dc] = [Math.abs(p - left), Math.abs(p - up), Math.abs(p - corner)];
      const paeth = da <= db && da <= dc ? left : db <= dc ? up : corner;
      const guess = [0, left, up, (left + up) >> 1, paeth][filter];
      out[y * stride + i] = raw[y * (stride + 1) + 1 + i] + guess;
    }
  }
  return out;
}

const shade = (r, g, b) => ((r >> 2) << 12) | ((g >> 2) << 6) | (b >> 2);

const OWN_COLOURS = 192;
const FAR = 600;
const distance = (x, y) => (x[0] - y[0]) ** 2 + (x[1] - y[1]) ** 2 + (x[2] - y[2]) ** 2;

/** The commonest colours, each of 64 shades a channel; others take the nearest of them. */
function palette(pixels, bytes) {
  const seen = new Map();
  for (let i = 0; i < pixels.length; i += bytes) {
    const key = shade(pixels[i], pixels[i + 1], pixels[i + 2]);
    const entry = seen.get(key);
    if (entry) entry.n += 1;
    else seen.set(key, { n: 1, rgb: [pixels[i], pixels[i + 1], pixels[i + 2]] });
  }
  const commonest = [...seen.values()].sort((x, y) => y.n - x.n).map((entry) => entry.rgb);
  // Colours of their own come before more shades of what is there: a small mark must not turn grey.
  const kept = [];
  for (const rgb of commonest)
    if (kept.length < OWN_COLOURS && kept.every((other) => distance(rgb, other) > FAR)) kept.push(rgb);
  for (const rgb of commonest) if (kept.length < 256 && !kept.includes(rgb)) kept.push(rgb);
  const nearest = new Map();
  for (const [key, { rgb }] of seen) {
    let best = 0;
    let least = Infinity;
    kept.forEach((other, i) => {
      const far = distance(rgb, other);
      if (far < least) [best, least] = [i, far];
    });
    nearest.set(key, best);
  }
  return { kept, nearest };
}

/** @param png  8 bits a channel, colour with or without alpha, not interlaced: as Chromium writes it. */
export function smallPng(png) {
  const parts = [...chunks(png)];
  const header = parts.find(([type]) => type === 'IHDR')[1];
  const [width, height, bytes] = [header.readUInt32BE(0), header.readUInt32BE(4), header[9] === 6 ? 4 : 3];
  const raw = inflateSync(Buffer.concat(parts.filter(([type]) => type === 'IDAT').map(([, data]) => data)));
  const pixels = unfiltered(raw, width, height, bytes);
  const { kept, nearest } = palette(pixels, bytes);
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; ++y)
    for (let x = 0; x < width; ++x) {
      const i = (y * width + x) * bytes;
      rows[y * (width + 1) + 1 + x] = nearest.get(shade(pixels[i], pixels[i + 1], pixels[i + 2]));
    }
  const described = Buffer.from(header);
  described[9] = 3;
  return Buffer.concat([SIGNATURE, chunk('IHDR', described), chunk('PLTE', Buffer.from(kept.flat())), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}
