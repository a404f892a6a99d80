"""python make.py: centralities of small random networks by networkx, beside this script."""
import json
import random
from fractions import Fraction
import networkx as nx

random.seed(11)


def network(nodes, share, strong):
    edges = [[a, b, random.choice([1, 2, 5, 10, 40, 2.5])] for a in range(nodes) for b in range(nodes)
             if a != b and random.random() < share]
    if strong:
        edges += [[a, (a + 1) % nodes, 3] for a in range(nodes)]
    return nodes, edges


cases = []
for nodes, share, strong in [(5, .4, True), (13, .2, True), (13, .15, False), (30, .1, True), (2, 1, False)]:
    nodes, edges = network(nodes, share, strong)
    g = nx.DiGraph()
    g.add_nodes_from(range(nodes))
    for a, b, w in edges:
        old = g.get_edge_data(a, b, {"weight": 0})["weight"]
        g.add_edge(a, b, weight=old + w)
    for a, b, d in g.edges(data=True):
        # Exact lengths: with rounded ones networkx tells equal paths apart.
        d["length"] = 1 / Fraction(d["weight"])
    values = lambda m: [m[i] for i in range(nodes)]
    case = {
        "nodes": nodes, "edges": edges,
        "pagerank": values(nx.pagerank(g, tol=1e-15, max_iter=10000)),
        "betweenness": values(nx.betweenness_centrality(g, weight="length")),
        "betweenness_unweighted": values(nx.betweenness_centrality(g, normalized=False)),
        "reciprocity": nx.overall_reciprocity(g),
        "cycles": sorted(sorted(([c[c.index(min(c)):] + c[:c.index(min(c))] for c in nx.simple_cycles(g, length_bound=4)])),
                         key=len),
        "eigenvector": values(nx.eigenvector_centrality(g, weight="weight", max_iter=100000, tol=1e-15)) if strong else None,
    }
    cases.append(case)
json.dump({"source": f"networkx {nx.__version__}", "cases": cases}, open("centrality.expected.json", "w"))
