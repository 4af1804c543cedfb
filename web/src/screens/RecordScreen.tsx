import { useTranslation } from 'react-i18next';
import type { RecordPage } from '../api/client';
import { useRecord } from '../api/queries';
import { Go } from '../app/navigation';
import { Cite } from '../parts/Cite';
import { LONGEST_NAME, useFormat } from '../parts/format';
import { piecesByWords } from '../parts/highlight';
import { Loading } from '../parts/Loading';
import { Folded, Raw } from '../parts/Raw';

// What somebody wrote at length may be explicit: it is folded.
const FREE_TEXT = new Set(['text', 'title', 'comment', 'description']);

function Fields({ record }: { record: RecordPage }) {
  const { t } = useTranslation();
  const words = record.finds.map((find) => find.raw ?? find.canonical).filter((text) => text.length <= LONGEST_NAME);
  return (
    <section aria-labelledby="fields">
      <h2 id="fields">{t('record.fields')}</h2>
      <dl className="fields">
        {record.fields.map((field, i) => {
          const pieces = piecesByWords(field.value, words);
          return (
            <div key={i}>
              <dt><bdi>{field.column}</bdi></dt>
              <dd>{FREE_TEXT.has(field.field) || field.value.length > 2 * LONGEST_NAME ? <Folded pieces={pieces} label={field.column} /> : <Raw pieces={pieces} />}</dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

function Finds({ record }: { record: RecordPage }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (record.finds.length === 0) return <p className="empty">{t('record.no_finds')}</p>;
  return (
    <section aria-labelledby="finds">
      <h2 id="finds">{t('record.finds')}</h2>
      <div className="wide" role="group" tabIndex={0} aria-labelledby="finds">
        <table>
          <thead><tr><th scope="col">{t('col.kind')}</th><th scope="col">{t('col.value')}</th><th scope="col">{t('col.role')}</th><th scope="col">{t('col.written_as')}</th><th scope="col">{t('col.certainty')}</th></tr></thead>
          <tbody>
            {record.finds.map((find, i) => (
              <tr key={i}>
                <td>{t(`kind.${find.kind}`, { defaultValue: find.kind })}</td>
                <td><bdi>{find.canonical}</bdi>{find.raw && find.raw !== find.canonical ? <> <span className="quiet-text">{t('record.as_written')}</span> {find.raw.length > LONGEST_NAME ? <Folded pieces={[{ text: find.raw, mark: 0 }]} label={find.kind} /> : <Raw pieces={[{ text: find.raw, mark: 0 }]} />}</> : null}</td>
                <td lang="en">{find.role}</td>
                <td lang="en">{find.written_as}</td>
                <td className="numeric">{format.number(find.confidence_per_mille / 10)} %</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

export function RecordScreen({ id }: { id: string }) {
  const { t } = useTranslation();
  const query = useRecord(id);
  return (
    <Loading query={query}>
      {(record) => (
        <>
          <h1>{t('record.title')} <code>{record.record.slice(0, 8)}</code> <span className="kind">{t(`record_kind.${record.kind}`, { defaultValue: record.kind })}</span></h1>
          {record.network ? <p><Go to={{ screen: 'network', id: record.network }}>{t('record.in_network')} <code>{record.network.slice(0, 8)}</code></Go></p> : <p className="quiet-text">{t('record.in_no_network')}</p>}
          <Cite citation={record} />
          <Fields record={record} />
          <Finds record={record} />
        </>
      )}
    </Loading>
  );
}
