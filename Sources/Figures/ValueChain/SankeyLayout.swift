import Graphics

/// A Sankey diagram laid out from left to right: nodes as bars as high as what passes through them, in px from the
/// upper left corner of its room. Money that runs in circles returns in lanes beneath.
struct SankeyLayout {
  struct Node {
    var rect: Rect
    var column: Int
  }
  struct Ribbon {
    var payment: Int
    /// Outline, filled.
    var path: Path
    var middle: Point
    var returns: Bool
    /// Points along its middle, close together, and px across.
    var spine: [Point]
    var thickness: Double
  }

  static let bar = 12.0
  /// A band that returns is at most this wide, px: it turns twice beside the bars, where there is little room.
  static let widestReturn = 56.0
  private(set) var nodes: [Node] = []
  private(set) var ribbons: [Ribbon] = []
  private(set) var columns = 0
  private(set) var height = 0.0

  private let flows: MoneyFlows
  private var scale: Double
  /// Payments that close a circle.
  private var back = Set<Int>()
  private var depth: [Int]
  private var routes: [[Int]] = []
  private var line: [Double] = []

  /// - Parameters:
  ///   - room: Height of the fullest column without the room of its labels, px.
  ///   - above: px that each node's label takes above its bar, by node and whether money passes on.
  ///   - place: x of a column's bars.
  ///   - stages: The column of each node, where that is given; flows then lead to later columns only.
  init(
    _ flows: MoneyFlows, room: Double, above: (Int) -> Double, beside: (Int) -> Double,
    place: (Int, Int) -> Double, stages: [Int]? = nil
  ) {
    self.flows = flows
    depth = [Int](repeating: 0, count: flows.actors.count)
    var most = 0.0
    for actor in flows.actors.indices { most = max(most, flows.paidIn(actor), flows.paidOut(actor)) }
    scale = most > 0 ? room / most : 0
    if let stages {
      depth = stages
      columns = (stages.max() ?? 0) + 1
    } else {
      findCircles()
      let returned = back.map { flows.payments[$0].value }.max() ?? 0
      if returned * scale > Self.widestReturn { scale = Self.widestReturn / returned }
      assignColumns()
    }
    settle(above, beside)
    draw(place)
  }

  /// px that returning bands reach beyond the bars they leave and meet; 0 without any.
  var reach: Double { back.map { Self.turn + thickness(flows.payments[$0].value) }.max() ?? 0 }
  /// px between a bar and the inner edge of a band that turns beside it.
  private static let turn = 10.0

  func thickness(_ value: Double) -> Double { max(1, value * scale) }

  private func through(_ actor: Int) -> Double {
    let ins = flows.payments.filter { $0.to == actor }.reduce(0) { $0 + thickness($1.value) }
    let outs = flows.payments.filter { $0.from == actor }.reduce(0) { $0 + thickness($1.value) }
    return max(ins, outs, 2)
  }

  /// Depth first from those who are paid by nobody; a payment to someone on the way closes a circle.
  private mutating func findCircles() {
    var state = [Int](repeating: 0, count: flows.actors.count)
    let sources = flows.actors.indices.filter { flows.paidIn($0) == 0 }
    var order: [Int] = []
    for start in sources + Array(flows.actors.indices) where state[start] == 0 {
      var stack = [(node: start, next: 0)]
      state[start] = 1
      while let top = stack.last {
        let out = flows.payments.indices.filter { flows.payments[$0].from == top.node }
        if top.next < out.count {
          stack[stack.count - 1].next += 1
          let to = flows.payments[out[top.next]].to
          if state[to] == 0 {
            state[to] = 1
            stack.append((to, 0))
          } else if state[to] == 1 {
            back.insert(out[top.next])
          }
        } else {
          state[top.node] = 2
          order.append(top.node)
          stack.removeLast()
        }
      }
    }
    for node in order.reversed() {
      for (index, payment) in flows.payments.enumerated() where payment.from == node && !back.contains(index) {
        depth[payment.to] = max(depth[payment.to], depth[node] + 1)
      }
    }
  }

  /// Those who keep what they get stand at the end, those who only pay stand beside whom they pay.
  private mutating func assignColumns() {
    columns = (depth.max() ?? 0) + 1
    for actor in flows.actors.indices {
      let ahead = flows.payments.indices.filter { flows.payments[$0].from == actor && !back.contains($0) }
      if ahead.isEmpty, !flows.payments.contains(where: { $0.from == actor }) { depth[actor] = columns - 1 }
      if flows.paidIn(actor) == 0, let nearest = ahead.map({ depth[flows.payments[$0].to] }).min() {
        depth[actor] = max(0, nearest - 1)
      }
    }
  }

  private mutating func settle(_ above: (Int) -> Double, _ beside: (Int) -> Double) {
    var layers = [[Int]](repeating: [], count: columns)
    var cells: [RowCell] = []
    for actor in flows.actors.indices {
      layers[depth[actor]].append(actor)
      let half = max(through(actor), beside(actor)) / 2
      cells.append(RowCell(before: half + above(actor), after: half, gap: 12, isSoft: false))
    }
    var edges: [(upper: Int, lower: Int)] = []
    var links: [RowLink] = []
    for (index, payment) in flows.payments.enumerated() {
      guard !back.contains(index) else {
        routes.append([])
        continue
      }
      var route = [payment.from]
      if depth[payment.to] > depth[payment.from] + 1 {
        for column in (depth[payment.from] + 1)..<depth[payment.to] {
          route.append(cells.count)
          layers[column].append(cells.count)
          let half = thickness(payment.value) / 2
          cells.append(RowCell(before: half, after: half, gap: 10, isSoft: false))
        }
      }
      route.append(payment.to)
      for (a, b) in zip(route, route.dropFirst()) {
        edges.append((a, b))
        links.append(RowLink(a: a, b: b, weight: payment.value * scale + 0.1))
      }
      routes.append(route)
    }
    let graph = LayeredGraph(layers: layers, edges: edges, ties: [], nodeCount: cells.count)
    let ordered = LayerOrder.best(graph).layers
    line = RowSettling.settle(rows: ordered, cells: cells, links: links, extent: nil)
    height = cells.indices.map { line[$0] + cells[$0].after }.max() ?? 0
  }

