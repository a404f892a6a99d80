import Glibc
import Graphics
import Labels
import Statistics

/// One crowd of names: marks with boxes for their names on a canvas.
struct Crowd {
  var name: String
  var requests: [LabelRequest]
  let canvas = Rect(x: 0, y: 0, width: 800, height: 600)

  /// Marks in a few clouds (or all over, with `clouds` 0), names of 4 to 14 letters of 7 px.
  init(_ name: String, count: Int, clouds: Int, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let centres = (0..<clouds).map { _ in
      Point(160 + 480 * random.uniform(), 120 + 360 * random.uniform())
    }
    self.name = name
    requests = (0..<count).map { at in
      var anchor = Point(20 + 760 * random.uniform(), 20 + 560 * random.uniform())
      if !centres.isEmpty {
        let centre = centres[at % centres.count]
        anchor = Point(centre.x + 75 * random.normal(), centre.y + 60 * random.normal())
      }
      let letters = 4 + random.index(below: 11)
      return LabelRequest(
        anchor: Point(min(790, max(10, anchor.x)), min(590, max(10, anchor.y))), radius: 4,
        size: Size(7 * Double(letters), 16))
    }
  }
}

let crowds = [
  Crowd("25 all over", count: 25, clouds: 0, seed: 1), Crowd("40 all over", count: 40, clouds: 0, seed: 2),
  Crowd("40 in clouds", count: 40, clouds: 3, seed: 3), Crowd("60 in clouds", count: 60, clouds: 4, seed: 4),
  Crowd("80 all over", count: 80, clouds: 0, seed: 5), Crowd("80 in clouds", count: 80, clouds: 5, seed: 6),
]

/// Of this thread alone: other work on the machine does not count.
func seconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

func fixed(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }

if CommandLine.arguments.dropFirst().first == "boxes" {
  print("crowd,x,y,radius,width,height")
  for crowd in crowds {
    for r in crowd.requests {
      print("\(crowd.name),\(fixed(r.anchor.x)),\(fixed(r.anchor.y)),\(r.radius),\(r.size.width),\(r.size.height)")
    }
  }
} else {
  print("crowd,left,top,width,height,ms")
  for crowd in crowds {
    var layout = placeLabels(crowd.requests, within: crowd.canvas)
    var times: [Double] = []
    for _ in 0..<9 {
      let start = seconds()
      layout = placeLabels(crowd.requests, within: crowd.canvas)
      times.append(1000 * (seconds() - start))
    }
    times.sort()
    for place in layout.placements {
      guard let box = place?.box else {
        print("\(crowd.name),,,,,\(fixed(times[4]))")
        continue
      }
      print("\(crowd.name),\(fixed(box.x)),\(fixed(box.y)),\(box.width),\(box.height),\(fixed(times[4]))")
    }
  }
}
