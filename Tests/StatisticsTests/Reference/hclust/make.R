# Rscript make.R > ward.expected.json
set.seed(3)
x <- round(rbind(matrix(rnorm(60*4),60), matrix(rnorm(40*4,3),40), matrix(rnorm(25*4,-2,2),25)),4)
h <- hclust(dist(x), "ward.D2")
part <- function(k) { g <- cutree(h,k); c(sum(sapply(split(as.data.frame(x),g), function(y) sum(scale(y,scale=FALSE)^2))), sort(table(g),decreasing=TRUE)) }
w <- rep(1:3, length.out=125)
hw <- hclust(dist(x[rep(1:125,w),]), "ward.D2")
j <- function(v) paste0("[", paste(sprintf("%.17g", v), collapse=", "), "]")
cat('{"points": [', paste(apply(x,1,j), collapse=",\n"), '],\n"heights": ', j(h$height), ',\n"weights": ', j(w), ',\n"weighted_heights": ', j(hw$height[hw$height>0]),
 ',\n"within_3": ', sprintf("%.17g", part(3)[1]), ',\n"sizes_3": ', j(part(3)[-1]), ',\n"within_5": ', sprintf("%.17g", part(5)[1]), ',\n"sizes_5": ', j(part(5)[-1]), ',\n"version": "R ', as.character(getRversion()), ' stats::hclust"}\n', sep="")
