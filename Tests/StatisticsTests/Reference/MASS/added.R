# An object added to a scaled map that stays as it is: R 4.2.2, stats (cmdscale, optim, isoreg).
# Data: R's eurodist; three cities are added to the map of the other eighteen.
# Classical: Gower's formula (1968) written out. By stress: sum of (d - dhat)^2 over all pairs, of the map and of the added
# city, with dhat fitted to all; Nelder-Mead and BFGS from 120 starts. Ratio and interval: least squares (slope and value at
# the least dissimilarity at least 0). Ordinal: isotonic regression, equal dissimilarities ordered by their distance.
# Run: Rscript added.R > added.json
d <- as.matrix(eurodist)
out <- c(3, 10, 17)
active <- setdiff(seq_len(nrow(d)), out)
a <- d[active, active]
n <- nrow(a)
fit <- cmdscale(a, k = 2, eig = TRUE)
x <- fit$points
J <- diag(n) - 1 / n
B <- -0.5 * J %*% a^2 %*% J
gower <- t(sapply(out, function(o) 0.5 * diag(1 / fit$eig[1:2]) %*% t(x) %*% (diag(B) - d[o, active]^2)))

pairs <- which(upper.tri(a), arr.ind = TRUE)
fixed <- as.vector(sqrt(rowSums((x[pairs[, 1], ] - x[pairs[, 2], ])^2)))
values <- a[pairs]
disparity <- function(level, v, dist) {
  if (level == "ratio") return(v * sum(v * dist) / sum(v^2))
  if (level == "interval") {
    u <- v - min(v)
    b <- coef(lm(dist ~ u))
    if (b[2] < 0) return(rep(mean(dist), length(v)))
    if (b[1] < 0) return(u * sum(u * dist) / sum(u^2))
    return(b[1] + b[2] * u)
  }
  o <- order(v, dist)
  f <- numeric(length(v))
  f[o] <- isoreg(dist[o])$yf
  f
}
misfit <- function(y, level, added) {
  dist <- c(fixed, sqrt(colSums((t(x) - y)^2)))
  sum((dist - disparity(level, c(values, added), dist))^2)
}
set.seed(7)
best <- function(level, added) {
  least <- Inf
  for (k in 1:120) {
    y <- if (k <= n) x[k, ] * 0.95 else rnorm(2) * 1000
    one <- optim(y, misfit, level = level, added = added, control = list(maxit = 4000, reltol = 1e-14))
    two <- optim(one$par, misfit, level = level, added = added, method = "BFGS", control = list(reltol = 1e-15))
    least <- min(least, one$value, two$value)
  }
  least
}
g <- function(v) paste0("[", paste(trimws(formatC(v, digits = 15, format = "g")), collapse = ", "), "]")
m <- function(v) paste0("[", paste(apply(v, 1, g), collapse = ", "), "]")
least <- t(sapply(c("ratio", "interval", "ordinal"), function(l) sapply(out, function(o) best(l, d[o, active]))))
cat("{\n\"active\": ", m(a), ",\n\"added\": ", m(d[out, active]), ",\n\"points\": ", m(x), ",\n\"gower\": ", m(gower),
  ",\n\"misfit\": ", m(least), "\n}\n", sep = "")
