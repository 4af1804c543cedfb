import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'react-aria-components';
import type { Piece } from './highlight';

/** Words as they were written, in whatever language and direction. */
export function Raw({ pieces }: { pieces: readonly Piece[] }) {
  return (
    <span className="raw" dir="auto" lang="">
      {pieces.map((piece, i) => (piece.mark === null ? <span key={i}>{piece.text}</span> : <mark key={i}>{piece.text}</mark>))}
    </span>
  );
}

/** A text that is shown only when asked for: nobody meets its worst sentence unprepared. */
export function Folded({ pieces, label }: { pieces: readonly Piece[]; label?: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <div className="folded">
      <Button className="quiet" aria-expanded={open} onPress={() => setOpen(!open)}>
        {t(open ? 'text.fold' : 'text.unfold')}{label ? <span className="visually-hidden"> {label}</span> : null}
      </Button>
      {open ? <p className="words"><Raw pieces={pieces} /></p> : null}
    </div>
  );
}
