#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""usage: report.py [-p] [-g FIGURES] [-o FOLDER] DIRECTORY NAME...

Prints the tables of what the machines NAME have measured, whose outputs,
profiles and symbols are in DIRECTORY.  FOLDER gets them with everything else;
-p prints the profiles; -g compares with a figures.tsv of earlier, as TAP.
"""
import argparse
import bisect
import lzma
import math
import os
import re
import subprocess
import sys
import tempfile

MEASURES = {
    'packet': 'established packet',
    'packet1000': 'the same, 999 flows',
    'first': 'first packet of a flow',
    'connection': 'TCP connection',
    'request': 'TCP request',
    'up': 'MiB up',
    'down': 'MiB down',
    'other': 'packet of no service',
    'other-first': 'first packet of no service',
}
# pktgen makes these; its own cost is taken off.
FLOODS = ('packet', 'packet1000', 'first', 'other', 'other-first')
# What else is measured, and how to write it
ONCE = {
    'apply': 'instructions to apply 10,000 services of 100 backends',
    'delete': 'instructions to delete them',
    'resolve-few': 'instructions to resolve one of a few connections',
    'resolve': 'instructions to resolve one of 100,000 connections',
    'apply-memory': 'bytes of memory they take',
    'delete-memory': 'bytes left when they are deleted',
    'first-memory': 'bytes of memory a flow of a service takes',
    'other-first-memory': 'bytes of memory a flow of no service takes',
}
PROFILED = ('packet', 'first', 'connection')
REFERENCE = 'swarm'
# The guard: what may not cost more, and how much more is none
GUARDED = ('packet', 'first', 'connection')
TOLERANCE = 1.02


class Figure:
    """What one measure of one datapath has taken"""

    def __init__(self, words):
        valid, self.topology, self.datapath, self.measure, count, took = words
        self.count = int(count)
        self.valid = valid == 'FIGURE'
        self.each = int(took) / self.count
        self.functions = {}


def read_blocks(path):
    """A list for each measure: address and executed instructions"""
    measures = []
    with open(path) as lines:
        for line in lines:
            if line.startswith('measure'):
                measures.append([])
            else:
                addr, count = line.split()
                measures[-1].append((int(addr, 16), int(count)))
    return measures


class Symbols:
    """What is where: functions of the kernel, and of modules as they lay when a
    datapath was measured
    """

    def __init__(self, directory):
        self.directory = directory
        self.kernel = []
        self.files = {}
        self.modules = {}
        with open(f'{directory}/kernel.symbols') as lines:
            for line in lines:
                addr, kind, name = line.split()[:3]
                if kind in 'tTwW':
                    self.kernel.append((int(addr, 16), name))
        for top in ('modules', 'meshmod.ko'):
            self.find(os.path.realpath(f'{directory}/{top}'))

    def find(self, top):
        if os.path.isfile(top):
            self.files['meshmod'] = top
        for path, _, names in os.walk(top):
            for name in names:
                module = name.split('.')[0].replace('-', '_')
                if '.ko' in name:
                    self.files.setdefault(module, f'{path}/{name}')

    def of_module(self, module):
        """Functions by section: offset and name"""
        if module not in self.modules:
            self.modules[module] = list(self.read(self.files.get(module)))
        return self.modules[module]

    def read(self, path):
        if not path:
            return
        with tempfile.NamedTemporaryFile() as plain:
            opener = lzma.open if path.endswith('.xz') else open
            with opener(path, 'rb') as file:
                plain.write(file.read())
            plain.flush()
            out = subprocess.run(['objdump', '-t', plain.name],
                                 capture_output=True, check=True).stdout
        for line in out.decode().splitlines():
            found = re.match(r'([0-9a-f]{16}) (.{7}) (\S+)\t\S+ (\S+)$', line)
            if found and 'F' in found[2]:
                yield found[3], int(found[1], 16), found[4]

    def table(self, sections):
        """Sorted, with the modules that have these sections: (module, section):
        address
        """
        rows = list(self.kernel)
        for (module, section), base in sections.items():
            rows += [(base + offset, f'{name} [{module}]')
                     for where, offset, name in self.of_module(module)
                     if where == section]
        return sorted(rows)


class Machine:
    """What one machine has to say"""

    def __init__(self, base, symbols):
        self.figures, self.values, self.says = [], [], []
        self.sections = {}
        with open(base + '.output') as lines:
            for line in lines:
                self.take(line.split())
        blocks = read_blocks(base + '.profile')
        if len(self.figures) != len(blocks):
            sys.exit(f'{base}: {len(self.figures)} figures, '
                     f'{len(blocks)} profiles')
        tables = {key: symbols.table(sections)
                  for key, sections in self.sections.items()}
        for figure, executed in zip(self.figures, blocks):
            table = tables.get((figure.topology, figure.datapath))
            if table:
                figure.functions = by_function(figure, executed, table)

    def take(self, words):
        if not words:
            return
        if words[0] in ('FIGURE', 'VOID'):
            self.figures.append(Figure(words))
        elif words[0] == 'VALUE':
            self.values.append(words[1:])
        elif words[0] == 'SECTION':
            part = self.sections.setdefault(tuple(words[1:3]), {})
            part[words[3], words[4]] = int(words[5], 16)
        elif words[0] == 'SAYS':
            self.says.append(' '.join(words[1:]))


def by_function(figure, executed, table):
    """Instructions of each function, per unit of the measure"""
    starts = [addr for addr, _ in table]
    found = {}
    for addr, count in executed:
        if addr < 1 << 63:
            name = '(user)'
        else:
            name = table[bisect.bisect(starts, addr) - 1][1]
        found[name] = found.get(name, 0) + count / figure.count
    return found


class Results:
    def __init__(self, machines):
        self.figures = [f for m in machines for f in m.figures]
        self.values = [v for m in machines for v in m.values]
        self.says = machines[0].says
        self.own = {}
        for f in self.figures:
            if f.measure == 'generator':
                self.own.setdefault(f.topology, f.each)

    def topologies(self):
        return list(dict.fromkeys(f.topology for f in self.figures))

    def datapaths(self, topology):
        return list(dict.fromkeys(f.datapath for f in self.figures
                                  if f.topology == topology))

    def measures(self, topology):
        there = {f.measure for f in self.figures if f.topology == topology}
        return [m for m in MEASURES if m in there]

    def value(self, topology, datapath, measure):
        for f in self.figures:
            if (f.topology, f.datapath, f.measure) == (
                    topology, datapath, measure):
                if not f.valid:
                    return math.nan
                own = self.own.get(topology, 0) if measure in FLOODS else 0
                return f.each - own
        return None


def cell(value, reference):
    if value is None:
        return ''
    if math.isnan(value):
        return 'void'
    text = f'{value:,.0f}'
    if reference:
        text += f' ({value / reference:.3f})'
    return text


def table(results):
    out = ['Instructions; behind them, as a share of those of Swarm.', '']
    for topology in results.topologies():
        measures = results.measures(topology)
        if not measures:
            continue
        out += [f'## {topology}', '']
        own = results.own.get(topology)
        if own:
            out += [f"Taken off each packet: {own:,.0f}, the generator's "
                    'own.', '']
        out += ['| datapath | ' + ' | '.join(MEASURES[m] for m in measures) +
                ' |', '|---' * (len(measures) + 1) + '|']
        for d in results.datapaths(topology):
            cells = [cell(results.value(topology, d, m),
                          results.value(topology, REFERENCE, m))
                     for m in measures]
            out.append(f'| {d} | ' + ' | '.join(cells) + ' |')
        out.append('')
    return '\n'.join(out + once(results))


def once(results):
    rows = [(f.topology, f.datapath, f.measure, f.each)
            for f in results.figures] + results.values
    rows = [f'| {t} | {d} | {ONCE[m]} | {float(v):,.0f} |'
            for t, d, m, v in rows if m in ONCE]
    if rows:
        rows = ['| topology | datapath | | |', '|---|---|---|---|'] + rows + ['']
    return rows


def profile(results, measures):
    out = []
    for f in results.figures:
        if f.measure not in measures or not f.functions or not f.valid:
            continue
        whole = sum(f.functions.values())
        out += [f'## {f.topology} {f.datapath}: {f.measure}', '',
                f'{whole:,.0f} executed, {f.each:,.0f} by the clock.', '',
                '| function | instructions | share |', '|---|---|---|']
        top = sorted(f.functions.items(), key=lambda x: -x[1])[:25]
        out += [f'| `{name}` | {n:,.0f} | {n / whole:.1%} |'
                for name, n in top]
        out.append('')
    return '\n'.join(out)


def tsv(results):
    out = ['topology\tdatapath\tmeasure\tvalid\tcount\tinstructions\tnet']
    for f in results.figures:
        net = results.value(f.topology, f.datapath, f.measure)
        out.append('\t'.join([
            f.topology, f.datapath, f.measure, 'yes' if f.valid else 'no',
            str(f.count), f'{f.each:.1f}',
            '' if net is None else f'{net:.1f}']))
    return '\n'.join(out) + '\n'


def number(value):
    return value is not None and not math.isnan(value)


def plot(results, measure, folder):
    """Bars: a group for each topology, in it the datapaths"""
    topologies = [t for t in results.topologies()
                  if measure in results.measures(t)]
    datapaths = list(dict.fromkeys(
        d for t in topologies for d in results.datapaths(t)
        if number(results.value(t, d, measure))))
    rows = []
    for t in topologies:
        values = [results.value(t, d, measure) for d in datapaths]
        rows.append(t + ' ' + ' '.join(f'{v:.0f}' if number(v) else 'NaN'
                                       for v in values))
    bars = ', '.join(f"$data using {i + 2}:xtic(1) title '{d}'"
                     for i, d in enumerate(datapaths))
    data = '\n'.join(rows)
    script = f"""
