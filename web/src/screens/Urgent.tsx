import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UrgentAnswer } from '../api/client';
import { useUrgent } from '../api/queries';
import { Go } from '../app/navigation';
import { Cite, useFileOf } from '../parts/Cite';
import { shortId, useFormat } from '../parts/format';
import { piecesByWords } from '../parts/highlight';
import { Loading } from '../parts/Loading';
import { Folded } from '../parts/Raw';
import { useList } from '../parts/useList';

type Line = UrgentAnswer['urgent'][number];

const MINUTE_MS = 60_000;

/** The time, anew every minute: a clock runs on each line. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function Text({ line, now }: { line: Line; now: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const received = useFileOf()(line.citation)?.received;
  const { record } = line.citation;
  return (
    <li className="card">
      <div className="card-head">
        <Go data-item to={{ screen: 'record', id: record }}><code>{shortId(record)}</code></Go>
        <span>{t('urgent.written')} {format.time(line.citation.time)}</span>
        {received ? <span className="clock">{t('urgent.received')} <time dateTime={received}>{format.since(received, now)}</time></span> : null}
        {line.network ? <Go to={{ screen: 'network', id: line.network }}>{t('urgent.open_network')} <code>{shortId(line.network)}</code></Go> : null}
      </div>
      <Folded pieces={piecesByWords(line.text, [line.citation.raw ?? ''])} label={shortId(record)} />
      <details><summary>{t('cite.show')}</summary><Cite citation={line.citation} /></details>
    </li>
  );
}

function Kind({ kind, lines, now }: { kind: string; lines: Line[]; now: number }) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby={`urgent-${kind}`}>
      <h2 id={`urgent-${kind}`}>{t(`indicator.${kind}`, { defaultValue: kind })} <span className="count">{lines.length}</span></h2>
      <ol className="cards">{lines.map((line) => <Text key={line.citation.record + line.citation.raw} line={line} now={now} />)}</ol>
    </section>
  );
}

export function Urgent() {
  const { t } = useTranslation();
  const query = useUrgent();
  const now = useNow();
  useList();
  return (
    <>
      <h1>{t('urgent.title')}</h1>
      <p className="lead">{t('urgent.note')}</p>
      <Loading query={query}>
        {({ urgent, not_judged }) => {
          const kinds = [...new Set(urgent.map((line) => line.indicator))].sort();
          return (
            <>
              {kinds.length === 0 ? <p className="empty">{t('urgent.none')}</p> : null}
              {kinds.map((kind) => <Kind key={kind} kind={kind} now={now} lines={urgent.filter((line) => line.indicator === kind)} />)}
              {not_judged.length > 0 ? <NotJudged list={not_judged} /> : null}
            </>
          );
        }}
      </Loading>
    </>
  );
}

function NotJudged({ list }: { list: UrgentAnswer['not_judged'] }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const names = new Intl.DisplayNames([i18n.language], { type: 'language' });
  return (
    <p className="quiet-text">
      {t('urgent.not_judged')}: {list.map(({ language, n_texts }) => `${names.of(language) ?? language} (${format.number(n_texts)})`).join(', ')}.
    </p>
  );
}
