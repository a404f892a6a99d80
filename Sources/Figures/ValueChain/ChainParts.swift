import Graphics

/// All flows between two actors, drawn side by side: goods out, money back.
struct FlowBundle {
  /// The actor in the earlier layer, or that comes first in one layer.
  var first: Int
  var second: Int
  /// Flows from first to second, then those that return.
  var forward: [Int]
  var back: [Int]
  /// px across all bands and the space between them.
  var thickness = 0.0
}

/// What the layout of a chain needs to know: sizes and who is linked with whom, no words and no colours.
struct ChainParts {
  /// The room each actor's words need, px.
  var boxes: [Size]
  var stage: [Int]
  var stageCount: Int
  var flows: [(from: Int, to: Int)]
  /// px across, a flow.
  var widths: [Double]
  /// The room a band takes at least beside others of its bundle, px.
  var leastRoom = 5.0
  /// The room each flow's label needs; nil where it has none.
  var labels: [Size?]
}

/// How stages run over the page. The layout thinks in `u` along the stages and `v` across them.
enum ChainDirection {
  case rightward, downward

  func point(_ u: Double, _ v: Double) -> Point { self == .rightward ? Point(u, v) : Point(v, u) }
  func rect(u: Double, v: Double, along: Double, across: Double) -> Rect {
    self == .rightward
      ? Rect(x: u, y: v, width: along, height: across) : Rect(x: v, y: u, width: across, height: along)
  }
  func along(_ size: Size) -> Double { self == .rightward ? size.width : size.height }
  func across(_ size: Size) -> Double { self == .rightward ? size.height : size.width }
}

/// A chain laid out, in px from its own upper left corner.
struct ChainPlacement {
  struct Band {
    var path: Path
    /// Where its arrow touches the box, and the way it points.
    var tip: Point
    var heading: Point
    /// The middle of the band, for those who look for it without a label.
    var middle: Point
  }

  var boxes: [Rect]
  /// One a flow.
  var bands: [Band?]
  /// Where the label of a flow stands, and how its lines are set.
  var labels: [(frame: Rect, align: TextRun.Anchor)?]
  /// From where to where each stage reaches along the stages; nil for a stage without actors.
  var stages: [ClosedRange<Double>?]
  var size: Size
  /// Bundles that cross.
  var crossings: Int
  /// True where a row was too full for its bands, which then run closer than they should.
  var isTight: Bool
}
