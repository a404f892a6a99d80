# Where brands of three waves stand on the map of the last one: run with `Rscript waves.R` in this folder.
# projected: supplementary rows of ca(); procrustes: a ca() a wave, turned onto the last about the origin.
library(ca)
table <- read.csv("counts.csv", check.names = FALSE)
counts <- as.matrix(table[, -(1:2)])
last <- which(table$wave == "Spring 2025")
fitted <- ca(counts, suprow = setdiff(seq_len(nrow(counts)), last))
projected <- fitted$rowcoord[, 1:2] %*% diag(fitted$sv[1:2])

alone <- function(rows) {
  map <- ca(counts[rows, ])
  map$rowcoord[, 1:2] %*% diag(map$sv[1:2])
}
base <- alone(last)
turned <- projected * NA
turned[last, ] <- base
for (wave in c("Spring 2024", "Autumn 2024")) {
  rows <- which(table$wave == wave)
  common <- intersect(table$brand[rows], table$brand[last])
  x <- alone(rows)
  a <- x[match(common, table$brand[rows]), ]
  b <- base[match(common, table$brand[last]), ]
  s <- svd(t(a) %*% b)
  turned[rows, ] <- x %*% (s$u %*% t(s$v))
}
write.csv(
  data.frame(brand = table$brand, wave = table$wave, px = projected[, 1], py = projected[, 2], tx = turned[, 1],
             ty = turned[, 2]),
  "expected.csv", row.names = FALSE, quote = FALSE)
cat(R.version.string, "ca", as.character(packageVersion("ca")), "\n", file = "versions.txt")
