# Classical and nonmetric scaling: stats::cmdscale, MASS::isoMDS (primary ties, Kruskal's stress-1 in percent) and
# vegan::monoMDS (stress-1, primary and secondary ties; also its linear level, a straight line with any start).
# Data: R's eurodist (road distances of 21 cities); a table of 8 objects drawn from a seed, in whole numbers with ties.
suppressMessages({library(MASS); library(vegan); library(jsonlite)})

stress_of <- function(d, dims, ties, level = "global", tries = 60) {
  best <- Inf
  for (seed in seq_len(tries)) {
    set.seed(seed)
    start <- if (seed == 1) cmdscale(d, k = dims) else matrix(rnorm(attr(d, "Size") * dims), ncol = dims)
    fit <- monoMDS(d, y = start, k = dims, model = level, weakties = ties == "primary", maxit = 2000,
                   smin = 1e-7, sfgrmin = 1e-10, sratmax = 0.999999999)
    best <- min(best, fit$stress)
  }
  best
}

isoMDS_of <- function(d, dims, tries = 60) {
  best <- Inf
  for (seed in seq_len(tries)) {
    set.seed(seed)
    start <- if (seed == 1) cmdscale(d, k = dims) else matrix(rnorm(attr(d, "Size") * dims), ncol = dims)
    # isoMDS refuses a dissimilarity of 0.
    best <- min(best, isoMDS(pmax(d, 1e-9), y = start, k = dims, maxit = 500, tol = 1e-8, trace = FALSE)$stress / 100)
  }
  best
}

results <- function(m) {
  d <- as.dist(m)
  classical <- cmdscale(d, k = 2, eig = TRUE)
  list(
    dissimilarities = unname(m),
    eigenvalues = classical$eig, points = unname(classical$points), goodness = classical$GOF,
    isoMDS = sapply(1:4, function(k) isoMDS_of(d, k)),
    primary = sapply(1:4, function(k) stress_of(d, k, "primary")),
    secondary = sapply(1:4, function(k) stress_of(d, k, "secondary")),
    linear = sapply(1:4, function(k) stress_of(d, k, "primary", "linear")),
    versions = list(R = R.version.string, MASS = as.character(packageVersion("MASS")),
                    vegan = as.character(packageVersion("vegan"))))
}

set.seed(7)
points <- matrix(rnorm(8 * 4), ncol = 4)
tied <- round(as.matrix(dist(points)) * 2)
write_json(results(tied), "tied.expected.json", digits = 12, auto_unbox = TRUE, pretty = FALSE)
write_json(results(as.matrix(eurodist)), "eurodist.expected.json", digits = 12, auto_unbox = TRUE, pretty = FALSE)
shared <- "../../../../../shared/data/cafe_similarities.csv"
if (file.exists(shared)) {
  s <- as.matrix(read.csv(shared, row.names = 1, check.names = FALSE))
  s <- (s + t(s)) / 2
  d <- max(s, na.rm = TRUE) - s
  diag(d) <- 0
  out <- results(d)
  out$dissimilarities <- NULL
  write_json(out, "cafes.expected.json", digits = 12, auto_unbox = TRUE)
}
