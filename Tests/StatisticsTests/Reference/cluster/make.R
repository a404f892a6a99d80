# Rscript make.R [folder of the survey]: sums of squares of R's kmeans with 200 starts and silhouettes of R's cluster.
library(cluster)
number <- function(x) sprintf("%.15g", x)
list_of <- function(x) paste0("[", paste(number(x), collapse = ", "), "]")
table_of <- function(m) paste0("[", paste(apply(as.matrix(m), 1, list_of), collapse = ",\n    "), "]")
version <- paste0('"R ', getRversion(), ", stats::kmeans nstart 200, cluster ", packageVersion("cluster"), '"')
sums <- function(x, ks) sapply(ks, function(k) {
  set.seed(k); suppressWarnings(kmeans(x, k, nstart = 200, iter.max = 100))$tot.withinss })
set.seed(9)
x <- round(rbind(matrix(rnorm(90), 30), matrix(rnorm(75, 2.5), 25), matrix(rnorm(60, -2), 20)), 2)
set.seed(3); fit <- kmeans(x, 3, nstart = 200)
s <- silhouette(fit$cluster, dist(x))
set.seed(4)
gap <- clusGap(x, kmeans, K.max = 6, B = 500, d.power = 2, spaceH0 = "scaledPCA", nstart = 20, verbose = FALSE)$Tab
writeLines(paste0('{\n "source": ', version, ',\n "points": ', table_of(x), ',\n "within": ', list_of(sums(x, 1:8)),
  ',\n "assignments": ', list_of(fit$cluster - 1), ',\n "silhouette": ', number(mean(s[, 3])),
  ',\n "silhouette_by_cluster": ', list_of(summary(s)$clus.avg.widths),
  ',\n "total": ', number(fit$totss), ',\n "gap": ', list_of(gap[, "gap"]), ',\n "log_w": ', list_of(gap[, "logW"]),
  ',\n "gap_se": ', list_of(gap[, "SE.sim"]), ',\n "gap_choice": ',
  maxSE(gap[, "gap"], gap[, "SE.sim"], "Tibs2001SEmax"), "\n}"), "points.expected.json")
folder <- commandArgs(TRUE)
if (length(folder) == 1) {
  q <- as.matrix(read.csv(file.path(folder, "customer_satisfaction_survey.csv"))[, 3:11])
  centred <- q - rowMeans(q)
  sd <- sqrt(rowMeans(centred^2))
  scaled <- centred; scaled[sd > 0, ] <- centred[sd > 0, ] / sd[sd > 0]
  writeLines(paste0('{\n "source": ', version, ',\n "clusters": [2, 3, 4, 5, 6, 7, 8],\n "within_row_centred": ',
    list_of(sums(centred, 2:8)), ',\n "within_row_standardised": ', list_of(sums(scaled, 2:8)), "\n}"),
    "survey.expected.json")
}
