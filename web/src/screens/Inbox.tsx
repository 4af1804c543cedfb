import { useTranslation } from 'react-i18next';
import type { ReceivedFile } from '../api/client';
import { useReceived } from '../api/queries';
import { useFormat } from '../parts/format';
import { Loading } from '../parts/Loading';

const COUNTS = ['rows', 'records', 'repeats', 'rejects', 'held'] as const;

function Source({ name, files }: { name: string; files: ReceivedFile[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const first = files[0];
  return (
    <section aria-labelledby={`source-${name}`}>
      <h2 id={`source-${name}`}><bdi>{name}</bdi> <span className="kind">{first ? `${t('cite.grade')} ${first.grade} · ${first.handling}` : ''}</span></h2>
      <div className="wide" role="group" tabIndex={0} aria-labelledby={`source-${name}`}>
        <table className="full">
          <thead>
            <tr>
              <th scope="col">{t('cite.file')}</th><th scope="col">{t('inbox.received')}</th>
              {COUNTS.map((count) => <th key={count} scope="col" className="numeric">{t(`inbox.${count}`)}</th>)}
              <th scope="col">SHA-256</th>
            </tr>
          </thead>
          <tbody>
            {files.map((file) => (
              <tr key={file.sha256 + file.received}>
                <th scope="row"><bdi>{file.file}</bdi></th>
                <td>{format.time(file.received)}</td>
                {COUNTS.map((count) => <td key={count} className={count === 'rejects' && file.rejects > 0 ? 'numeric clock' : 'numeric'}>{format.number(file[count])}</td>)}
                <td><code title={file.sha256}>{file.sha256.slice(0, 12)}</code></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** What came in, by source. Rows are records, repeats or rejects; held is what is kept and not read. */
export function Inbox() {
  const { t } = useTranslation();
  const query = useReceived();
  return (
    <>
      <h1>{t('inbox.title')}</h1>
      <p className="lead">{t('inbox.note')}</p>
      <Loading query={query}>
        {({ files }) => {
          const names = [...new Set(files.map((file) => file.source))].sort();
          return names.length === 0 ? <p className="empty">{t('inbox.none')}</p> : <>{names.map((name) => <Source key={name} name={name} files={files.filter((file) => file.source === name)} />)}</>;
        }}
      </Loading>
    </>
  );
}
