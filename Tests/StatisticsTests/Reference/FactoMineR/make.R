# Rscript make.R: expected components and test values of R's FactoMineR, beside this script. Inputs are written too.
library(FactoMineR)
version <- paste0("R ", getRversion(), ", FactoMineR ", packageVersion("FactoMineR"))
number <- function(x) { x <- as.numeric(x); ifelse(is.finite(x), sprintf("%.15g", x), "null") }
list_of <- function(x) paste0("[", paste(number(x), collapse = ", "), "]")
table_of <- function(m) paste0("[", paste(apply(as.matrix(m), 1, list_of), collapse = ",\n    "), "]")
write_json <- function(path, fields)
  writeLines(paste0("{\n", paste0('  "', names(fields), '": ', unlist(fields), collapse = ",\n"), "\n}"), path)

components <- function(path, x, scale, weights = rep(1, nrow(x)), rows = NULL, columns = NULL) {
  active <- setdiff(seq_len(nrow(x)), rows)
  fit <- PCA(x, scale.unit = scale, ncp = 10, graph = FALSE, row.w = weights[active], ind.sup = rows, quanti.sup = columns)
  write_json(path, list(
    source = paste0('"', version, '"'), table = table_of(x), weights = list_of(weights),
    scale = if (scale) '"correlation"' else '"covariance"',
    supplementary_rows = list_of(rows - 1), supplementary_columns = list_of(columns - 1),
    eigenvalues = list_of(fit$eig[, 1]), rows = table_of(fit$ind$coord), row_cos2 = table_of(fit$ind$cos2),
    row_contributions = table_of(fit$ind$contrib), columns = table_of(fit$var$coord),
    column_cos2 = table_of(fit$var$cos2), column_contributions = table_of(fit$var$contrib),
    passive_rows = if (is.null(rows)) "[]" else table_of(fit$ind.sup$coord),
    passive_row_cos2 = if (is.null(rows)) "[]" else table_of(fit$ind.sup$cos2),
    passive_columns = if (is.null(columns)) "[]" else table_of(fit$quanti.sup$coord),
    passive_column_cos2 = if (is.null(columns)) "[]" else table_of(fit$quanti.sup$cos2)))
}
set.seed(5)
x <- round(matrix(rnorm(60), 12) %*% matrix(rnorm(25), 5) + rep(c(10, 5, 0, 100, 2), each = 12), 3)
components("correlation.expected.json", x, TRUE)
components("covariance.expected.json", x, FALSE)
components("supplementary.expected.json", x, TRUE, c(1:6, 6:1) / 2, c(3, 11), 4)
components("supplementary-covariance.expected.json", x, FALSE, rep(1, 12), 2, 1)
components("usarrests.expected.json", as.matrix(USArrests), TRUE)

group <- factor(c(rep("a", 30), rep("b", 25), rep("c", 45)))
score <- round(rnorm(100) + as.integer(group) / 2, 2)
level <- factor(sample(c("x", "y", "z"), 100, TRUE, c(.5, .3, .2)))
level[1:20] <- "x"
frame <- data.frame(group, score, level)
fit <- catdes(frame, 1, proba = 1)
write_json("catdes.expected.json", list(
  source = paste0('"', version, '"'), group = list_of(as.integer(group) - 1), score = list_of(score),
  level = list_of(as.integer(level) - 1), eta2 = number(fit$quanti.var["score", "Eta2"]),
  eta2_p = number(fit$quanti.var["score", "P-value"]),
  score_v = list_of(sapply(levels(group), function(g) fit$quanti[[g]]["score", "v.test"])),
  level_v = table_of(t(sapply(levels(group), function(g)
    sapply(levels(level), function(l) fit$category[[g]][paste0("level=", l), "v.test"]))))))
