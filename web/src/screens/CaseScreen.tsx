import { useTranslation } from 'react-i18next';
import type { Case, CaseEntry, CaseEvent } from '../api/client';
import { useCase } from '../api/queries';
import { Go } from '../app/navigation';
import { shortId, useFormat } from '../parts/format';
import { Loading } from '../parts/Loading';
import type { EntryKind } from './CaseEntryForm';
import { WriteEntry } from './CaseEntryForm';

/** What stays open to writing when a case is closed. */
const WHEN_CLOSED = new Set<EntryKind>(['reopened', 'custody', 'hold', 'hold_lifted']);

function Write({ of, kinds, subject, about }: { of: Case; kinds: readonly EntryKind[]; subject?: string; about?: string }) {
  const open = kinds.filter((kind) => (of.closed ? WHEN_CLOSED.has(kind) : kind !== 'reopened'));
  return <>{open.map((kind) => <WriteEntry key={kind} reference={of.id} kind={kind} subject={subject} about={about} />)}</>;
}

/** Who wrote it, when, and who said so. */
function By({ event }: { event: CaseEvent }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <span className="quiet-text">
      {t('decide.by', { who: event.by, day: format.time(event.at) })}
      {event.said_by ? ` · ${t('case.said_by', { who: event.said_by })}` : ''}
      {` · ${t(`statement.${event.statement}`)} · ${event.grade} · ${event.handling}`}
    </span>
  );
}

