import type { FormEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'react-aria-components';
import { keptPurpose } from '../api/purpose';
import { useSavedCharts } from '../api/queries';
import { useDropChart, useKeepChart } from '../api/writing';
import { Field } from '../parts/FormDialog';
import { Loading, Trouble } from '../parts/Loading';
import { useFormat } from '../parts/format';
import type { Parts } from './parts';
import { contentOf, keptIn } from './saved';
import type { Point } from './state';
import type { Clock } from './useClock';

/** Charts that the reader keeps of this network: their own, by name, with the case they belong to. */
export function SavedCharts({ network, graph, state, tell, clock, places }: Parts & { clock: Clock; places: ReadonlyMap<string, Point> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const charts = useSavedCharts(network);
  const keep = useKeepChart();
  const drop = useDropChart();
  const [name, setName] = useState('');
  const [caseReference, setCase] = useState(keptPurpose()?.caseReference ?? '');
  const [said, setSaid] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSaid('');
    const body = { network, name: name.trim(), case: caseReference.trim(), content: contentOf(state, places, clock.window) };
    keep.mutate(body, { onSuccess: () => { setSaid(t('saved.kept', { name: body.name })); setName(''); } });
  };
  const open = (content: string, called: string) => {
    const kept = keptIn(graph, content);
    if (!kept) {
      setSaid(t('saved.nothing_left', { name: called }));
      return;
    }
    tell({ do: 'open', state: kept.state });
    clock.choose(kept.window && kept.window.to <= clock.nBins ? kept.window : null);
    setSaid(kept.nGone > 0 ? t('saved.opened_without', { name: called, n: format.number(kept.nGone) }) : t('saved.opened', { name: called }));
  };
  return (
    <>
      <p className="quiet-text">{t('saved.note')}</p>
      <form className="card" onSubmit={submit}>
        <Field label={t('saved.name')} value={name} onChange={setName} isRequired />
        <Field label={t('purpose.case')} value={caseReference} onChange={setCase} />
        <Button type="submit" className="primary" isDisabled={keep.isPending}>{t('saved.keep')}</Button>
        {keep.error ? <Trouble error={keep.error} /> : null}
      </form>
      <p role="status">{said}</p>
      <Loading query={charts}>
        {({ charts: list }) => (list.length === 0 ? <p className="empty">{t('saved.none')}</p> : (
          <ul className="cards">
            {list.map((one) => (
              <li key={one.name} className="card">
                <h2><bdi>{one.name}</bdi></h2>
                <p className="quiet-text">{format.time(one.at)}{one.case ? <> · <bdi>{one.case}</bdi></> : null}</p>
                <div className="write">
                  <Button onPress={() => open(one.content, one.name)} aria-label={`${t('saved.open')}: ${one.name}`}>{t('saved.open')}</Button>
                  <Button isDisabled={drop.isPending} onPress={() => drop.mutate({ network, name: one.name })} aria-label={`${t('saved.drop')}: ${one.name}`}>{t('saved.drop')}</Button>
                </div>
              </li>
            ))}
          </ul>
        ))}
      </Loading>
      {drop.error ? <Trouble error={drop.error} /> : null}
    </>
  );
}
