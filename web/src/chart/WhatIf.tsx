import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Label, Radio, RadioGroup } from 'react-aria-components';
import type { WhatIf as Answer } from '../api/client';
import { useWhatIf } from '../api/queries';
import { Loading } from '../parts/Loading';
import { LONGEST_NAME, short, useFormat } from '../parts/format';
import { stepsOf, withoutThem } from './asIf';
import type { AsIf } from './asIf';
import { KindMark } from './Legend';
import type { Parts } from './parts';

const STEP_MS = 1200;
type Sets = Answer['answers'][number];

/** Plays a set step by step: who is gone so far, and what then stays connected. */
function Steps({ set, largest, onAsIf, graph, tell, state }: Parts & { set: readonly string[]; largest: number; onAsIf: (asIf: AsIf | null) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const steps = useMemo(() => stepsOf(graph, set), [graph, set]);
  const left = useMemo(() => steps.map((_, i) => withoutThem(graph, steps.slice(0, i + 1))), [graph, steps]);
  const [at, setAt] = useState(0);
  const [isPlaying, setPlaying] = useState(false);
  const go = (step: number) => {
    setAt(step);
    onAsIf(step === 0 ? null : (left[step - 1] ?? null));
    const hidden = steps.slice(0, step).filter((node) => !state.visible.has(node));
    if (hidden.length > 0) tell({ do: 'reveal', nodes: hidden });
  };
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setTimeout(() => {
      go(at + 1);
      if (at + 1 >= steps.length) setPlaying(false);
    }, at === 0 ? 0 : STEP_MS);
    return () => clearTimeout(timer);
  });
  const stays = at === 0 ? largest : (left[at - 1]?.connected.size ?? 0);
  return (
    <>
      <p role="status">{at === 0 ? t('whatif.nobody_gone', { n: format.number(stays) }) : t('whatif.so_far', { gone: format.number(at), of: format.number(steps.length), n: format.number(stays), all: format.number(largest) })}</p>
      <ol className="plain steps">
        {steps.map((node, i) => {
          const { kind, canonical } = graph.getNodeAttributes(node);
          return (
            <li key={node} data-gone={i < at || undefined} aria-current={i === at - 1 ? 'step' : undefined}>
              <KindMark kind={kind} /> <span className="kind">{t(`kind.${kind}`, { defaultValue: kind })}</span> <bdi>{short(canonical, LONGEST_NAME)}</bdi>
              <span className="quiet-text"> {t('whatif.then', { n: format.number(left[i]?.connected.size ?? 0) })}</span>
            </li>
          );
        })}
      </ol>
      <div className="write">
        <Button isDisabled={at === 0} onPress={() => { setPlaying(false); go(at - 1); }}>{t('whatif.back')}</Button>
        <Button isDisabled={at >= steps.length} onPress={() => { setPlaying(false); go(at + 1); }}>{t('whatif.next')}</Button>
        <Button onPress={() => { if (isPlaying) setPlaying(false); else { if (at >= steps.length) go(0); setPlaying(true); } }}>{isPlaying ? t('time.pause') : t('time.play')}</Button>
        <Button isDisabled={at === 0} onPress={() => { setPlaying(false); go(0); }}>{t('whatif.restore')}</Button>
      </div>
    </>
  );
}

function OneSize({ sets, largest, ...parts }: Parts & { sets: Sets; largest: number; onAsIf: (asIf: AsIf | null) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [which, setWhich] = useState(0);
  const set = sets.sets[which] ?? [];
  // A set that only takes itself out shows that nobody in it holds the others together.
  const isIdle = sets.largest === largest - sets.k;
  return (
    <>
      <p className="answer">{t('whatif.answer', { count: sets.k, n: format.number(sets.largest), all: format.number(largest) })}</p>
      <p className="quiet-text">
        {sets.proof === 'exact' ? t('whatif.exact') : t('whatif.bound', { n: format.number(sets.lower_bound) })}{' '}
        {sets.n_sets === null || sets.n_sets === undefined ? '' : sets.n_sets === 1 ? t('whatif.only_set') : t('whatif.n_sets', { n: format.number(sets.n_sets) })}
      </p>
      {isIdle ? <p>{t('whatif.idle')}</p> : null}
      {sets.sets.length > 1 ? (
        <div className="write">
          <Button isDisabled={which === 0} onPress={() => { parts.onAsIf(null); setWhich(which - 1); }}>{t('whatif.set_before')}</Button>
          <Button isDisabled={which + 1 >= sets.sets.length} onPress={() => { parts.onAsIf(null); setWhich(which + 1); }}>{t('whatif.set_after')}</Button>
          <span className="quiet-text">{t('whatif.which_set', { n: format.number(which + 1), all: format.number(sets.sets.length) })}</span>
        </div>
      ) : null}
      <Steps key={which} {...parts} set={set} largest={largest} />
    </>
  );
}

function Answered({ answer, ...parts }: Parts & { answer: Answer; onAsIf: (asIf: AsIf | null) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [k, setK] = useState(1);
  const sets = answer.answers.find((one) => one.k === k);
  const { protected: isProtected, unclassified, nobody_recorded } = answer.n_out;
  const out = [[isProtected, 'protected'], [unclassified, 'unclassified'], [nobody_recorded, 'nobody_recorded']] as const;
  return (
    <>
      <p className="quiet-text">{t('whatif.note')}</p>
      <p>{t('whatif.who', { n: format.number(answer.n_may), all: format.number(answer.n_members) })}</p>
      {out.map(([n, why]) => (n > 0 ? <p key={why} className="quiet-text">{t(`whatif.out.${why}`)}: {format.number(n)}</p> : null))}
      {answer.answers.length === 0 ? <p className="empty">{t('whatif.none')}</p> : (
        <>
          <RadioGroup className="sizes" orientation="horizontal" value={String(k)} onChange={(value) => { parts.onAsIf(null); setK(Number(value)); }}>
            <Label>{t('whatif.size')}</Label>
            {answer.answers.map((one) => <Radio key={one.k} value={String(one.k)}>{format.number(one.k)}</Radio>)}
          </RadioGroup>
          {sets ? <OneSize key={k} {...parts} sets={sets} largest={answer.largest} /> : null}
        </>
      )}
    </>
  );
}

/** What the network would be without a few: never without whom nobody recorded as suspect. */
export function WhatIf(parts: Parts & { onAsIf: (asIf: AsIf | null) => void }) {
  const query = useWhatIf(parts.network);
  const { onAsIf } = parts;
  useEffect(() => () => onAsIf(null), [onAsIf]);
  return <Loading query={query}>{(answer) => <Answered {...parts} answer={answer} />}</Loading>;
}
