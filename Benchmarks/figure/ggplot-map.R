# The same map by ggplot2 and ggrepel: Rscript ggplot-map.R points.csv [PNG]; prints CPU ms, median of 5, warm.
suppressMessages({ library(ggplot2); library(ggrepel) })
arguments <- commandArgs(TRUE)
points <- read.csv(arguments[1])
png_file <- if (length(arguments) > 1) arguments[2] else tempfile(fileext = ".png")
svg_file <- tempfile(fileext = ".svg")
draw <- function() {
  attributes <- points[points$kind == "attribute", ]
  picture <- ggplot(points, aes(x, y)) +
    geom_hline(yintercept = 0, colour = "grey80") + geom_vline(xintercept = 0, colour = "grey80") +
    geom_segment(data = attributes, aes(x = 0, y = 0, xend = x, yend = y), colour = "#c2570c",
                 arrow = arrow(length = unit(2, "mm"))) +
    geom_point(data = points[points$kind == "brand", ], colour = "#6b737c") +
    geom_text_repel(aes(label = name, colour = kind), seed = 1, max.overlaps = Inf, size = 3.2, show.legend = FALSE) +
    coord_equal() + theme_minimal() + labs(title = "An invented market")
  ggsave(png_file, picture, width = 8, height = 7, dpi = 200)
  svg(svg_file, width = 8, height = 7)
  print(picture)
  dev.off()
}
invisible(suppressWarnings(draw()))
times <- sapply(1:5, function(i) {
  used <- system.time(invisible(suppressWarnings(draw())))
  1000 * (used[["user.self"]] + used[["sys.self"]])
})
cat(sprintf("%.0f\n", median(times)))
