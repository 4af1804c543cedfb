import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Radio, RadioGroup } from 'react-aria-components';
import { useMutation } from '@tanstack/react-query';
import type { Exported } from '../api/client';
import { post } from '../api/client';
import { keptPurpose, PURPOSES } from '../api/purpose';
import { useWho } from '../api/queries';
import { Choice } from '../parts/Choice';
import { Field, FormDialog } from '../parts/FormDialog';
import { shortId, useFormat } from '../parts/format';
import type { Parts } from './parts';
import type { Picture } from './picture';
import { pngOf, svgOf } from './picture';

/** Formats with the ending and type of their files; those the page draws itself are pictures. */
const FORMATS = {
  ftm: ['ftm.json', 'application/json'],
  csv: ['csv', 'text/csv'],
  graphml: ['graphml', 'application/xml'],
  gexf: ['gexf', 'application/xml'],
  anx: ['anx', 'application/xml'],
  geojson: ['geojson', 'application/geo+json'],
  svg: ['svg', 'image/svg+xml'],
  png: ['png', 'image/png'],
} as const;
type Format = keyof typeof FORMATS;
/** Drawn by the page from the chart in sight. */
const DRAWN: ReadonlySet<Format> = new Set(['svg', 'png']);
type Part = 'all' | 'chart' | 'selected';

function saveAs(name: string, file: Blob) {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Writes the network, what is on the chart or what is selected as a file; each with its purpose, in the audit log. */
export function Export({ network, state, shown, canDraw, picture }: Parts & { canDraw: boolean; picture: () => Picture | null }) {
  const { t } = useTranslation();
  const words = useFormat();
  const [format, setFormat] = useState<Format>('ftm');
  const [part, setPart] = useState<Part>('all');
  const [purpose, setPurpose] = useState<string>(keptPurpose()?.purpose ?? PURPOSES[0]);
  const [caseReference, setCase] = useState(keptPurpose()?.caseReference ?? '');
  const may = useWho().data?.acts.includes('export') ?? false;
  const isDrawn = DRAWN.has(format);
  const ask = useMutation({ mutationFn: (body: unknown) => post<Exported>('/api/exports', body, { purpose, caseReference: caseReference.trim() }) });
  const submit = async () => {
    const members = part === 'chart' ? [...shown.nodes] : part === 'selected' ? [...state.selected] : [];
    try {
      const answer = await ask.mutateAsync({ network, format: isDrawn ? 'picture' : format, ...(isDrawn || format === 'geojson' || part === 'all' ? {} : { members }) });
      const [ending, type] = FORMATS[format];
      const name = `network-${shortId(network)}.${ending}`;
      const caption = t('export.caption', { network: shortId(network), by: answer.by, when: words.time(answer.at), purpose: t(`purpose.${answer.purpose}`, { defaultValue: answer.purpose }) });
      const seen = isDrawn ? picture() : null;
      if (isDrawn && !seen) return false;
      if (seen) saveAs(name, format === 'svg' ? new Blob([svgOf(seen, caption)], { type }) : await pngOf(seen, caption));
      else saveAs(name, new Blob([answer.text ?? ''], { type }));
      return true;
    } catch {
      return false;
    }
  };
  if (!may) return null;
  const parts: [Part, number | null][] = [['all', null], ['chart', shown.nodes.size], ['selected', state.selected.size]];
  return (
    <FormDialog title={t('export.title')} note={t('export.note')} button={t('export.open')} go={t('export.go')} error={ask.error} busy={ask.isPending} onSubmit={submit}>
      <Choice label={t('export.format')} value={format} onChange={setFormat} choices={(Object.keys(FORMATS) as Format[]).filter((one) => canDraw || !DRAWN.has(one)).map((one) => [one, t(`export.format.${one}`)] as const)} />
      {isDrawn || format === 'geojson' ? <p className="quiet-text">{t(format === 'geojson' ? 'export.towns_note' : 'export.picture_note')}</p> : (
        <RadioGroup className="sizes" aria-label={t('export.part')} value={part} onChange={(value) => setPart(value as Part)}>
          {parts.map(([one, n]) => <Radio key={one} value={one} isDisabled={n === 0}>{t(`export.part.${one}`)}{n === null ? '' : ` (${words.number(n)})`}</Radio>)}
        </RadioGroup>
      )}
      <Choice label={t('purpose.purpose')} value={purpose} onChange={setPurpose} choices={PURPOSES.map((one) => [one as string, t(`purpose.${one}`)] as const)} />
      <Field label={t('purpose.case')} value={caseReference} onChange={setCase} />
    </FormDialog>
  );
}