set terminal svg size 900,420 font 'sans-serif,12' background 'white'
set output '{folder}/{measure}.svg'
set title 'instructions: {MEASURES[measure]}'
set style data histogram
set style histogram cluster gap 1
set style fill solid 0.8
set yrange [0:*]
set format y "%'.0f"
set grid ytics
set key outside right
$data << EOD
{data}
EOD
plot {bars}
"""
    subprocess.run(['gnuplot'], input=script, text=True, check=True)


def write(path, text):
    with open(path, 'w') as file:
        file.write(text)


def read_recorded(path):
    with open(path) as lines:
        rows = [line.rstrip('\n').split('\t') for line in lines][1:]
    return {tuple(row[:3]): float(row[6]) for row in rows if row[6]}


def guard(results, path):
    """Against no netfilter in the same run, so that the kernel is left out"""
    recorded = read_recorded(path)
    out = []
    for t in results.topologies():
        for m in GUARDED:
            pair = [(t, d, m) for d in ('meshmod', 'none')]
            now = [results.value(*key) or math.nan for key in pair]
            then = [recorded.get(key, math.nan) for key in pair]
            now, then = now[0] / now[1], then[0] / then[1]
            # What was not measured compares as false.
            word = 'ok' if now <= then * TOLERANCE else 'not ok'
            out.append(f'{word} - {t}, {MEASURES[m]}: {now:.4f} of what it '
                       f'costs without netfilter, recorded {then:.4f}')
            if now < then / TOLERANCE:
                out.append('# It is better than recorded: make bench records.')
    return '\n'.join(out)


def keep(results, folder):
    os.makedirs(folder, exist_ok=True)
    write(f'{folder}/figures.tsv', tsv(results))
    write(f'{folder}/tables.md', method(results) + table(results))
    write(f'{folder}/profiles.md', profile(results, PROFILED))
    for measure in MEASURES:
        if any(f.measure == measure and f.valid for f in results.figures):
            plot(results, measure, folder)


def method(results):
    qemu = subprocess.run(['qemu-system-x86_64', '--version'], text=True,
                          capture_output=True, check=True).stdout
    return '\n'.join(['Made by `make bench`; tests/README.md says how, and how '
                      'to read it.', '', qemu.splitlines()[0] + '  '] +
                     [line + '  ' for line in results.says] + ['', ''])


def main():
    args = argparse.ArgumentParser(usage=__doc__)
    args.add_argument('-p', action='store_true')
    args.add_argument('-g')
    args.add_argument('-o')
    args.add_argument('directory')
    args.add_argument('names', nargs='+')
    args = args.parse_args()
    symbols = Symbols(args.directory)
    results = Results([Machine(os.path.join(args.directory, name), symbols)
                       for name in args.names])
    print(table(results))
    if args.p:
        print(profile(results, MEASURES.keys() | ONCE.keys()))
    if args.g:
        print(guard(results, args.g))
    if args.o:
        keep(results, args.o)


if __name__ == '__main__':
    main()
