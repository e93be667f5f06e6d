// Asks for the status every two seconds, and shows it.
import {ago, brief, byId, bytes, count, docs, duration, h, none, plain, table} from './dom.js';
import {drawFlow} from './flow.js';
import {plot} from './plot.js';

const EVERY = 2000, PATIENCE = 6000;
const narrow = matchMedia('(max-width: 760px)');
const LEVELS = {ok: 'Healthy', starting: 'Starting', warning: 'Warning', critical: 'Critical'};
let last = null;  // the last status
let heard = 0;    // when it came

async function ask() {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch('/api/status', {cache: 'no-store', signal: stop.signal});
    if (!answer.ok) throw new Error(`it answers with status ${answer.status}`);
    last = await answer.json();
    heard = Date.now();
    show(last);
  } catch (error) {
    showSilence(error);
  } finally {
    clearTimeout(timer);
    setTimeout(ask, EVERY);
  }
}

function show(status) {
  document.body.classList.remove('stale');
  showHead(status);
  showVerdict(status.verdict);
  byId('flow').replaceChildren(drawFlow(status, narrow.matches));
  if (!byId('plots').matches(':hover')) showPlots(status);
  put('alerts', status.open_alerts.length, showAlerts(status));
  put('dead-letters', status.counters.dead_letters, showDeadLetters(status));
  put('objects', status.counters.archived_objects, showObjects(status));
  put('nodes', status.nodes.count, showNodes(status));
  put('normalize', status.partitions.normalize.count, showPartitions(status.partitions.normalize, 0));
  put('archive', status.partitions.archive.count, showPartitions(status.partitions.archive, 1));
  byId('settings').querySelector('div').replaceChildren(showSettings(status.settings));
}

function put(id, number, ...content) {
  const [title, body] = byId(id).children;
  title.querySelector('span')?.remove();
  if (number > 0) title.append(h('span', {class: 'count'}, count(number)));
  body.replaceChildren(...content.flat().filter(Boolean));
}

function showHead(status) {
  byId('identity').replaceChildren(
    h('b', {}, plain(status.service)), ` on ${plain(status.instance)} · ${plain(status.version)} · up ${duration(status.uptime_seconds)}`);
  byId('clock').replaceChildren(`${status.time.slice(0, 10)} ${status.time.slice(11, 19)} UTC`);
  const {level, title} = status.verdict;
  document.title = level === 'ok' ? 'ntsp' : `${LEVELS[level]}: ${plain(title)} – ntsp`;
}

function showVerdict({level, title, text, findings}) {
  byId('verdict').className = level;
  byId('verdict-title').replaceChildren(plain(title));
  byId('verdict-text').replaceChildren(plain(text));
  const [worst, ...others] = findings;
  const items = worst ? [h('li', {class: 'look'}, 'Look at ', docs(worst.docs))] : [];
  for (const finding of others) {
    items.push(h('li', {class: finding.level}, h('b', {}, plain(finding.what)), ' ', plain(finding.text), ' ', docs(finding.docs)));
  }
  byId('findings').replaceChildren(...items);
}

function showSilence(error) {
  const since = heard ? ` What is below is ${duration((Date.now() - heard) / 1000)} old.` : '';
  const why = error.name === 'AbortError' ? 'it does not answer in time' : error.message;
  document.body.classList.add('stale');
  document.title = 'No answer – ntsp';
  byId('verdict').className = 'critical';
  byId('verdict-title').replaceChildren('No answer from ntsp');
  byId('verdict-text').replaceChildren(`The process does not run, or cannot be reached (${plain(why)}).${since}`);
  byId('findings').replaceChildren(h('li', {class: 'look'},
    'Look whether the process runs, and at the last error line of its log; its exit code is explained in operations.md'));
}

function showPlots({history, stages, memory}) {
  if (!history) return;
  const rate = (value) => `${brief(value)}/s`;
  const sum = (...names) => history[names[0]].map((_, i) => names.reduce((total, name) => total + history[name][i], 0));
  const line = (values, kind, name) => ({values, kind, name});
  const archives = stages.includes('archive');
  const plots = [
    {id: 'messages', title: 'Messages in', show: rate, lines: [line(history.messages, 'one')]},
    {id: 'records', title: 'Records out', show: rate,
      lines: [line(sum('node_records', 'interface_records', 'address_records'), 'one')]},
    {id: 'lag', title: 'Waiting', show: brief, lines: [line(history.lag_messages, 'one', archives ? 'stage 1' : ''),
      ...(archives ? [line(history.archive_lag_messages, 'two', 'stage 2')] : [])]},
    archives ? {id: 'rows', title: 'Rows archived', show: rate, lines: [line(history.archived_rows, 'two')]} : null,
    {id: 'dead', title: 'Dead letters', show: rate, lines: [line(history.dead_letters, 'bad')]},
    {id: 'memory', title: 'Memory', show: bytes, limit: memory.limit_bytes, lines: [line(history.resident_bytes, 'grey')]},
  ].filter(Boolean);
  byId('plots').replaceChildren(...plots.map((each) => plot(each, history.step_seconds)));
}

