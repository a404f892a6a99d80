// Writes every table of the example study into the folder named.
import Glibc

guard CommandLine.arguments.count == 2 else {
  print("usage: ExampleData FOLDER")
  exit(2)
}
let folder = CommandLine.arguments[1]
let tables: [(String, CSVFile)] = [
  ("perceptions.csv", perceptions()), ("scores.csv", scoresOfUsers()), ("repairs.csv", repairs()),
  ("preferences.csv", preferences()),
  ("needs.csv", needsOfTrades()), ("loads.csv", loadsCarried()), ("customers.csv", customers()), ("actors.csv", actors()), ("flows.csv", flows()),
  ("referrals.csv", referrals()),
  ("channels.csv", channels()), ("sales.csv", sales()), ("strengths.csv", strengths()),
  ("trial-offer.csv", trialOffer()),
  ("tracker.csv", tracker()), ("judgements.csv", judgements()), ("statements.csv", statements()),
]
// Every file is tried, so that all that went wrong is said at once.
exit(tables.map { $1.write($0, to: folder) }.allSatisfy { $0 } ? 0 : 1)