  private mutating func draw(_ place: (Int, Int) -> Double) {
    var columnOf = depth
    for route in routes {
      for (step, cell) in route.enumerated() where cell >= flows.actors.count {
        if columnOf.count <= cell {
          columnOf += [Int](repeating: 0, count: cell + 1 - columnOf.count)
        }
        columnOf[cell] = depth[route[0]] + step
      }
    }
    nodes = flows.actors.indices.map { actor in
      let high = through(actor)
      return Node(
        rect: Rect(x: place(depth[actor], columns), y: line[actor] - high / 2, width: Self.bar, height: high),
        column: depth[actor])
    }
    // Where each payment meets the bars of its ends, stacked by where the other end stands.
    var leaves = [Double](repeating: 0, count: flows.payments.count)
    var arrives = leaves
    for actor in flows.actors.indices {
      var y = nodes[actor].rect.y
      let out = flows.payments.indices.filter { flows.payments[$0].from == actor }
      for index in out.sorted(by: { (order($0, end: false), $0) < (order($1, end: false), $1) }) {
        leaves[index] = y + thickness(flows.payments[index].value) / 2
        y += thickness(flows.payments[index].value)
      }
      y = nodes[actor].rect.y
      let into = flows.payments.indices.filter { flows.payments[$0].to == actor }
      for index in into.sorted(by: { (order($0, end: true), $0) < (order($1, end: true), $1) }) {
        arrives[index] = y + thickness(flows.payments[index].value) / 2
        y += thickness(flows.payments[index].value)
      }
    }
    let floor = height
    for (index, payment) in flows.payments.enumerated() {
      let t = thickness(payment.value)
      let start = Point(nodes[payment.from].rect.maxX, leaves[index])
      let end = Point(nodes[payment.to].rect.x, arrives[index])
      if back.contains(index) {
        height += 10 + t
        addReturn(index, start, end, lane: height - t / 2, t)
        continue
      }
      var knots = [start]
      for cell in routes[index].dropFirst().dropLast() {
        let x = place(columnOf[cell], columns)
        knots += [Point(x, line[cell]), Point(x + Self.bar, line[cell])]
      }
      knots.append(end)
      let middle = knots.count == 2 ? (start + end) * 0.5 : knots[knots.count / 2]
      ribbons.append(
        Ribbon(
          payment: index, path: ribbon(knots, t), middle: middle, returns: false, spine: spine(knots), thickness: t))
    }
    if height > floor { height += 6 }
  }

  /// Payments that return come last at both ends, next to their lane.
  private func order(_ index: Int, end: Bool) -> Double {
    if back.contains(index) { return .greatestFiniteMagnitude }
    let route = routes[index]
    return line[end ? route[route.count - 2] : route[1]]
  }

  private func ribbon(_ knots: [Point], _ t: Double) -> Path {
    func side(_ points: [Point], _ path: inout Path, first: Bool) {
      for (index, point) in points.enumerated() {
        if index == 0 {
          first ? path.move(point) : path.line(point)
        } else {
          let last = points[index - 1]
          let x = (last.x + point.x) / 2
          path.curve(Point(x, last.y), Point(x, point.y), point)
        }
      }
    }
    var path = Path()
    side(knots.map { Point($0.x, $0.y - t / 2) }, &path, first: true)
    side(knots.reversed().map { Point($0.x, $0.y + t / 2) }, &path, first: false)
    path.close()
    return path
  }

  private func spine(_ knots: [Point]) -> [Point] {
    zip(knots, knots.dropFirst()).flatMap { a, b in
      (0...32).map { step -> Point in
        let (t, s) = (Double(step) / 32, 1 - Double(step) / 32)
        // The curve of `ribbon`: both handles stand midway, level with their own end.
        return Point(
          a.x * s * s * s + 1.5 * (a.x + b.x) * s * t + b.x * t * t * t,
          a.y * s * s * (s + 3 * t) + b.y * t * t * (t + 3 * s))
      }
    }
  }

  private mutating func addReturn(_ index: Int, _ start: Point, _ end: Point, lane: Double, _ t: Double) {
    let out = Self.turn + t / 2
    func bend(_ sign: Double) -> [Point] {
      let h = t / 2 * sign
      return [
        Point(start.x, start.y + h), Point(start.x + out - h, start.y + h), Point(start.x + out - h, lane - h),
        Point(end.x - out + h, lane - h), Point(end.x - out + h, end.y + h), Point(end.x, end.y + h),
      ]
    }
    var path = Path()
    for (index, point) in (bend(-1) + bend(1).reversed()).enumerated() {
      index == 0 ? path.move(point) : path.line(point)
    }
    path.close()
    let corners = [
      start, Point(start.x + out, start.y), Point(start.x + out, lane), Point(end.x - out, lane),
      Point(end.x - out, end.y), end,
    ]
    let spine = zip(corners, corners.dropFirst()).flatMap { a, b in
      (0...32).map { a + (b - a) * (Double($0) / 32) }
    }
    ribbons.append(
      Ribbon(
        payment: index, path: path, middle: Point((start.x + end.x) / 2, lane), returns: true, spine: spine,
        thickness: t))
  }
}
