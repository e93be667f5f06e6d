// The flow as a picture: topics, stages and store as boxes, what runs between them as arrows with their rates.
import {brief, count, plain, shorten, svg} from './dom.js';

// Boxes are [x, y, width, height]; an arrow is a path, and where its label stands.
const WIDE = {
  size: [1240, 252],
  boxes: {
    raw: [2, 66, 186, 62], normalize: [300, 66, 170, 62], dead: [300, 188, 170, 56],
    node: [592, 4, 190, 54], interface: [592, 70, 190, 54], address: [592, 136, 190, 54],
    archive: [862, 66, 150, 62], store: [1128, 66, 110, 62],
  },
  arrows: {
    messages: ['M188 97H296', 242, 88], dead: ['M385 128V184', 394, 162, 'start'],
    node: ['M470 97C530 97 530 31 588 31', 530, 24], interface: ['M470 97H588', 530, 89],
    address: ['M470 97C530 97 530 163 588 163', 530, 182],
    fromNode: ['M782 31C824 31 816 97 858 97'], fromInterface: ['M782 97H858'],
    fromAddress: ['M782 163C824 163 816 97 858 97'],
    rows: ['M1012 97H1124', 1068, 88],
  },
  letters: {raw: 21, normalize: 20, dead: 19, node: 21, interface: 21, address: 21, archive: 17, store: 12},
};
// A phone is narrow and long: the same from top to bottom.
const TALL = {
  size: [358, 516],
  boxes: {
    raw: [60, 2, 238, 54], normalize: [60, 104, 238, 54], dead: [252, 204, 104, 54],
    node: [2, 282, 114, 54], interface: [122, 282, 114, 54], address: [242, 282, 114, 54],
    archive: [60, 378, 238, 54], store: [60, 460, 238, 54],
  },
  arrows: {
    messages: ['M179 56V100', 188, 82, 'start'], dead: ['M272 158C300 158 304 176 304 200', 300, 178, 'start'],
    node: ['M150 158C150 232 59 224 59 278', 59, 258], interface: ['M179 158V278', 179, 244],
    address: ['M208 158C208 268 240 262 262 278', 322, 274],
    fromNode: ['M59 336C59 360 130 350 150 374'], fromInterface: ['M179 336V374'],
    fromAddress: ['M299 336C299 360 228 350 208 374'],
    rows: ['M179 432V456', 188, 449, 'start'],
  },
  letters: {raw: 27, normalize: 27, dead: 12, node: 13, interface: 13, address: 13, archive: 27, store: 27},
};

export function drawFlow(status, narrow) {
  const layout = narrow ? TALL : WIDE;
  const [width, height] = layout.size;
  const picture = svg('svg', {viewBox: `0 0 ${width} ${height}`, role: 'img', class: narrow ? 'tall' : 'wide',
    'aria-label': 'The flow of records, with rates'});
  picture.append(svg('defs', {}, marker('head', 'arrowhead'), marker('head-idle', 'arrowhead idle')));
  for (const [name, arrow] of Object.entries(arrows(status))) {
    if (layout.arrows[name]) picture.append(...drawArrow(layout.arrows[name], name, arrow));
  }
  for (const [name, box] of Object.entries(boxes(status))) {
    picture.append(drawBox(layout.boxes[name], name, box, layout.letters[name]));
  }
  return picture;
}

function marker(id, kind) {
  return svg('marker', {id, viewBox: '0 0 8 8', refX: 5, refY: 4, markerWidth: 6.5, markerHeight: 6.5, orient: 'auto'},
    svg('path', {d: 'M0 0L8 4L0 8Z', class: kind}));
}

function arrows({rates = {}, stages}) {
  const archives = stages.includes('archive');
  const rows = rates.archived_rows ?? 0;
  return {
    messages: {rate: rates.messages, unit: 'msg/s'},
    dead: {rate: rates.dead_letters, unit: '/s', kind: 'dead'},
    node: {rate: rates.node_records, unit: 'rec/s'},
    interface: {rate: rates.interface_records, unit: 'rec/s'},
    address: {rate: rates.address_records, unit: 'rec/s'},
    fromNode: {rate: archives ? rows : 0}, fromInterface: {rate: archives ? rows : 0},
    fromAddress: {rate: archives ? rows : 0},
    rows: {rate: rows, unit: 'rows/s'},
  };
}

function boxes(status) {
  const {topics, counters, records, stages, health} = status;
  const part = (name) => health.components?.[name];
  const state = (name) => (part(name) === undefined ? 'off' : part(name).ok ? 'ok' : 'bad');
  const archives = stages.includes('archive');
  const normalizes = stages.includes('normalize');
  return {
    raw: {title: topics.raw, mono: true, text: normalizes ? `${count(counters.lag_messages)} waiting` : ''},
    normalize: {title: 'Stage 1: normalize', kind: `stage ${state('normalize')}`,
      text: normalizes ? `${count(counters.messages)} messages` : 'not in this process'},
    dead: {title: topics.dead_letter, mono: true, text: `${count(counters.dead_letters)} dead letters`,
      kind: counters.dead_letters > 0 ? 'some' : ''},
    node: {title: topics.node, mono: true, text: `${count(records.node)} records`},
    interface: {title: topics.interface, mono: true, text: `${count(records.interface)} records`},
    address: {title: topics.address, mono: true, text: `${count(records.address)} records`},
    archive: {title: 'Stage 2: archive', kind: `stage ${archives ? state('archive') : 'off'}`,
      text: archives ? `${count(counters.archived_rows)} rows` : 'off'},
    store: {title: 'Parquet', kind: archives ? state('store') : 'off', full: status.archive,
      text: archives ? `${count(counters.archived_objects)} objects` : 'no archive'},
  };
}

function drawBox([x, y, width, height], name, box, letters) {
  const centre = x + width / 2;
  const most = box.mono ? letters : letters + 3;
  return svg('g', {class: `box ${box.kind ?? ''}`, 'data-box': name},
    svg('title', {}, plain(box.full || box.title)),
    svg('rect', {x, y, width, height, rx: 6}),
    svg('text', {x: centre, y: y + height / 2 - 4, class: box.mono ? 'title mono' : 'title'}, shorten(box.title, most)),
    svg('text', {x: centre, y: y + height / 2 + 15, class: 'value'}, box.text));
}

function drawArrow([path, x, y, anchor], name, {rate = 0, unit, kind = ''}) {
  const flows = rate > 0;
  const line = svg('path', {d: path, class: `arrow ${kind} ${flows ? 'flows' : 'idle'}`,
    'marker-end': `url(#${flows ? 'head' : 'head-idle'})`});
  if (x === undefined || unit === undefined) return [line];
  const label = svg('text', {x, y, class: `rate ${flows ? '' : 'idle'}`, 'text-anchor': anchor ?? 'middle',
    'data-rate': name}, `${brief(rate)} ${unit}`);
  return [line, label];
}
