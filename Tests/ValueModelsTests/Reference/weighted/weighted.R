# Reference for weighted profiles: R 4.2.2, survey 4.1 (svyby: means and shares), base R (effective bases, tests, letters).
# Invented customers of ../catdes with invented weights; makes customers.csv and expected.csv. Run in this folder.
suppressMessages(library(survey))
d <- read.csv("../catdes/customers.csv")
set.seed(11)
d$w <- round(exp(rnorm(nrow(d), sd = .6)) * ifelse(d$region == "east", 2, 1), 3)
write.csv(d, "customers.csv", row.names = FALSE, quote = FALSE)
design <- svydesign(ids = ~1, weights = ~w, data = d)
groups <- c("north", "south", "east", "west")
kish <- function(w) sum(w)^2 / sum(w^2)
rows <- list()
add <- function(variable, level, y, isShare) {
  design$variables$y <- y
  means <- setNames(svyby(~y, ~region, design, svymean)$y, svyby(~y, ~region, design, svymean)$region)
  total <- unname(coef(svymean(~y, design)))
  variance <- sum(d$w * (y - total)^2) / sum(d$w); n <- kish(d$w)
  part <- lapply(groups, function(g) {
    at <- d$region == g; w <- d$w[at]; m <- unname(means[g]); v <- sum(w * (y[at] - m)^2) / sum(w); e <- kish(w)
    rest <- !at; mr <- weighted.mean(y[rest], d$w[rest]); er <- kish(d$w[rest]); f <- sum(w) / sum(d$w)
    s2 <- if (isShare && level != "") variance else variance * n / (n - 1)
    list(m = m, e = e, v = v, se = sqrt(v / (e - 1)), test = (m - total) / ((1 - f) * sqrt(s2 * (1 / e + 1 / er))))
  })
  pairs <- combn(4, 2)
  p <- apply(pairs, 2, function(k) {
    a <- part[[k[1]]]; b <- part[[k[2]]]
    if (isShare) { q <- (a$m * a$e + b$m * b$e) / (a$e + b$e); return(2 * pnorm(-abs(a$m - b$m) / sqrt(q * (1 - q) * (1 / a$e + 1 / b$e)))) }
    u <- a$se^2; z <- b$se^2
    2 * pt(-abs(a$m - b$m) / sqrt(u + z), (u + z)^2 / (u^2 / (a$e - 1) + z^2 / (b$e - 1)))
  })
  for (k in 1:4) {
    letters <- function(method) paste(LETTERS[sort(unlist(lapply(which(p.adjust(p, method) < .05), function(j) {
      other <- setdiff(pairs[, j], k)
      if (k %in% pairs[, j] && part[[k]]$m > part[[other]]$m) other })))], collapse = " ")
    a <- part[[k]]
    rows[[length(rows) + 1]] <<- data.frame(variable, level, segment = groups[k], value = a$m, total, v_test = a$test, effective_base = a$e,
      lower = if (isShare) NA else a$m - qt(.975, a$e - 1) * a$se, bonferroni = letters("bonferroni"), fdr = letters("fdr"))
  }
}
for (v in c("age", "spend", "balance")) add(v, "", d[[v]], FALSE)
add("member", "", d$member, TRUE)
for (l in c("web", "shop", "phone")) add("channel", l, as.numeric(d$channel == l), TRUE)
out <- do.call(rbind, rows)
num <- sapply(out, is.numeric); out[num] <- lapply(out[num], function(x) ifelse(is.na(x), "", formatC(x, digits = 17, format = "g")))
write.csv(out, "expected.csv", row.names = FALSE, quote = FALSE)
