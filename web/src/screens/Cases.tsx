import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Checkbox } from 'react-aria-components';
import type { CaseLine } from '../api/client';
import { useCases } from '../api/queries';
import { useOpenCase } from '../api/writing';
import { Go, useNavigation } from '../app/navigation';
import { Field, FormDialog } from '../parts/FormDialog';
import { useFormat } from '../parts/format';
import { Loading } from '../parts/Loading';
import { useList } from '../parts/useList';

function OpenCase() {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const [reference, setReference] = useState('');
  const [title, setTitle] = useState('');
  const [reason, setReason] = useState('');
  const [review, setReview] = useState('');
  const open = useOpenCase();
  const submit = async () => {
    try {
      const opened = await open.mutateAsync({ reference: reference.trim(), title: title.trim(), reason, ...(review ? { review } : {}) });
      go({ screen: 'case', id: opened.id });
      return true;
    } catch {
      return false;
    }
  };
  return (
    <FormDialog title={t('cases.open')} note={t('cases.open_note')} button={t('cases.open')} go={t('cases.open')} error={open.error} busy={open.isPending} onSubmit={submit}>
      <Field label={t('case.reference')} value={reference} onChange={setReference} isRequired autoFocus />
      <Field label={t('case.called')} value={title} onChange={setTitle} isRequired />
      <Field label={t('form.reason')} value={reason} onChange={setReason} lines={2} />
      <Field label={t('case.review')} value={review} onChange={setReview} type="date" />
    </FormDialog>
  );
}

function List({ lines }: { lines: CaseLine[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="wide" role="group" tabIndex={0} aria-label={t('cases.title')}>
      <table className="full">
        <thead>
          <tr>
            <th scope="col">{t('case.reference')}</th><th scope="col">{t('case.called')}</th><th scope="col">{t('case.members')}</th>
            <th scope="col">{t('case.opened')}</th><th scope="col">{t('case.review')}</th>
            <th scope="col" className="numeric">{t('case.exhibits')}</th><th scope="col" className="numeric">{t('case.open_tasks')}</th><th scope="col">{t('case.state')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <th scope="row"><Go data-item to={{ screen: 'case', id: line.id }}><bdi>{line.reference}</bdi></Go></th>
              <td className="long"><bdi>{line.title}</bdi></td>
              <td><bdi>{line.members.join(', ')}</bdi></td>
              <td>{format.day(line.opened)}</td>
              <td>{format.day(line.review)}</td>
              <td className="numeric">{format.number(line.n_exhibits)}</td>
              <td className="numeric">{format.number(line.n_open_tasks)}</td>
              <td>{t(line.closed ? 'case.closed' : 'case.running')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Cases() {
  const { t } = useTranslation();
  const query = useCases();
  const [withClosed, setWithClosed] = useState(false);
  useList();
  return (
    <>
      <h1>{t('cases.title')}</h1>
      <p className="lead">{t('cases.note')}</p>
      <div className="bar">
        <OpenCase />
        <Checkbox isSelected={withClosed} onChange={setWithClosed}><span className="box" aria-hidden="true" />{t('cases.with_closed')}</Checkbox>
      </div>
      <Loading query={query}>
        {({ cases }) => {
          const lines = cases.filter((one) => withClosed || !one.closed);
          return lines.length === 0 ? <p className="empty">{t('cases.none')}</p> : <List lines={lines} />;
        }}
      </Loading>
    </>
  );
}
