// How a kind of entity looks: a colour and a shape, so that neither has to be told apart alone.
export type Shape = 'disc' | 'square' | 'diamond' | 'triangle' | 'hexagon';

interface Look {
  /** Name of the token of its colour: var(--kind-contact). */
  colour: 'contact' | 'web' | 'money' | 'person' | 'company' | 'thing' | 'text' | 'photo';
  shape: Shape;
}

const LOOKS: Record<string, Look> = {
  phone: { colour: 'contact', shape: 'disc' },
  email: { colour: 'contact', shape: 'square' },
  handle: { colour: 'contact', shape: 'diamond' },
  url: { colour: 'web', shape: 'hexagon' },
  iban: { colour: 'money', shape: 'square' },
  account: { colour: 'money', shape: 'disc' },
  card: { colour: 'money', shape: 'diamond' },
  wallet: { colour: 'money', shape: 'hexagon' },
  plate: { colour: 'thing', shape: 'square' },
  document_number: { colour: 'thing', shape: 'diamond' },
  template: { colour: 'text', shape: 'square' },
  person: { colour: 'person', shape: 'disc' },
  company: { colour: 'company', shape: 'hexagon' },
  thing: { colour: 'thing', shape: 'disc' },
  photo: { colour: 'photo', shape: 'triangle' },
  photo_likeness: { colour: 'photo', shape: 'diamond' },
};

export const lookOf = (kind: string): Look => LOOKS[kind] ?? { colour: 'thing', shape: 'disc' };

/** Corners of a shape about the middle, in radii; none: a disc. */
export const CORNERS: Record<Shape, readonly (readonly [number, number])[]> = {
  disc: [],
  square: [[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]],
  diamond: [[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]],
  triangle: [[0, -1.1], [1.05, 0.8], [-1.05, 0.8]],
  hexagon: [[-0.55, -0.95], [0.55, -0.95], [1.1, 0], [0.55, 0.95], [-0.55, 0.95], [-1.1, 0]],
};
