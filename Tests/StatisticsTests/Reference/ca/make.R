# Rscript make.R [folder of the two large tables]: expected results of R's ca, beside this script.
library(ca)
version <- paste0("R ", getRversion(), ", ca ", packageVersion("ca"))

number <- function(x) { x <- as.numeric(x); ifelse(is.finite(x), sprintf("%.12g", x), "null") }
list_of <- function(x) paste0("[", paste(number(x), collapse = ", "), "]")
table_of <- function(m) paste0("[", paste(apply(as.matrix(m), 1, list_of), collapse = ",\n    "), "]")
write_json <- function(path, fields)
  writeLines(paste0("{\n", paste0('  "', names(fields), '": ', unlist(fields), collapse = ",\n"), "\n}"), path)

expected <- function(path, counts, suprow = NA, supcol = NA) {
  fit <- ca(as.matrix(counts), suprow = suprow, supcol = supcol)
  nd <- length(fit$sv)
  coordinates <- cacoord(fit, type = "principal", dim = 1:nd)
  rows <- as.matrix(coordinates$rows); columns <- as.matrix(coordinates$columns)
  large <- nrow(counts) * ncol(counts) > 100
  fields <- list(
    source = paste0('"', version, '"'),
    counts = if (large) "null" else table_of(counts),
    supplementary_rows = if (all(is.na(suprow))) "[]" else list_of(suprow - 1),
    supplementary_columns = if (all(is.na(supcol))) "[]" else list_of(supcol - 1),
    singular_values = list_of(fit$sv), row_mass = list_of(fit$rowmass), column_mass = list_of(fit$colmass),
    row_inertia = list_of(fit$rowinertia), column_inertia = list_of(fit$colinertia),
    row_distance = list_of(fit$rowdist), column_distance = list_of(fit$coldist),
    rows_principal = table_of(rows), columns_principal = table_of(columns),
    rows_standard = table_of(fit$rowcoord), columns_standard = table_of(fit$colcoord),
    rows_green = table_of(cacoord(fit, type = "rowgreen", dim = 1:nd)$columns),
    columns_green = table_of(cacoord(fit, type = "colgreen", dim = 1:nd)$rows))
  if (large) fields <- fields[!grepl("standard|green", names(fields))]
  write_json(path, fields)
}

smoke <- read.csv("smoke.csv", row.names = 1)
expected("smoke.expected.json", smoke)
expected("smoke-supplementary.expected.json", smoke, suprow = 5, supcol = 1)
set.seed(20)
mean_counts <- exp(outer(rnorm(9, 2, .8), rnorm(7, 0, .5), "+") + matrix(rnorm(63, 0, .4), 9))
synthetic <- matrix(rpois(63, mean_counts) + 1, 9)
expected("synthetic.expected.json", synthetic)

folder <- commandArgs(TRUE)
if (length(folder) == 1) {
  autos <- read.csv(file.path(folder, "auto_brand_perceptions.csv"), row.names = 1)
  expected("autos.expected.json", autos)
  tech <- read.csv(file.path(folder, "tech_brand_survey.csv"))
  sums <- rowsum(tech[, 4:12], tech$brand, na.rm = TRUE)
  expected("tech-brands.expected.json", sums[unique(tech$brand), ])
}
