/// Gives every actor a stage, where the data name none by the longest path of what is handed on.
enum StageAssignment {
  /// - Returns: A stage an actor, from 0 without holes, and how many there are; `named` is true where the stages are the data's.
  static func stages(_ contents: ChainContents) -> (of: [Int], count: Int, named: Bool) {
    let actors = contents.actors
    guard actors.contains(where: { $0.stage != nil }) else {
      let depth = longestPath(actors.count, contents.flows)
      return (depth, (depth.max() ?? -1) + 1, false)
    }
    var stage = actors.map(\.stage)
    let last = contents.stages.count - 1
    // Those without a stage follow their suppliers; rounds, since suppliers may lack one too.
    for _ in actors.indices {
      var changed = false
      for index in stage.indices where stage[index] == nil {
        let before = contents.flows.filter { $0.to == index && $0.kind != .money }.compactMap { stage[$0.from] }.max()
        let after = contents.flows.filter { $0.from == index && $0.kind != .money }.compactMap { stage[$0.to] }.min()
        if let before {
          stage[index] = min(before + 1, last)
        } else if let after {
          stage[index] = max(after - 1, 0)
        } else {
          continue
        }
        changed = true
      }
      if !changed { break }
    }
    let given = stage.map { $0 ?? last }
    // A stage nobody stands in gets no column.
    return (given, last + 1, true)
  }

  /// Longest path over what is handed on; where nothing but money flows, over money. Flows that close a circle are left out.
  private static func longestPath(_ count: Int, _ flows: [ChainFlow]) -> [Int] {
    let goods = flows.filter { $0.kind != .money }
    var next = [[Int]](repeating: [], count: count)
    for flow in goods.isEmpty ? flows : goods where !next[flow.from].contains(flow.to) {
      next[flow.from].append(flow.to)
    }
    var order: [Int] = []
    // 0 not seen, 1 on the way, 2 done; an explicit stack, since chains may be long.
    var state = [Int](repeating: 0, count: count)
    var back = Set<[Int]>()
    for start in 0..<count where state[start] == 0 {
      var stack = [(node: start, child: 0)]
      state[start] = 1
      while let top = stack.last {
        if top.child < next[top.node].count {
          stack[stack.count - 1].child += 1
          let child = next[top.node][top.child]
          if state[child] == 0 {
            state[child] = 1
            stack.append((child, 0))
          } else if state[child] == 1 {
            back.insert([top.node, child])
          }
        } else {
          state[top.node] = 2
          order.append(top.node)
          stack.removeLast()
        }
      }
    }
    var depth = [Int](repeating: 0, count: count)
    for node in order.reversed() {
      for child in next[node] where !back.contains([node, child]) { depth[child] = max(depth[child], depth[node] + 1) }
    }
    return depth
  }
}
