# Logistic regression (stats::glm), areas under the curve (pROC), ridge (glmnet) and calibration on a table drawn from a
# seed. Run in this folder: Rscript make.R; then make.py, which reads the table, too.
suppressMessages({library(jsonlite); library(pROC); library(glmnet)})
options(digits = 17)
set.seed(41)
n <- 600
town <- sample(c("Aston", "Brill", "Corby", "Derwent"), n, TRUE, c(.4, .3, .2, .1))
line <- sample(c("none", "copper", "fibre"), n, TRUE)
backup <- ifelse(line == "none", "none", sample(c("yes", "no"), n, TRUE))
age <- round(rnorm(n, 45, 12))
spend <- round(exp(rnorm(n, 4, .6)), 2)
treated <- rbinom(n, 1, .5)
eta <- -1.4 + .03 * (age - 45) + .8 * (town == "Brill") - .5 * (line == "none") + .002 * spend + treated * (.5 - .02 * (age - 45))
responded <- rbinom(n, 1, plogis(eta))
weight <- round(runif(n, .3, 3), 2)
score <- round(.02 * age + .004 * spend + rnorm(n, 0, .3), 1)
table <- data.frame(age, spend, town, line, backup, treated, responded, weight, score)
write.csv(table, "mail.csv", row.names = FALSE, quote = FALSE)
table <- read.csv("mail.csv")
table$town <- relevel(factor(table$town), "Aston")
table$line <- relevel(factor(table$line), "copper")
table$backup <- relevel(factor(table$backup), "no")

exact <- glm.control(epsilon = 1e-14, maxit = 100)
formula <- responded ~ age + spend + town + line + backup
train <- 1:420
# The rank is decided as by default; a smaller epsilon also shrinks the tolerance of the rank, so the columns kept are fitted again.
fitted <- function(data, w = rep(1, nrow(data))) {
  first <- suppressWarnings(glm(formula, binomial, cbind(data, w = w), weights = w))
  known <- !is.na(coef(first))
  x <- model.matrix(formula, data)[, known]
  list(known = known, names = names(coef(first)),
       fit = suppressWarnings(glm(data$responded ~ x - 1, family = binomial, weights = w, control = exact)),
       null = first$null.deviance)
}
told <- function(f) {
  s <- summary(f$fit)$coefficients
  all <- function(v) { out <- rep(NA_real_, length(f$known)); out[f$known] <- v; out }
  list(terms = f$names, estimate = all(s[, 1]), standard_error = all(s[, 2]), z = all(s[, 3]), p_value = all(s[, 4]),
       deviance = f$fit$deviance, null_deviance = f$null)
}
plain <- fitted(table[train, ])
weighted <- fitted(table[train, ], table$weight[train] / mean(table$weight[train]))
held <- table[-train, ]
x <- model.matrix(formula, held)[, plain$known]
link <- list(fit = as.numeric(x %*% coef(plain$fit)), se.fit = sqrt(rowSums((x %*% vcov(plain$fit)) * x)))
roc <- roc(table$responded, table$score, quiet = TRUE, direction = "<")
area <- ci.auc(roc, method = "delong")
slope <- glm(held$responded ~ link$fit, family = binomial, control = exact)
level <- glm(held$responded ~ offset(link$fit), family = binomial, control = exact)
with <- table$score[table$responded == 1]; without <- table$score[table$responded == 0]

# Separated: everyone of a town responds. glmnet's λ is ours over n; its columns are standardised with divisor n.
apart <- table; apart$responded[apart$town == "Derwent"] <- 1
x <- model.matrix(~ age + spend + town + line, apart)[, -1]
ridge <- glmnet(x, apart$responded, "binomial", alpha = 0, lambda = 1 / n, standardize = TRUE, thresh = 1e-25, maxit = 1e7)

write_json(list(
  versions = list(R = R.version.string, pROC = as.character(packageVersion("pROC")), glmnet = as.character(packageVersion("glmnet"))),
  plain = told(plain), weighted = told(weighted),
  link = list(fit = unname(link$fit), standard_error = unname(link$se.fit)),
  roc = list(area = as.numeric(area)[2], lower = as.numeric(area)[1], upper = as.numeric(area)[3],
             ks = unname(suppressWarnings(ks.test(with, without))$statistic)),
  calibration = list(slope = unname(coef(slope)[2]), slope_se = summary(slope)$coefficients[2, 2], level = unname(coef(level))),
  ridge = list(intercept = unname(ridge$a0), coefficients = unname(as.numeric(ridge$beta)))
), "mail.expected.json", digits = I(17), auto_unbox = TRUE, na = "null", pretty = TRUE)
