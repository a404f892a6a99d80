# Logistic regression, area under the curve and deciles of real tables that are not in this repository:
# Rscript make.R FOLDER, the folder with bank_marketing.csv and telco_churn.csv. R's glm, pROC.
suppressMessages({library(jsonlite); library(pROC)})
folder <- commandArgs(TRUE)[1]
exact <- glm.control(epsilon = 1e-14, maxit = 100)

# The commonest level of the rows learnt from is the one compared with.
levelled <- function(d, train, features) {
  for (f in features) if (is.character(d[[f]])) {
    counts <- table(d[[f]][train])
    d[[f]] <- relevel(factor(d[[f]]), names(counts)[which.max(counts)])
  }
  d
}
results <- function(d, y, features, held) {
  train <- setdiff(seq_len(nrow(d)), held)
  d <- levelled(d, train, features)
  x <- model.matrix(reformulate(features), d)
  first <- suppressWarnings(glm.fit(x[train, ], y[train], family = binomial()))
  known <- !is.na(first$coefficients)
  fit <- suppressWarnings(glm(y[train] ~ x[train, known] - 1, family = binomial, control = exact))
  # Once more from there: the errors glm prints are those of the weights one step before the last.
  fit <- suppressWarnings(glm(y[train] ~ x[train, known] - 1, family = binomial, control = exact, start = coef(fit)))
  s <- summary(fit)$coefficients
  score <- as.numeric(x[held, known] %*% coef(fit))
  r <- ci.auc(roc(y[held], score, quiet = TRUE, direction = "<"), method = "delong")
  o <- order(-score); n <- length(o)
  size <- n %/% 10 + (seq_len(10) <= n %% 10)
  decile <- rep(1:10, size)
  list(terms = colnames(x)[known], estimate = unname(s[, 1]), standard_error = unname(s[, 2]), z = unname(s[, 3]),
       p_value = unname(s[, 4]), aliased = colnames(x)[!known], train = length(train), held = n,
       auc = as.numeric(r)[2], auc_lower = as.numeric(r)[1], auc_upper = as.numeric(r)[3],
       ks = unname(suppressWarnings(ks.test(score[y[held] == 1], score[y[held] == 0]))$statistic),
       responders = as.numeric(tapply(y[held][o], decile, sum)), customers = size,
       contact = mean(plogis(score) >= .08))
}
bank <- read.csv(file.path(folder, "bank_marketing.csv"))
n <- nrow(bank)
telco <- read.csv(file.path(folder, "telco_churn.csv"))
telco <- telco[!is.na(telco$total_charges), ]
m <- nrow(telco)
write_json(list(
  versions = list(R = R.version.string, pROC = as.character(packageVersion("pROC"))),
  bank = results(bank, as.integer(bank$y == "yes"), c("age", "job", "marital", "education", "default", "balance", "housing",
    "loan", "contact", "month", "campaign", "pdays", "previous", "poutcome"), tail(seq_len(n), round(.3 * n))),
  telco = results(telco, as.integer(telco$churn == "Yes"), setdiff(names(telco), c("customer_id", "churn")),
    tail(seq_len(m), round(.3 * m)))
), "real.expected.json", digits = I(15), auto_unbox = TRUE, pretty = TRUE)
