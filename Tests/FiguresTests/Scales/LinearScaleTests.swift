import Figures
import Graphics
import Testing

@Suite struct LinearScaleTests {
  @Test func ticksAreRoundNumbersInside() {
    #expect(niceTicks(0, 1, 5) == [0, 0.2, 0.4, 0.6, 0.8, 1])
    #expect(niceTicks(0, 0.3, 3) == [0, 0.1, 0.2, 0.3])
    #expect(niceTicks(-3, 7, 5) == [-2, 0, 2, 4, 6])
    #expect(niceTicks(0, 98_000, 4) == [0, 20_000, 40_000, 60_000, 80_000])
    #expect(niceTicks(-1e-9, 1e-9, 4).contains(0))
  }

  @Test func ticksOfOddRanges() {
    #expect(niceTicks(2, 2) == [2])
    #expect(niceTicks(3, 2) == [])
    #expect(niceTicks(.nan, 2) == [])
    #expect(niceTicks(0, .infinity) == [])
    #expect(niceTicks(-Double.greatestFiniteMagnitude, .greatestFiniteMagnitude).contains { !$0.isFinite } == false)
    #expect(niceTicks(1, 1.0.nextUp) == [1, 1.0.nextUp])
    #expect(niceTicks(0, .leastNonzeroMagnitude).contains { !$0.isFinite } == false)
  }

  @Test func domainsGrowToRoundNumbers() {
    let domain = niceDomain(0.3, 9.2, 5)
    #expect(domain == (0, 10))
  }

  @Test func mapsEndsOntoEnds() {
    let scale = LinearScale(10, 20, start: 300, end: 100)
    #expect(scale(10) == 300)
    #expect(scale(20) == 100)
    #expect(scale(15) == 200)
    #expect(LinearScale(4, 4, start: 0, end: 100)(4) == 50)
    #expect(LinearScale(.nan, 4, start: 0, end: 100)(0) == 50)
  }
}

@Suite struct MapProjectionTests {
  @Test func oneScaleForBothDirections() {
    let room = Rect(x: 10, y: 20, width: 400, height: 300)
    let map = MapProjection(minX: -2, maxX: 2, minY: -1, maxY: 1, into: room)
    #expect(map.scale == 100)
    #expect(map(0, 0) == room.centre)
    let right = map(1, 0) - map(0, 0)
    let up = map(0, 1) - map(0, 0)
    #expect(right == Point(100, 0))
    #expect(up == Point(0, -100))
  }

  @Test func boundsWithoutExtentHaveAPlace() {
    let room = Rect(x: 0, y: 0, width: 100, height: 100)
    #expect(MapProjection(minX: 3, maxX: 3, minY: 4, maxY: 4, into: room)(3, 4) == Point(50, 50))
    #expect(MapProjection(minX: 0, maxX: 0, minY: 0, maxY: 2, into: room).scale == 50)
  }
}
