#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""usage: order.py FIGURES < OUTPUT

Medians of what tests/bench/native has measured, which OUTPUT says in nanoseconds,
with their spread: half of what lies between the quartiles.  Beside it what FIGURES,
a figures.tsv, has of instructions, and whether the order is the same.
"""
import itertools
import statistics
import sys

import report

# Two datapaths closer than this are not told apart.
CLOSE = 1.05


def read_times(lines):
    """(topology, datapath, measure): a time for each round"""
    times = {}
    for line in lines:
        words = line.split()
        if words and words[0] == 'FIGURE':
            f = report.Figure(words)
            times.setdefault((f.topology, f.datapath, f.measure),
                             []).append(f.each)
    return times


def spread(values):
    low, _, high = statistics.quantiles(values, n=4)
    return (high - low) / 2


def net(times, key):
    """Median without the generator's own, and spread"""
    topology, _, measure = key
    own = 0
    if measure in report.FLOODS:
        own = statistics.median(
            next(v for k, v in times.items()
                 if k[0] == topology and k[2] == 'generator'))
    return statistics.median(times[key]) - own, spread(times[key])


def compare(values, instructions):
    """Pairs in the same order, all pairs, and the names of the others"""
    same, pairs, others = 0, 0, []
    for a, b in itertools.combinations(values, 2):
        if a not in instructions or b not in instructions:
            continue
        less, more = sorted((a, b), key=instructions.get)
        if instructions[more] < instructions[less] * CLOSE:
            continue
        pairs += 1
        if values[less][0] < values[more][0]:
            same += 1
        else:
            others.append(f'{less} took longer than {more}')
    return same, pairs, others


def section(times, recorded, topology, measure):
    keys = [k for k in times if k[0] == topology and k[2] == measure]
    values = {d: net(times, (t, d, m)) for t, d, m in keys}
    instructions = {d: recorded[t, d, m] for t, d, m in keys
                    if (t, d, m) in recorded}
    out = [f'## {topology}: {report.MEASURES[measure]}', '',
           '| datapath | ns | spread | of Swarm | instructions, of Swarm |',
           '|---|---|---|---|---|']
    swarm = values.get(report.REFERENCE, (0, 0))[0]
    counted = instructions.get(report.REFERENCE)
    for d, (value, wide) in values.items():
        share = f'{value / swarm:.2f}' if swarm else ''
        other = ''
        if counted and d in instructions:
            other = f'{instructions[d] / counted:.2f}'
        out.append(f'| {d} | {value:,.0f} | {wide:,.0f} | {share} | {other} |')
    same, pairs, others = compare(values, instructions)
    out += ['', f'{same} of {pairs} pairs are in the order of their instructions'
            + (': but ' + '; '.join(others) if others else '') + '.', '']
    return '\n'.join(out)


def once(times):
    """What is no datapath: how long it takes"""
    rows = [f'| {report.ONCE[m].replace("instructions ", "")} | '
            f'{statistics.median(v) / 1e9:.3f} | {spread(v) / 1e9:.3f} |'
            for (_, _, m), v in times.items() if m in report.ONCE]
    if rows:
        rows = ['| | s | spread |', '|---|---|---|'] + rows
    return '\n'.join(rows)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    times = read_times(sys.stdin)
    recorded = report.read_recorded(sys.argv[1])
    print('How long it takes in User Mode Linux on a processor of its own, without '
          'debugging: the\nmedian of all rounds, and half of what lies between '
          'the quartiles.  Pairs of datapaths\nwithin 5 % of each other in '
          'instructions are not compared.\n')
    for topology, measure in dict.fromkeys((k[0], k[2]) for k in times):
        if measure in report.MEASURES:
            print(section(times, recorded, topology, measure))
    print(once(times))


main()
