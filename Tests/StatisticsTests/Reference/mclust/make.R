# Rscript make.R > mixtures.expected.json
suppressMessages(library(mclust))
families <- c("EII", "VII", "EEI", "VVI", "EEE", "VVV")
set.seed(4)
k <- 3; n <- 240; d <- 3
mu <- matrix(rnorm(k * d, 0, 2.5), k); g <- sample(k, n, TRUE, c(.5, .3, .2))
made <- mu[g, ] + matrix(rnorm(n * d), n) * c(.6, 1, 1.4)[g]
made[, 2] <- made[, 2] + .7 * made[, 1]
made <- round(made, 3)
sets <- list(faithful = as.matrix(faithful), made = made)
number <- function(v) paste0("[", paste(sprintf("%.17g", v), collapse = ", "), "]")
one <- function(x, name) {
  fits <- list()
  for (family in families) for (G in 1:4) {
    m <- Mclust(x, G = G, modelNames = family, verbose = FALSE, control = emControl(tol = 1e-10))
    fits[[length(fits) + 1]] <- sprintf('{"family": "%s", "components": %d, "log_likelihood": %.17g, "parameters": %d, "bic": %.17g, "icl": %.17g}',
      family, G, m$loglik, as.integer(m$df), m$bic, m$icl)
  }
  paste0('{"name": "', name, '", "points": [', paste(apply(x, 1, number), collapse = ",\n"), '],\n"fits": [', paste(fits, collapse = ",\n"), ']}')
}
cat('{"version": "R ', as.character(getRversion()), ', mclust ', as.character(packageVersion("mclust")), '",\n"sets": [',
  paste(mapply(one, sets, names(sets)), collapse = ",\n"), ']}\n', sep = "")
