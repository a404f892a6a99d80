# External preference mapping by ordinary regressions: lm and anova of stats, density by kde2d of MASS.
# Places of nine invented brands and five invented preferences; run: Rscript preference.R > preference.json
x <- c(-1.2, -0.7, -0.3, 0.1, 0.4, 0.9, 1.3, -0.6, 0.5)
y <- c(0.4, -0.8, 0.9, 0.2, -1.1, 0.7, -0.2, 0.1, 1.2)
z <- list(
  direction = c(2.1, 2.9, 4.4, 5.0, 4.3, 7.1, 7.2, 3.4, 6.9),
  ideal = c(5.2, 3.4, 7.1, 8.9, 4.0, 7.2, 4.9, 7.3, 6.1),
  avoided = c(6.1, 5.0, 4.2, 1.9, 6.3, 4.4, 6.8, 2.9, 5.7),
  tilted = c(3.3, 7.9, 2.2, 6.4, 2.7, 5.1, 8.0, 6.2, 1.4),
  saddle = c(8.8, 2.5, 5.5, 5.1, 1.7, 7.4, 9.9, 6.0, 4.2)
)
num <- function(v) paste0("[", paste(formatC(v, digits = 15, format = "g"), collapse = ", "), "]")
out <- c()
for (name in names(z)) {
  v <- z[[name]]
  models <- list(
    vector = lm(v ~ x + y), circular = lm(v ~ x + y + I(x^2 + y^2)),
    elliptical = lm(v ~ x + y + I(x^2) + I(y^2)), quadratic = lm(v ~ x + y + I(x^2) + I(y^2) + I(x * y)))
  rss <- sapply(models, deviance)
  r2 <- sapply(models, function(m) summary(m)$r.squared)
  f <- sapply(models, function(m) summary(m)$fstatistic[1])
  p <- sapply(models, function(m) { s <- summary(m)$fstatistic; pf(s[1], s[2], s[3], lower.tail = FALSE) })
  nested <- do.call(anova, unname(models))
  # anova divides by the residual of the richest model; each against the next simpler one needs its own.
  step <- sapply(2:4, function(k) anova(models[[k - 1]], models[[k]])[2, "F"])
  stepp <- sapply(2:4, function(k) anova(models[[k - 1]], models[[k]])[2, "Pr(>F)"])
  q <- coef(models$quadratic)
  A <- matrix(c(2 * q[4], q[6], q[6], 2 * q[5]), 2)
  point <- solve(A, -q[2:3])
  out <- c(out, sprintf(
    '  "%s": {"z": %s, "rss": %s, "r_squared": %s, "f": %s, "p": %s, "nested_f": %s, "nested_p": %s, "circular": %s, "quadratic": %s, "point": %s, "curvatures": %s}',
    name, num(v), num(rss), num(r2), num(f), num(p), num(step), num(stepp), num(coef(models$circular)), num(q), num(point),
    num(eigen(A)$values)))
}
suppressMessages(library(MASS))
px <- c(-0.9, -0.2, 0.1, 0.35, 0.4, 0.8, 1.1, -0.5, 0.05, 0.6, 0.2, -0.1)
py <- c(0.3, -0.6, 0.2, 0.9, -0.3, 0.5, 0.1, -0.2, 0.75, -0.8, 0.45, 0.05)
k <- kde2d(px, py, n = c(5, 4), lims = c(-1, 1.2, -0.9, 1))
cat('{"source": "', R.version.string, ', MASS ', as.character(packageVersion("MASS")), '",\n', sep = "")
cat('"x": ', num(x), ', "y": ', num(y), ',\n"preferences": {\n', sep = "")
cat(paste(out, collapse = ",\n"), "\n},\n", sep = "")
cat('"density": {"px": ', num(px), ', "py": ', num(py), ', "bandwidth": ', num(c(bandwidth.nrd(px), bandwidth.nrd(py)) / 4),
  ', "x": ', num(k$x), ', "y": ', num(k$y), ', "z_by_x_then_y": ', num(as.vector(t(k$z))), '}}\n', sep = "")
