# Reference for the discriminant analysis: R 4.2.2, MASS (lda), stats (manova).
# Invented scores of 60 cases in 4 groups on 3 variables, rounded to one decimal.
# Run: Rscript lda.R > lda.json
suppressMessages(library(MASS))
set.seed(20)
g <- rep(1:4, times = c(12, 18, 10, 20))
centres <- matrix(c(3, 5, 4, 5, 4, 4, 4, 6, 6, 2, 5, 5), 4, byrow = TRUE)
noise <- matrix(rnorm(60 * 3), 60) %*% chol(matrix(c(1, .5, .2, .5, 1, .3, .2, .3, 1), 3))
x <- round(centres[g, ] + 1.2 * noise, 1)
fit <- lda(x, g, prior = as.vector(table(g)) / 60)
means <- fit$means
scores <- scale(means, center = colMeans(x), scale = FALSE) %*% fit$scaling
z <- scale(x, center = colMeans(x), scale = FALSE) %*% fit$scaling
within <- function(m) m - apply(m, 2, function(v) ave(v, g))
structure <- cor(within(x), within(z))
one <- summary(manova(x ~ factor(g)), test = "Wilks")$stats
W <- crossprod(within(x)); T <- crossprod(scale(x, scale = FALSE))
lambda <- sort(Re(eigen(solve(W, T - W))$values), decreasing = TRUE)
f <- function(v) paste0("[", paste(trimws(formatC(v, digits = 15, format = "g")), collapse = ", "), "]")
m <- function(v) paste0("[", paste(apply(v, 1, f), collapse = ", "), "]")
cat("{\n\"x\": ", m(x), ",\n\"groups\": ", f(g - 1), ",\n\"eigenvalues\": ", f(lambda),
  ",\n\"svd\": ", f(fit$svd), ",\n\"scores\": ", m(scores), ",\n\"structure\": ", m(structure),
  ",\n\"wilks\": ", f(one[1, "Wilks"]), ",\n\"f\": ", f(one[1, c("approx F", "num Df", "den Df", "Pr(>F)")]), "\n}\n", sep = "")
