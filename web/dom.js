// Elements and the texts in them. What comes from outside is only ever set as text, never read as HTML.

export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export const byId = (id) => document.getElementById(id);

// Characters that turn the direction of a line, or that nobody sees, would let one name pass for another.
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

export function plain(text) {
  return String(text ?? '').replace(INVISIBLE, (c) => (c === '\n' || c === '\t' ? ' ' : '\ufffd'));
}

export function shorten(text, most) {
  const clean = plain(text);
  if (clean.length <= most) return clean;
  const head = Math.ceil((most - 1) / 2);
  return `${clean.slice(0, head)}…${clean.slice(clean.length - (most - 1 - head))}`;
}

// Where it is written what to do: a link if the documents are on the web, else their place as text.
export function docs(where) {
  const text = plain(where);
  if (!/^https?:\/\//.test(text)) return h('code', {}, text);
  return h('a', {href: text, target: '_blank', rel: 'noopener noreferrer'}, text.replace(/^https?:\/\//, ''));
}

export function count(number) {
  return Math.round(number ?? 0).toLocaleString('en-US');
}

// At most four characters and a unit.
export function brief(number) {
  const value = Number(number ?? 0);
  for (const [unit, size] of [['G', 1e9], ['M', 1e6], ['k', 1e3]]) {
    if (value >= 10 * size || (value >= size && unit !== 'k')) return `${round(value / size)} ${unit}`;
  }
  return value >= 1000 ? count(value) : round(value);
}

function round(value) {
  if (value === 0) return '0';
  if (value < 0.01) return '<0.01';
  return value < 0.995 ? value.toFixed(2) : value < 10 ? value.toFixed(1).replace(/\.0$/, '') : value.toFixed(0);
}

export function bytes(number) {
  let value = Number(number ?? 0);
  for (const unit of ['B', 'KiB', 'MiB', 'GiB']) {
    if (value < 1024 || unit === 'GiB') return `${value < 10 && unit !== 'B' ? value.toFixed(1) : Math.round(value)} ${unit}`;
    value /= 1024;
  }
  return '';
}

export function duration(seconds) {
  const s = Math.max(0, Math.round(seconds));
  if (s < 120) return `${s} s`;
  if (s < 7200) return `${Math.floor(s / 60)} min`;
  return s < 172800 ? `${Math.floor(s / 3600)} h` : `${Math.floor(s / 86400)} d`;
}

// How long before `now` (both RFC 3339); the moment itself on hovering.
export function ago(when, now) {
  const seconds = (Date.parse(now) - Date.parse(when)) / 1000;
  return h('time', {datetime: when, title: when.slice(0, 19) + 'Z'}, seconds < 1 ? 'now' : `${duration(seconds)} ago`);
}

export function table(head, rows, name) {
  const cells = (tag, row) => row.map((cell) => {
    const {text, kind, title} = cell?.kind || cell?.title ? cell : {text: cell};
    return h(tag, {class: kind, title}, text);
  });
  return h('table', {'aria-label': name},
    h('thead', {}, h('tr', {}, ...cells('th', head))),
    h('tbody', {}, ...rows.map((row) => h('tr', {}, ...cells('td', row)))));
}

export const none = (text) => h('p', {class: 'none'}, text);