function showAlerts({open_alerts: alerts, time}) {
  if (alerts.length === 0) return none('None. Alerts of the last window would be here.');
  return h('ul', {class: 'cards'}, ...alerts.map((alert) => h('li', {class: alert.severity},
    h('p', {class: 'line'}, h('b', {}, plain(alert.fingerprint)), h('span', {}, `${count(alert.count)}×, since `, ago(alert.first_time, time))),
    h('p', {}, plain(alert.summary)),
    alert.nodes.length ? h('p', {class: 'dim'}, 'Nodes: ', alert.nodes.map(plain).join(', ')) : null,
    h('p', {class: 'dim'}, docs(alert.docs)))));
}

function showDeadLetters({recent_dead_letters: letters, topics, time}) {
  if (letters.length === 0) return none('None since the start.');
  return [h('ul', {class: 'cards'}, ...letters.slice(0, 5).map((letter) => h('li', {},
    h('p', {class: 'line'}, h('b', {}, plain(letter.kind)), h('span', {}, ago(letter.when, time))),
    h('p', {}, plain(letter.message)),
    h('p', {class: 'dim'}, letter.node ? `${plain(letter.node)} · ` : '', plain(letter.where)),
    h('pre', {}, plain(letter.sample))))),
  letters.length > 5 ? none(`More are in the topic ${plain(topics.dead_letter)}.`) : null];
}

function showObjects({recent_objects: objects, time, stages}) {
  if (!stages.includes('archive')) return none('There is no archive: AWS_S3_BUCKET or ARCHIVE_URI is not set, or this process runs stage 1 alone.');
  if (objects.length === 0) return none('None since the start.');
  const rows = objects.slice(0, 8).map((object) => [
    {text: plain(object.key), kind: 'key', title: plain(object.key)}, {text: count(object.rows), kind: 'number'},
    {text: bytes(object.bytes), kind: 'number'}, {text: ago(object.when, time), kind: 'when'}]);
  return table([{text: 'key', kind: 'key'}, {text: 'rows', kind: 'number'}, {text: 'size', kind: 'number'}, {text: 'stored', kind: 'when'}], rows, 'Last Parquet objects');
}

function showNodes({nodes, time}) {
  if (nodes.count === 0) return none('None since the start.');
  const summary = h('p', {class: 'dim'}, `${count(nodes.heard_within_1_min)} heard in the last minute, `
    + `${count(nodes.heard_within_5_min)} one to five minutes ago, ${count(nodes.silent)} longer ago.`
    + (nodes.untracked_messages > 0 ? ' There are more nodes than are followed here.' : ''));
  const rows = nodes.list.map((node) => [
    {text: plain(node.name), kind: 'key', title: plain(node.name)}, {text: count(node.messages), kind: 'number'},
    {text: ago(node.last, time), kind: 'when'}]);
  return [summary, table([{text: 'node', kind: 'key'}, {text: 'messages', kind: 'number'}, {text: 'last heard', kind: 'when'}], rows, 'Nodes')];
}

// `ignored`: offsets at the end that hold no message (the marker of the last transaction).
function showPartitions({count: all, list}, ignored) {
  if (all === 0) return none('None yet.');
  const behind = list.filter((partition) => partition.lag > ignored);
  const total = behind.reduce((sum, partition) => sum + partition.lag, 0);
  const summary = behind.length === 0 ? 'All are caught up.'
    : `${count(total)} messages wait in ${count(behind.length)} of them.`;
  const rows = list.map((partition) => [
    {text: `${plain(partition.topic)}/${plain(partition.partition)}`, kind: 'key', title: plain(partition.topic)},
    {text: count(Math.max(0, partition.lag <= ignored ? 0 : partition.lag)), kind: 'number'},
    {text: partition.idle_seconds === undefined ? '–' : partition.idle_seconds < 3 ? 'now' : `${duration(partition.idle_seconds)} ago`, kind: 'when'}]);
  return [h('p', {class: 'dim'}, summary),
    table([{text: 'partition', kind: 'key'}, {text: 'waiting', kind: 'number'}, {text: 'got on', kind: 'when'}], rows, 'Partitions'),
    all > list.length ? none(`${count(all - list.length)} more, not further behind than these.`) : null];
}

function showSettings(settings) {
  const rows = settings.map((setting) => [
    {text: plain(setting.name), kind: 'name'}, {text: plain(setting.value) || '–', kind: setting.default ? 'value dim' : 'value'}]);
  return table(['variable', 'value (grey: default)'], rows, 'Settings');
}

narrow.addEventListener('change', () => last && show(last));
ask();
