# Agreement of judges: vegan::kendall.global (W corrected for ties), psych::ICC (Shrout & Fleiss), vegan::protest.
suppressMessages({library(vegan); library(psych); library(jsonlite)})
set.seed(11)
truth <- rnorm(9)
judges <- t(sapply(1:5, function(j) round(2 * (truth + rnorm(9)) + j)))
kendall <- kendall.global(t(judges), nperm = 9)$Concordance_analysis[, 1]
icc <- ICC(t(judges), lmer = FALSE)$results
first <- matrix(rnorm(18), ncol = 2)
second <- first %*% matrix(c(1, 2, -2, 1), 2) + rnorm(18)
fit <- protest(first, second, permutations = 9999)
write_json(list(
  judges = judges, w = kendall[["W"]], chi2 = kendall[["Chi2"]],
  icc2 = icc$ICC[icc$type == "ICC2"], icc3 = icc$ICC[icc$type == "ICC3"],
  first = first, second = second, procrustes = fit$t0, p = fit$signif,
  versions = list(R = R.version.string, vegan = as.character(packageVersion("vegan")),
                  psych = as.character(packageVersion("psych")))),
  "judges.expected.json", digits = 12, auto_unbox = TRUE)
