import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';

/** One of a few, from a list that opens. */
export function Choice<T extends string>({ label, value, choices, onChange, hideLabel }: {
  label: string;
  value: T;
  choices: readonly (readonly [T, string, string?])[];
  onChange: (value: T) => void;
  hideLabel?: boolean;
}) {
  return (
    <Select className="choice" selectedKey={value} onSelectionChange={(key) => onChange(key as T)}>
      <Label className={hideLabel ? 'visually-hidden' : undefined}>{label}</Label>
      <Button><SelectValue /><span aria-hidden="true" className="caret" /></Button>
      <Popover className="popover">
        <ListBox>
          {choices.map(([key, text, lang]) => <ListBoxItem key={key} id={key} textValue={text}><span lang={lang}>{text}</span></ListBoxItem>)}
        </ListBox>
      </Popover>
    </Select>
  );
}
