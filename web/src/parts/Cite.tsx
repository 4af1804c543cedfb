import { useTranslation } from 'react-i18next';
import type { Citation, ReceivedFile } from '../api/client';
import { useReceived } from '../api/queries';
import { Go } from '../app/navigation';
import { shortId, useFormat, usePlaceInFile } from './format';

/** The file a record came in with: what it is graded, and when it was received. */
export function useFileOf(): (c: Pick<Citation, 'source' | 'sha256'>) => ReceivedFile | undefined {
  const received = useReceived().data?.files ?? [];
  return (c) => received.find((file) => file.source === c.source && file.sha256 === c.sha256);
}

/** All that is needed to find a record again: source, grade, file, row, byte, hash. */
export function Cite({ citation }: { citation: Citation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const place = usePlaceInFile();
  const file = useFileOf()(citation);
  return (
    <dl className="cite">
      <div><dt>{t('cite.record')}</dt><dd><Go to={{ screen: 'record', id: citation.record }}><code>{shortId(citation.record)}</code></Go></dd></div>
      <div><dt>{t('cite.source')}</dt><dd>{citation.source}</dd></div>
      {file ? <div><dt>{t('cite.grade')}</dt><dd>{file.grade} · {file.handling}</dd></div> : null}
      <div><dt>{t('cite.file')}</dt><dd>{place(citation)}</dd></div>
      <div><dt>{t('cite.time')}</dt><dd>{format.time(citation.time)}</dd></div>
      <div><dt>SHA-256</dt><dd><code className="hash">{citation.sha256}</code></dd></div>
    </dl>
  );
}
