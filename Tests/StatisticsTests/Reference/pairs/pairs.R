# Reference for tests of pairs: R 4.2.2 (pairwise.prop.test, pairwise.t.test, p.adjust, prop.test, t.test).
# Run: Rscript pairs.R > pairs.json
yes <- c(40, 22, 31, 9); n <- c(80, 61, 45, 33)
set.seed(5)
values <- list(round(rnorm(25, 5, 2), 1), round(rnorm(40, 6.2, 1.5), 1), round(rnorm(18, 4.4, 1), 1), round(rnorm(31, 5.3, 3), 1))
g <- rep(1:4, lengths(values))
s <- function(v) paste0("[", paste(trimws(formatC(v, digits = 15, format = "g")), collapse = ", "), "]")
m <- function(v) paste0("[", paste(sapply(v, s), collapse = ", "), "]")
pairs <- combn(4, 2)
share <- apply(pairs, 2, function(p) suppressWarnings(prop.test(yes[p], n[p], correct = FALSE)$p.value))
mean <- apply(pairs, 2, function(p) t.test(values[[p[1]]], values[[p[2]]])$p.value)
meanLimits <- apply(pairs, 2, function(p) t.test(values[[p[1]]], values[[p[2]]])$conf.int)
stopifnot(all.equal(sort(p.adjust(share, "bonferroni")), sort(c(na.omit(c(suppressWarnings(pairwise.prop.test(yes, n, "bonferroni", correct = FALSE)$p.value)))))))
stopifnot(all.equal(sort(p.adjust(mean, "fdr")), sort(c(na.omit(c(pairwise.t.test(unlist(values), g, "fdr", pool.sd = FALSE)$p.value))))))
# Newcombe (1998), table II: 56/70 against 48/80 gives 0.0524 to 0.3339 by method 10.
cat("{\n\"yes\": ", s(yes), ",\n\"n\": ", s(n), ",\n\"values\": ", m(values), ",\n\"first\": ", s(pairs[1, ] - 1), ",\n\"second\": ", s(pairs[2, ] - 1),
    ",\n\"share\": ", s(share), ",\n\"mean\": ", s(mean), ",\n\"lower\": ", s(meanLimits[1, ]), ",\n\"upper\": ", s(meanLimits[2, ]),
    ",\n\"shareBonferroni\": ", s(p.adjust(share, "bonferroni")), ",\n\"shareFDR\": ", s(p.adjust(share, "fdr")),
    ",\n\"meanBonferroni\": ", s(p.adjust(mean, "bonferroni")), ",\n\"meanFDR\": ", s(p.adjust(mean, "fdr")), "\n}\n", sep = "")
