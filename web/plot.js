// Small plots of the last quarter of an hour.
import {h, svg} from './dom.js';

const WIDTH = 300, HEIGHT = 64, SPAN = 180;

// One plot: `lines` are {name, values, kind}; `show` writes a value.
export function plot({id, title, lines, show, limit}, step) {
  const newest = lines[0].values.length;
  const most = Math.max(0, ...lines.flatMap((line) => line.values));
  const top = limit ? Math.max(limit, most) * 1.15 : scale(most);
  const read = h('output', {class: 'reading'});
  const cursor = svg('line', {class: 'cursor', y1: 0, y2: HEIGHT, visibility: 'hidden'});
  const picture = svg('svg', {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img',
    'aria-label': `${title}, the last 15 minutes`},
  svg('line', {class: 'grid', x1: 0, x2: WIDTH, y1: HEIGHT / 2, y2: HEIGHT / 2}),
  limit ? svg('line', {class: 'limit', x1: 0, x2: WIDTH, y1: HEIGHT * (1 - limit / top), y2: HEIGHT * (1 - limit / top)}) : null,
  ...lines.flatMap((line) => draw(line, top)), cursor);
  const now = () => read.replaceChildren(...readings(lines, newest - 1, show));
  picture.addEventListener('pointermove', (event) => {
    const place = picture.getBoundingClientRect();
    const slot = Math.round((event.clientX - place.left) / place.width * (SPAN - 1)) - (SPAN - newest);
    if (slot < 0 || slot >= newest) return;
    const at = x(slot, newest);
    for (const name of ['x1', 'x2']) cursor.setAttribute(name, at);
    cursor.setAttribute('visibility', 'visible');
    read.replaceChildren(...readings(lines, slot, show), h('i', {}, `${Math.round((newest - 1 - slot) * step / 6) / 10} min ago`));
  });
  picture.addEventListener('pointerleave', () => {
    cursor.setAttribute('visibility', 'hidden');
    now();
  });
  now();
  return h('figure', {class: 'panel plot', 'data-plot': id},
    h('figcaption', {}, h('b', {}, title), read),
    h('div', {class: 'area'}, picture, h('span', {class: 'top'}, limit ? `limit ${show(limit)}` : newest ? show(top) : ''),
      newest ? null : h('span', {class: 'none'}, 'nothing yet')),
    h('div', {class: 'axis'}, h('span', {}, '−15 min'), h('span', {}, 'now')));
}

function readings(lines, slot, show) {
  return lines.map((line) => h('span', {class: line.kind},
    line.name ? h('i', {}, line.name, ' ') : '', slot >= 0 ? show(line.values[slot]) : '–'));
}

const x = (slot, newest) => ((SPAN - newest + slot) / (SPAN - 1)) * WIDTH;

function draw({values, kind}, top) {
  if (values.length === 0) return [];
  const points = values.map((value, slot) => `${x(slot, values.length).toFixed(1)} ${(HEIGHT * (1 - value / top)).toFixed(1)}`);
  const line = `M${points.join('L')}`;
  const first = x(0, values.length).toFixed(1);
  return [svg('path', {class: `fill ${kind}`, d: `${line}L${WIDTH} ${HEIGHT}L${first} ${HEIGHT}Z`}),
    svg('path', {class: `line ${kind}`, d: line})];
}

// A round number that is not below it.
function scale(most) {
  if (!(most > 0)) return 1;
  const size = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((factor) => factor * size).find((top) => top >= most);
}
