# Internal preference map by prcomp: nine invented brands, seven invented persons; run: Rscript internal.R > internal.json
z <- rbind(
  c(7, 3, 6, 2, 8, 1, 5, 4, 6), c(2, 8, 3, 9, 1, 4, 4, 6, 2), c(5, 5, 7, 4, 6, 8, 3, 5, 9), c(9, 2, 8, 1, 7, 3, 6, 4, 5),
  c(3, 7, 1, 8, 2, 9, 5, 6, 3), c(6, 4, 5, 6, 9, 5, 7, 2, 8), c(1, 9, 2, 7, 3, 2, 6, 5, 4))
num <- function(v) paste0("[", paste(formatC(v, digits = 15, format = "g"), collapse = ", "), "]")
n <- nrow(z); p <- ncol(z)
# Brands are rows and persons columns, so that centring columns centres persons.
fit <- prcomp(t(z))
places <- fit$x / sqrt(n)
cat('{"source": "', R.version.string, ' prcomp",\n', sep = "")
cat('"z": [', paste(apply(z, 1, num), collapse = ",\n"), '],\n', sep = "")
cat('"eigenvalues": ', num(fit$sdev^2 * (p - 1) / p / n), ',\n', sep = "")
cat('"places": [', paste(apply(places[, 1:3], 1, num), collapse = ",\n"), ']}\n', sep = "")
