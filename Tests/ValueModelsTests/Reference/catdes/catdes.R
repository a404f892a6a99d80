# Makes customers.csv (invented) and expected.csv with FactoMineR's catdes, for the tests of segment profiles.
# Run in this folder: Rscript catdes.R
library(FactoMineR)
set.seed(7)
n <- 240
region <- sample(c("north", "south", "east", "west"), n, TRUE, c(.4, .3, .2, .1))
shift <- c(north = 0, south = 1, east = -1, west = .3)[region]
d <- data.frame(
  region = region,
  age = round(40 + 5 * shift + rnorm(n, sd = 12)),
  spend = round(exp(3 + .3 * shift + rnorm(n, sd = .7)), 2),
  balance = round(rnorm(n, mean = 10 * shift, sd = 40), 1),
  member = as.integer(runif(n) < .3 + .15 * shift),
  channel = sample(c("web", "shop", "phone"), n, TRUE),
  renewed = ifelse(runif(n) < .5 + .2 * shift, "yes", "no"))
d$channel[d$region == "south" & runif(n) < .4] <- "web"
write.csv(d, "customers.csv", row.names = FALSE, quote = FALSE)
d$region <- factor(d$region); d$channel <- factor(d$channel); d$renewed <- factor(d$renewed)
r <- catdes(d, num.var = 1, proba = 1)
out <- list()
add <- function(variable, level, segment, value, total, v) out[[length(out) + 1]] <<- data.frame(variable, level, segment, value, total, v_test = v)
for (g in levels(d$region)) {
  q <- r$quanti[[g]]
  for (x in rownames(q)) add(x, "", g, q[x, "Mean in category"], q[x, "Overall mean"], q[x, "v.test"])
  q <- r$category[[g]]
  for (x in rownames(q)) { p <- strsplit(x, "=")[[1]]; add(p[1], p[2], g, q[x, "Mod/Cla"] / 100, q[x, "Global"] / 100, q[x, "v.test"]) }
}
out <- do.call(rbind, out)
effect <- c(r$quanti.var[, "Eta2"], sapply(c("channel", "renewed"), function(x) {
  t <- table(d$region, d[[x]]); sqrt(unname(suppressWarnings(chisq.test(t, correct = FALSE))$statistic) / sum(t) / (min(dim(t)) - 1)) }))
names(effect)[seq_len(nrow(r$quanti.var))] <- rownames(r$quanti.var)
out$effect_size <- effect[out$variable]
num <- sapply(out, is.numeric); out[num] <- lapply(out[num], function(x) formatC(x, digits = 17, format = "g"))
out <- out[order(out$variable, out$level, out$segment), ]
write.csv(out, "expected.csv", row.names = FALSE, quote = FALSE)
