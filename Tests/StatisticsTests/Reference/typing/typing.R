# Reference for the typing tool: R 4.2.2, MASS (lda), refitted without each case in turn.
# Invented answers of 90 people in 4 groups to 5 questions of numbers and one of three answers (columns 6 and 7 are dummies).
# Run: Rscript typing.R > typing.json
suppressMessages(library(MASS))
set.seed(31)
g <- rep(1:4, times = c(34, 26, 18, 12))
centres <- matrix(c(4, 4, 4, 4, 4, 6, 3, 4, 4, 5, 3, 4, 6, 4, 4, 5, 5, 2, 4, 3), 4, byrow = TRUE)
x <- round(centres[g, ] + matrix(rnorm(90 * 5, sd = 1.3), 90), 1)
answer <- sapply(g, function(k) sample(3, 1, prob = list(c(.6, .3, .1), c(.2, .6, .2), c(.3, .3, .4), c(.1, .2, .7))[[k]]))
x <- cbind(x, as.numeric(answer == 2), as.numeric(answer == 3))
questions <- list(1, 2, 3, 4, 5, 6:7)
left <- function(columns) factor(sapply(seq_along(g), function(i) {
  fit <- lda(x[-i, columns, drop = FALSE], g[-i])
  as.character(predict(fit, x[i, columns, drop = FALSE])$class)
}), levels = 1:4)
chosen <- c(); accuracies <- c()
while (length(chosen) < length(questions)) {
  open <- setdiff(seq_along(questions), chosen)
  right <- sapply(open, function(q) sum(left(unlist(questions[c(chosen, q)])) == g))
  chosen <- c(chosen, open[which.max(right)])
  accuracies <- c(accuracies, max(right) / length(g))
}
three <- unlist(questions[chosen[1:3]])
fit <- lda(x[, three], g)
within <- x[, three] - apply(x[, three], 2, function(v) ave(v, g))
W <- crossprod(within) / (length(g) - 4)
coefficients <- fit$means %*% solve(W)
constants <- log(fit$prior) - rowSums(coefficients * fit$means) / 2
posterior <- predict(fit)$posterior
stopifnot(max(abs(posterior - { f <- exp(sweep(x[, three] %*% t(coefficients), 2, constants, "+")); f / rowSums(f) })) < 1e-9)
s <- function(v) paste0("[", paste(trimws(formatC(v, digits = 15, format = "g")), collapse = ", "), "]")
m <- function(v) paste0("[", paste(apply(v, 1, s), collapse = ", "), "]")
auc <- function(score, yes) (sum(rank(score)[yes]) - sum(yes) * (sum(yes) + 1) / 2) / sum(yes) / sum(!yes)
cat("{\n\"groups\": ", s(g - 1), ",\n\"columns\": ", m(t(x)), ",\n\"chosen\": ", s(chosen - 1), ",\n\"accuracies\": ", s(accuracies),
    ",\n\"confusion\": ", m(table(g, left(three))), ",\n\"coefficients\": ", m(coefficients), ",\n\"constants\": ", s(constants),
    ",\n\"posterior\": ", m(posterior[c(1, 40, 70, 90), ]), ",\n\"auc\": ", s(sapply(1:4, function(k) auc(round(posterior[, k], 1), g == k))), "\n}\n", sep = "")
