import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Input, Label, SearchField } from 'react-aria-components';
import type { SearchAnswer } from '../api/client';
import { post } from '../api/client';
import { Go } from '../app/navigation';
import { shortId, useFormat, usePlaceInFile } from '../parts/format';
import { piecesByWords } from '../parts/highlight';
import { Trouble } from '../parts/Loading';
import { Raw } from '../parts/Raw';
import { useList } from '../parts/useList';

const MOST = 100;

function Hits({ answer, asked }: { answer: SearchAnswer; asked: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const place = usePlaceInFile();
  return (
    <>
      <p role="status">
        {t('search.found', { count: answer.n_found })}
        {answer.read_as ? <> · {t('search.read_as')} <bdi>{answer.read_as}</bdi></> : null}
        {answer.n_found > answer.hits.length ? ` · ${t('search.first', { count: answer.hits.length })}` : null}
      </p>
      <ol className="cards">
        {answer.hits.map((hit) => (
          <li className="card" key={hit.record}>
            <div className="card-head">
              <Go data-item to={{ screen: 'record', id: hit.record }}><code>{shortId(hit.record)}</code></Go>
              <span>{hit.source}</span><span>{place(hit)}</span><span>{format.time(hit.time)}</span>
            </div>
            <p className="words"><Raw pieces={piecesByWords(hit.excerpt, [hit.raw ?? '', ...asked.split(/\s+/)])} /></p>
          </li>
        ))}
      </ol>
    </>
  );
}

export function Search() {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const { mutate, data, error, isPending, variables } = useMutation({
    mutationFn: (q: string) => post<SearchAnswer>('/api/search', { q, limit: MOST }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (words.trim()) mutate(words.trim());
  };
  useList();
  return (
    <>
      <h1>{t('search.title')}</h1>
      <p className="lead">{t('search.note')}</p>
      <form className="bar" onSubmit={submit} role="search">
        <SearchField className="grow" value={words} onChange={setWords}><Label>{t('search.words')}</Label><Input data-search dir="auto" /></SearchField>
        <Button type="submit" className="primary">{t('search.go')}</Button>
      </form>
      <div aria-live="polite">
        {isPending ? <p className="quiet-text">{t('loading')}</p> : null}
        {error ? <Trouble error={error} again={() => mutate(variables ?? '')} /> : null}
        {data && !error ? <Hits answer={data} asked={variables ?? ''} /> : null}
      </div>
    </>
  );
}