function Persons({ of }: { of: Case }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section aria-labelledby="persons">
      <h2 id="persons">{t('case.persons')} <Write of={of} kinds={['category']} /></h2>
      <p className="quiet-text">{t('case.persons_note')}</p>
      {of.persons.length === 0 ? <p className="empty">{t('case.no_persons')}</p> : (
        <table>
          <thead><tr><th scope="col">{t('entry.person')}</th><th scope="col">{t('case.governs')}</th><th scope="col">{t('case.all_categories')}</th></tr></thead>
          <tbody>
            {of.persons.map((person) => (
              <tr key={person.person}>
                <th scope="row"><bdi>{person.person}</bdi></th>
                <td>
                  <strong>{t(`category.${person.governs}`, { defaultValue: person.governs })}</strong>
                  {person.look_at_non_punishment ? <p className="clock">{t('case.non_punishment')}</p> : null}
                </td>
                <td>
                  <ul className="plain">
                    {person.categories.map((one) => (
                      <li key={one.entry}>{t(`category.${one.category}`, { defaultValue: one.category })}, {t('case.since', { day: format.day(one.since) })}, {t('case.said_by', { who: one.said_by })}</li>
                    ))}
                  </ul>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Arguments({ title, events, tone }: { title: string; events: readonly CaseEvent[]; tone: string }) {
  const { t } = useTranslation();
  return (
    <div className={`side ${tone}`}>
      <h3>{title}</h3>
      {events.length === 0 ? <p className="quiet-text">{t('case.nothing_yet')}</p> : <ul>{events.map((event) => <li key={event.id}><bdi>{event.text}</bdi> <By event={event} /></li>)}</ul>}
    </div>
  );
}

function Hypotheses({ of }: { of: Case }) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="hypotheses">
      <h2 id="hypotheses">{t('case.hypotheses')} <Write of={of} kinds={['hypothesis']} /></h2>
      {of.hypotheses.length === 0 ? <p className="empty">{t('case.nothing_yet')}</p> : (
        <ol className="cards">
          {of.hypotheses.map((one) => (
            <li className="card" key={one.id}>
              <p><strong><bdi>{one.text}</bdi></strong> <Write of={of} kinds={['argument']} subject={one.id} about={one.text} /></p>
              <div className="sides two">
                <Arguments title={t('side.for_it')} events={one.for} tone="for" />
                <Arguments title={t('side.against')} events={one.against} tone="against" />
              </div>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Tasks({ of }: { of: Case }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section aria-labelledby="tasks">
      <h2 id="tasks">{t('case.tasks')} <Write of={of} kinds={['task']} /></h2>
      {of.tasks.length === 0 ? <p className="empty">{t('case.nothing_yet')}</p> : (
        <ul className="plain">
          {of.tasks.map((task) => (
            <li key={task.id} className="task" data-done={task.outcome !== null || undefined}>
              <bdi>{task.text}</bdi>
              <span className="quiet-text">{task.who ? ` ${task.who}` : ''}{task.due ? ` · ${t('case.due', { day: format.day(task.due) })}` : ''}</span>
              {task.outcome !== null ? <> <span>{t('case.done')}: <bdi>{task.outcome}</bdi></span></> : <> <Write of={of} kinds={['task_done']} subject={task.id} about={task.text} /></>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Exhibits({ of }: { of: Case }) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="exhibits">
      <h2 id="exhibits">{t('case.exhibits')} <Write of={of} kinds={['exhibit']} /></h2>
      {of.exhibits.length === 0 ? <p className="empty">{t('case.nothing_yet')}</p> : (
        <ol className="cards">
          {of.exhibits.map((one) => (
            <li className="card" key={one.number}>
              <div className="card-head">
                <h3><bdi>{one.number}</bdi></h3><span>{t(one.held ? 'case.held' : 'case.not_held')}</span>
                <Write of={of} kinds={['custody', one.held ? 'hold_lifted' : 'hold']} subject={one.number} about={one.number} />
              </div>
              <p><bdi>{one.text}</bdi></p>
              <details>
                <summary>{t('case.custody')} <span className="count">{one.custody.length}</span></summary>
                <ol>{one.custody.map((event) => <li key={event.id}>{t(event.value ? `act.${event.value}` : 'write.exhibit', { defaultValue: event.value })}: <bdi>{event.text}</bdi> <By event={event} /></li>)}</ol>
                <p className="quiet-text">{t('case.rests_on')}: {one.rests_on.map((id) => <code key={id} className="hash">{id} </code>)}</p>
              </details>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Line({ of, entry }: { of: Case; entry: CaseEntry }) {
  const { t } = useTranslation();
  const format = useFormat();
  const value = entry.value && entry.kind !== 'opened' ? t([`disposition.${entry.value}`, `category.${entry.value}`, `act.${entry.value}`, `speaks.${entry.value}`], { defaultValue: entry.value }) : '';
  const back = of.entries.find((one) => one.id === entry.withdrawn_by);
  return (
    <li className="entry" data-withdrawn={back ? true : undefined}>
      <p>
        <strong>{t(`entry_kind.${entry.kind}`, { defaultValue: entry.kind })}</strong>
        {value ? ` ${value}` : ''}{entry.subject && entry.kind !== 'opened' ? <> <bdi>{entry.subject.length > 30 ? shortId(entry.subject) : entry.subject}</bdi></> : null}
        {entry.text ? <>: <bdi>{entry.text}</bdi></> : null}
        {entry.until ? ` · ${t('decide.until_day', { day: format.day(entry.until) })}` : ''}
        {entry.reason ? <> · {t('form.reason')}: <bdi>{entry.reason}</bdi></> : null}
      </p>
      <By event={entry} />
      {back ? <p className="clock">{t('case.withdrawn', { who: back.by })}: <bdi>{back.reason}</bdi></p> : entry.kind === 'opened' || entry.kind === 'withdrawn' ? null : <> <Write of={of} kinds={['withdrawn']} subject={entry.id} about={t(`entry_kind.${entry.kind}`, { defaultValue: entry.kind })} /></>}
    </li>
  );
}

function Opened({ of }: { of: Case }) {
  const { t } = useTranslation();
  const format = useFormat();
  const networks = [...new Set(of.entries.filter((one) => (one.kind === 'opened' || one.kind === 'disposition') && one.subject).map((one) => one.subject as string))];
  return (
    <>
      <h1><bdi>{of.reference}</bdi> · <bdi>{of.title}</bdi></h1>
      <div className="card-head">
        <Go to={{ screen: 'cases' }}>{t('case.back')}</Go>
        <span>{t(of.closed ? 'case.closed' : 'case.running')}</span>
        <span>{t('case.opened')} {format.day(of.opened)}</span>
        <span>{t('case.review')} {format.day(of.review)}</span>
        <span>{t('case.members')}: <bdi>{of.members.join(', ')}</bdi></span>
        {networks.map((id) => <Go key={id} to={{ screen: 'network', id }}>{t('leads.network')} <code>{shortId(id)}</code></Go>)}
      </div>
      <p className="write"><Write of={of} kinds={['note', 'member_added', 'handed_over', 'closed', 'reopened']} /></p>
      <Persons of={of} />
      <Hypotheses of={of} />
      <Tasks of={of} />
      <Exhibits of={of} />
      <section aria-labelledby="entries">
        <h2 id="entries">{t('case.timeline')} <span className="count">{of.entries.length}</span></h2>
        <p className="quiet-text">{t('case.timeline_note')}</p>
        <ol className="entries">{of.entries.map((entry) => <Line key={entry.id} of={of} entry={entry} />)}</ol>
      </section>
    </>
  );
}

export function CaseScreen({ id }: { id: string }) {
  const query = useCase(id);
  return <Loading query={query}>{(of) => <Opened of={of} />}</Loading>;
}
