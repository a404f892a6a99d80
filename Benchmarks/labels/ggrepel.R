# Places the boxes of boxes.csv with ggrepel's own routine and compares: Rscript ggrepel.R boxes.csv ours.csv
# Displacement is the gap between the edge of a mark and its box, px; y runs downwards in both files.
suppressMessages(library(ggrepel))
arguments <- commandArgs(TRUE)
boxes <- read.csv(arguments[1])
ours <- read.csv(arguments[2])
canvas <- c(800, 600)
# geom_text_repel's standards at 96 dpi: box.padding 0.25 lines of 12 points, force 1, pull 1, 10,000 rounds, 0.5 s; all
# names are placed (max.overlaps = Inf), as ours are.
padding <- 0.25 * 12 * 96 / 72

measure <- function(left, top, set) {
  right <- left + set$width
  bottom <- top + set$height
  dx <- pmax(left - set$x, 0, set$x - right)
  dy <- pmax(top - set$y, 0, set$y - bottom)
  gap <- sqrt(dx^2 + dy^2) - set$radius
  n <- length(left)
  overlaps <- 0
  for (i in seq_len(n)) for (j in seq_len(n)) if (i < j && !is.na(left[i] + left[j]))
    overlaps <- overlaps + (left[i] < right[j] && left[j] < right[i] && top[i] < bottom[j] && top[j] < bottom[i])
  covered <- 0
  for (i in seq_len(n)) if (!is.na(left[i]))
    covered <- covered + sum(pmax(left[i] - set$x, 0, set$x - right[i])^2 + pmax(top[i] - set$y, 0, set$y - bottom[i])^2 <
      set$radius^2)
  outside <- sum(left < 0 | top < 0 | right > canvas[1] | bottom > canvas[2], na.rm = TRUE)
  c(gap = sum(pmax(gap, 0), na.rm = TRUE), overlaps = overlaps, covered = covered, outside = outside,
    missing = sum(is.na(left)))
}

rows <- list()
for (crowd in unique(boxes$crowd)) {
  set <- boxes[boxes$crowd == crowd, ]
  own <- ours[ours$crowd == crowd, ]
  # The routine works in a plane of its own scale; as the geom does, sizes are given in shares of the larger side.
  unit <- max(canvas)
  half <- cbind(set$width / 2 + padding, set$height / 2 + padding) / unit
  points <- cbind(set$x, set$y) / unit
  seconds <- system.time({
    set.seed(1)
    found <- ggrepel:::repel_boxes2(
      data_points = points, point_size = set$radius / unit, point_padding_x = 1e-6, point_padding_y = 1e-6,
      boxes = cbind(points[, 1] - half[, 1], points[, 2] - half[, 2], points[, 1] + half[, 1], points[, 2] + half[, 2]),
      xlim = c(0, canvas[1] / unit), ylim = c(0, canvas[2] / unit), hjust = rep(0.5, nrow(set)),
      vjust = rep(0.5, nrow(set)), force_push = 1e-6, force_pull = 1e-2, max_time = 0.5, max_overlaps = Inf,
      max_iter = 10000, direction = "both", verbose = 0)
  })[["elapsed"]]
  theirs <- measure(found$x * unit - set$width / 2, found$y * unit - set$height / 2, set)
  mine <- measure(own$left, own$top, set)
  rows[[crowd]] <- data.frame(
    crowd = crowd, ours_px = round(mine[["gap"]]), ggrepel_px = round(theirs[["gap"]]),
    ratio = round(mine[["gap"]] / theirs[["gap"]], 2), ours_overlaps = mine[["overlaps"]],
    ggrepel_overlaps = theirs[["overlaps"]], ours_covered = mine[["covered"]], ggrepel_covered = theirs[["covered"]],
    ours_outside = mine[["outside"]], ggrepel_outside = theirs[["outside"]], ours_unplaced = mine[["missing"]],
    ours_ms = round(own$ms[1], 1), ggrepel_ms = round(1000 * seconds))
}
options(width = 200)
print(do.call(rbind, rows), row.names = FALSE)
