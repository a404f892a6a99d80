#!/usr/bin/env python3
"""compare.py VALUEMAP [CHAINS]: the chain diagram beside Graphviz' dot on the same graphs.

Both get the same actors with boxes of the same size, the same stages as ranks and the same labelled flows. Counted on the
drawn lines, the same way for both: pairs of lines of different ends that cross, total length of the lines, and labels
that lie over a line that is not theirs or over each other. Needs Graphviz (`dot`) on the path.
"""
import itertools
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time

KINDS = ["product", "product", "service", "money", "money", "information", "influence", "trust"]


def chain(actors, flows, stages, seed):
    """Flows join neighbouring stages mostly, as those of real chains do; a fifth return as money."""
    rng = random.Random(seed)
    stage = [i * stages // actors for i in range(actors)]
    found = []
    while len(found) < flows:
        a, b = rng.randrange(actors), rng.randrange(actors)
        step = abs(stage[a] - stage[b])
        if a == b or step > 2 or (step == 2 and rng.random() < 0.7) or (step == 0 and rng.random() < 0.6):
            continue
        kind = rng.choice(KINDS)
        if any(f[:3] == (a, b, kind) for f in found):
            continue
        found.append((a, b, kind, rng.randint(1, 100) if kind in ("product", "money") else ""))
    return stage, found


def study(folder, stage, flows):
    os.makedirs(f"{folder}/content/data")
    with open(f"{folder}/content/data/actors.csv", "w") as file:
        file.write("actor,stage\n" + "".join(f"Actor {i},{s + 1} Stage {'ABCDEFGH'[s]}\n" for i, s in enumerate(stage)))
    with open(f"{folder}/content/data/flows.csv", "w") as file:
        file.write("from,to,offering,kind,value,unit\n")
        for n, (a, b, kind, value) in enumerate(flows):
            file.write(f"Actor {a},Actor {b},flow {n},{kind},{value},{'t' if value != '' else ''}\n")
    open(f"{folder}/valuemap.yaml", "w").write(
        "title: Chain\nlanguage: en-GB\ndata:\n  actors: data/actors.csv\n  flows: data/flows.csv\n"
        "analyses:\n  chain:\n    type: value-chain\n    actors: actors\n    flows: flows\n")


def bezier(p, q, r, s, steps=12):
    points = []
    for i in range(1, steps + 1):
        t = i / steps
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3
        points.append((a * p[0] + b * q[0] + c * r[0] + d * s[0], a * p[1] + b * q[1] + c * r[1] + d * s[1]))
    return points


def path(text):
    points = []
    for command, rest in re.findall(r"([MLC])([-0-9., ]+)", text):
        xy = [tuple(map(float, pair.split(","))) for pair in rest.split()]
        if command == "C":
            for i in range(0, len(xy) - 2, 3):
                points += bezier(points[-1], *xy[i:i + 3])
        else:
            points += xy
    return points


def ours(text):
    """Lines, boxes and labels of a figure as text: the bands drawn as strokes come widest first."""
    lines, boxes, labels = [], [], []
    for line in text.splitlines():
        line = line.strip()
        if line.startswith("band ") and "stroke" in line and " fill " not in line:
            lines.append(path(line[5:line.index(" stroke")]))
        found = re.match(r"label .*?box ([-0-9.]+),([-0-9.]+) ([-0-9.]+)×([-0-9.]+)", line)
        if found:
            labels.append(tuple(map(float, found.groups())))
        if line.startswith("node "):
            box = path(re.sub(r"Z.*", "", line[5:]))
            xs, ys = [p[0] for p in box], [p[1] for p in box]
            boxes.append((min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)))
    return lines, boxes, labels


