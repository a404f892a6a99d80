"""python make_communities.py: modularity and Louvain communities by networkx, beside this script.

The partitions listed are scored by networkx's modularity; `best` is the highest of 200 Louvain runs.
"""
import json
import random
import networkx as nx
from networkx.algorithms.community import louvain_communities, modularity

random.seed(5)


def planted(groups, size, inside, between):
    nodes = groups * size
    edges = []
    for a in range(nodes):
        for b in range(nodes):
            same = a // size == b // size
            if a != b and random.random() < (inside if same else between):
                edges.append([a, b, random.choice([1, 2, 5])])
    return nodes, edges


karate = nx.karate_club_graph()
cases = []
for name, (nodes, edges) in [
    ("karate", (34, [[a, b, 1] for a, b in karate.edges()])),
    ("planted", planted(4, 8, .5, .05)),
    ("weak", planted(3, 10, .3, .12)),
    ("two", (2, [[0, 1, 3]])),
]:
    g = nx.Graph()
    g.add_nodes_from(range(nodes))
    for a, b, w in edges:
        g.add_edge(a, b, weight=g.get_edge_data(a, b, {"weight": 0})["weight"] + w)
    best = max((modularity(g, louvain_communities(g, seed=s)) for s in range(200)))
    partitions = []
    for groups in (1, 2, 3, nodes):
        member = [random.randrange(groups) for _ in range(nodes)] if groups < nodes else list(range(nodes))
        sets = [{i for i in range(nodes) if member[i] == c} for c in range(groups)]
        partitions.append({"member": member, "modularity": modularity(g, [s for s in sets if s])})
    cases.append({"name": name, "nodes": nodes, "edges": edges, "best": best, "partitions": partitions})
json.dump({"networkx": nx.__version__, "cases": cases}, open("communities.expected.json", "w"), indent=0)
