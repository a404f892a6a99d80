# Rscript make.R, in this folder: draws answers.csv (invented, fixed seed) and writes what ca::mjca and FactoMineR::MCA make of it.
suppressMessages({library(ca); library(FactoMineR)})
version <- paste0("R ", getRversion(), ", ca ", packageVersion("ca"), ", FactoMineR ", packageVersion("FactoMineR"))

set.seed(33)
n <- 160
taste <- rnorm(n); money <- rnorm(n)
cut3 <- function(x, words) as.character(cut(x, c(-Inf, -.5, .6, Inf), words))
answers <- data.frame(
  drink = cut3(taste + rnorm(n, 0, .7), c("tea", "coffee", "cocoa")),
  place = cut3(taste + money / 2 + rnorm(n, 0, .8), c("home", "work", "cafe")),
  price = cut3(money + rnorm(n, 0, .6), c("low", "middle", "high")),
  cake = ifelse(taste + rnorm(n) > .3, "yes", "no"),
  visits = pmin(4, pmax(1, round(2.5 + .8 * taste - .5 * money + rnorm(n, 0, .7)))),
  brand = sample(c("Ash", "Birch", "Cedar", "Elm"), n, TRUE),
  weight = round(runif(n, .5, 2), 2))
answers$brand[taste > 1] <- "Cedar"
write.csv(answers, "answers.csv", row.names = FALSE, quote = FALSE)

number <- function(x) { x <- as.numeric(x); ifelse(is.finite(x), sprintf("%.14g", x), "null") }
list_of <- function(x) paste0("[", paste(number(x), collapse = ", "), "]")
table_of <- function(m) paste0("[", paste(apply(as.matrix(m), 1, list_of), collapse = ",\n    "), "]")
names_of <- function(x) paste0("[", paste0('"', x, '"', collapse = ", "), "]")
write_json <- function(path, fields)
  writeLines(paste0("{\n", paste0('  "', names(fields), '": ', unlist(fields), collapse = ",\n"), "\n}"), path)

data <- data.frame(lapply(answers[1:6], factor))
for (rule in c("indicator", "Burt", "adjusted")) {
  fit <- mjca(data, lambda = rule, supcol = 6, nd = NA)
  plain <- mjca(data[1:5], lambda = rule, nd = NA)  # distances and masses of the active levels
  k <- sum(fit$sv^2 > 1e-12, na.rm = TRUE)
  sup <- fit$colsup
  axes <- seq_len(min(k, ncol(fit$colpcoord)))
  write_json(paste0("mjca-", tolower(rule), ".expected.json"), list(
    source = paste0('"', version, '"'), levels = names_of(fit$levelnames),
    inertias = list_of(fit$sv[axes]^2), percentages = list_of(100 * fit$inertia.e[axes]),
    total = list_of(fit$inertia.t),
    principal = table_of(fit$colpcoord[-sup, axes]), supplementary = table_of(fit$colpcoord[sup, axes]),
    contributions = table_of(100 * fit$colctr[-sup, axes]), cosines = table_of(fit$colcor[-sup, axes]),
    masses = list_of(plain$colmass), level_inertias = list_of(plain$colinertia)))
}

fit <- MCA(data, quali.sup = 6, ncp = 50, graph = FALSE)
weighted <- MCA(data, quali.sup = 6, ncp = 50, row.w = answers$weight, graph = FALSE)
describe <- function(fit) list(
  source = paste0('"', version, '"'), levels = names_of(rownames(fit$var$coord)), inertias = list_of(fit$eig[, 1]),
  percentages = list_of(fit$eig[, 2]), principal = table_of(fit$var$coord), contributions = table_of(fit$var$contrib),
  cosines = table_of(fit$var$cos2), ratios = table_of(fit$var$eta2), supplementary = table_of(fit$quali.sup$coord),
  supplementary_cosines = table_of(fit$quali.sup$cos2))
write_json("factominer.expected.json", describe(fit))
write_json("factominer-weighted.expected.json", describe(weighted))
