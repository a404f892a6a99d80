# Rscript make.R, in this folder: varimax by stats and psych, and the plane turned to a brand found by search, not by eigenvectors.
suppressMessages({library(ca); library(psych)})
version <- paste0("R ", getRversion(), ", ca ", packageVersion("ca"), ", psych ", packageVersion("psych"))
number <- function(x) sprintf("%.14g", as.numeric(x))
list_of <- function(x) paste0("[", paste(number(x), collapse = ", "), "]")
table_of <- function(m) paste0("[", paste(apply(as.matrix(m), 1, list_of), collapse = ",\n    "), "]")
write_json <- function(path, fields)
  writeLines(paste0("{\n", paste0('  "', names(fields), '": ', unlist(fields), collapse = ",\n"), "\n}"), path)

# Varimax with Kaiser's normalisation of component loadings; psych stops at 1e-5, so its scores agree to three digits.
table <- rbind(c(7,3,6,2,8,1), c(2,8,3,9,1,4), c(5,5,7,4,6,8), c(9,2,8,1,7,3), c(3,7,1,8,2,9), c(6,4,5,6,9,5),
               c(1,9,2,7,3,2), c(8,1,9,3,5,7))
e <- eigen(cor(table))
loadings <- e$vectors %*% diag(sqrt(e$values))
turned <- lapply(2:3, function(k) unclass(varimax(loadings[, 1:k], normalize = TRUE, eps = 1e-15)$loadings))
p <- principal(table, nfactors = 2, rotate = "varimax")
write_json("varimax.expected.json", list(
  source = paste0('"', version, '"'), table = table_of(table), two = table_of(turned[[1]]), three = table_of(turned[[2]]),
  psych_scores = table_of(p$scores)))

# The plane through the centre and one row that shows most of the inertia, over all directions beside that row.
focus <- function(counts, row) {
  fit <- ca(counts)
  k <- length(fit$sv)
  f <- as.matrix(cacoord(fit, type = "principal", dim = 1:k)$rows)
  inertia <- diag(fit$sv^2)
  u <- f[row, ] / sqrt(sum(f[row, ]^2))
  beside <- qr.Q(qr(cbind(u, diag(k))))[, 2:k, drop = FALSE]
  shown <- function(v) drop(t(v) %*% inertia %*% v)
  # Two angles for three dimensions, one less than the dimensions in general.
  v_of <- function(angles) {
    x <- 1
    for (a in angles) x <- c(x * cos(a), sin(a))
    drop(beside %*% x)
  }
  best <- NULL
  for (start in seq(-1.4, 1.4, .35)) {
    o <- optim(rep(start, k - 2), function(a) -shown(v_of(a)), method = "BFGS", control = list(reltol = 1e-16, maxit = 1000))
    if (is.null(best) || o$value < best$value) best <- o
  }
  plane <- cbind(u, v_of(best$par))
  total <- sum(diag(t(plane) %*% inertia %*% plane))
  within <- eigen(t(plane) %*% inertia %*% plane)
  list(total = total, eigenvalues = within$values, rows = f %*% plane %*% within$vectors,
       quality = rowSums((f %*% plane)^2) / rowSums(f^2))
}
smoke <- rbind(c(4,2,3,2), c(4,3,7,4), c(25,10,12,4), c(18,24,33,13), c(10,6,7,2))
set.seed(5)
invented <- matrix(rpois(42, exp(outer(rnorm(7, 2, .7), rnorm(6, 0, .4), "+") + matrix(rnorm(42, 0, .5), 7))) + 1, 7)
results <- list(smoke = focus(smoke, 2), invented = focus(invented, 4))
write_json("focus.expected.json", c(list(source = paste0('"', version, '"'), invented_counts = table_of(invented)),
  unlist(lapply(names(results), function(n) {
    r <- results[[n]]
    setNames(list(list_of(r$eigenvalues), table_of(r$rows), list_of(r$quality)), paste0(n, c("_eigenvalues", "_rows", "_quality")))
  }), recursive = FALSE)))