def dot(stage, flows, sizes, across):
    text = "digraph { rankdir=%s; nodesep=0.25; ranksep=0.6; node [shape=box fixedsize=true label=\"\"];\n" % (
        "LR" if across else "TB")
    for i, (w, h) in enumerate(sizes):
        text += f'a{i} [width={w / 72:.3f} height={h / 72:.3f}];\n'
    for s in sorted(set(stage)):
        text += "{rank=same; " + "; ".join(f"a{i}" for i in range(len(stage)) if stage[i] == s) + "}\n"
    for i in sorted(set(stage))[:-1]:
        text += f"a{stage.index(i)} -> a{stage.index(i + 1)} [style=invis];\n"
    for n, (a, b, _, _) in enumerate(flows):
        back = stage[a] > stage[b]
        ends = f"a{b} -> a{a} [dir=back" if back else f"a{a} -> a{b} ["
        text += f'{ends} label=<<TABLE BORDER="0" FIXEDSIZE="TRUE" WIDTH="60" HEIGHT="28"><TR><TD></TD></TR></TABLE>> n={n}];\n'
    text += "}"
    began = time.perf_counter()
    run = subprocess.run(["dot", "-Tjson"], input=text, capture_output=True, text=True)
    took = time.perf_counter() - began
    if run.returncode != 0:
        return None, run.stderr.strip().splitlines()[-1] if run.stderr.strip() else "failed"
    out = run.stdout
    lines = []
    for edge in json.loads(out).get("edges", []):
        if edge.get("style") == "invis":
            continue
        spline = next(d for d in edge["_draw_"] if d["op"] in "bB")["points"]
        points = [tuple(spline[0])]
        for i in range(1, len(spline) - 2, 3):
            points += bezier(points[-1], *map(tuple, spline[i:i + 3]))
        lines.append((int(edge["n"]), points))
    return [p for _, p in sorted(lines)], took


def crossings(lines, ends):
    """Pairs of lines without a common end that cut each other."""
    def boxes(line):
        return [(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]), a, b)
                for a, b in zip(line, line[1:])]

    def cut(a, b, c, d):
        def side(p, q, r):
            return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
        return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0

    parts = [boxes(line) for line in lines]
    count = 0
    for i, j in itertools.combinations(range(len(lines)), 2):
        if ends and set(ends[i]) & set(ends[j]):
            continue
        if any(s[0] <= t[2] and t[0] <= s[2] and s[1] <= t[3] and t[1] <= s[3] and cut(s[4], s[5], t[4], t[5])
               for s in parts[i] for t in parts[j]):
            count += 1
    return count


def length(lines):
    return sum(((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) ** 0.5 for line in lines for a, b in zip(line, line[1:]))


def main():
    program = os.path.abspath(sys.argv[1])
    print("actors flows stages | crossings ours : dot | length ours : dot (px) | dot s | ours s, whole program")
    for actors, flows, stages, seed in [(10, 20, 4, 1), (13, 27, 6, 2), (20, 40, 5, 3), (30, 80, 5, 4), (60, 200, 5, 5)]:
        stage, found = chain(actors, flows, stages, seed)
        with tempfile.TemporaryDirectory() as folder:
            study(folder, stage, found)
            began = time.perf_counter()
            subprocess.run([program, "figure", "chain/diagram", "-s", folder, "-o", f"{folder}/x.txt"], check=True,
                           capture_output=True)
            took = time.perf_counter() - began
            lines, boxes, _ = ours(open(f"{folder}/x.txt").read())
        # Ends are found by the boxes a line touches, since bands are painted by width and not in the order of the file.
        def end(point):
            return min(range(len(boxes)), key=lambda i: max(
                boxes[i][0] - point[0], point[0] - boxes[i][0] - boxes[i][2], 0) + max(
                boxes[i][1] - point[1], point[1] - boxes[i][1] - boxes[i][3], 0))
        ends = [(end(line[0]), end(line[-1])) for line in lines]
        across = boxes and max(b[0] for b in boxes) > max(b[1] for b in boxes)
        theirs, seconds = dot(stage, found, [(b[2], b[3]) for b in boxes], across)
        mine = crossings(lines, ends), length(lines)
        if theirs is None:
            print(f"{actors:3} {flows:4} {stages:2} | {mine[0]:5} : dot gave up ({seconds}) | {mine[1]:8.0f} | | {took:.2f}")
            continue
        other = crossings(theirs, [(a, b) for a, b, _, _ in found]), length(theirs)
        print(f"{actors:3} {flows:4} {stages:2} | {mine[0]:5} : {other[0]:5} | {mine[1]:8.0f} : {other[1]:8.0f} "
              f"({mine[1] / other[1]:.2f}) | {seconds:.2f} | {took:.2f}")


if __name__ == "__main__":
    main()
