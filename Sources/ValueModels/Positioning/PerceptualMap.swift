import Diagnostics

/// How do buyers see the brands? (`analyses.md` §1)
let perceptualMapKind = AnalysisKind(
  name: "perceptual-map", family: "Positioning", question: "How do buyers see the brands?",
  tables: [
    .init(
      "data",
      "A table of one of these forms. Counts: a row a brand, a column an attribute. Ratings: respondent, brand and one "
        + "column an attribute, 0/1 or scores. Long: respondent, brand, attribute, score. Dissimilarities or "
        + "similarities: brand by brand, or pairs brand, other, dissimilarity. Answers in categories: a row a "
        + "respondent (or respondent and brand), a column a question."),
    .init(
      "preference.table",
      "Preferences, where 'table' under 'preference' names one: respondent, brand, score; a row a person and a column a "
        + "brand; or a row a brand and a column a person."),
  ],
  settings: [
    .init("input", "auto", "Form of the table: auto, counts, ratings, long, dissimilarities or similarities."),
    .init(
      "brand", "brand",
      "Column of brands; where there is none of that name, the only column of text (multiple correspondence: none)."),
    .init(
      "attributes", nil,
      "Attribute columns (long: values of the attribute column); all other numeric columns if not given."),
    .init("respondent", "respondent", "Column that tells respondents apart; bases count them."),
    .init("attribute", "attribute", "Long form: column of attributes."),
    .init("score", "score", "Long form: column of answers."),
    .init(
      "method", "correspondence",
      "correspondence (of counts, ticks or sums of scores), multiple-correspondence (of answers in categories), principal-components (of brand means, or of the table as it "
        + "stands), discriminant (of single answers: what tells brands apart against how much people differ) or "
        + "multidimensional-scaling (of dissimilarities; of a table with attributes, "
        + "of Euclidean distances between brands over standardised attributes)."),
    .init(
      "rotation", "none",
      "Principal components: varimax turns the two dimensions drawn so that each attribute is tied to one of them (with "
        + "Kaiser's normalisation)."),
    .init("dimensions", "2", "Dimensions the table must at least have; all that it has are listed."),
    .init(
      "scaling", "brand-principal",
      "brand-principal: distances between brands are true, attributes are arrows whose squared length on an axis is their "
        + "contribution. attribute-principal: the same with sides changed. symmetric: both in principal coordinates. "
        + "contribution: places as in brand-principal, read by the arrows' lengths. biplot: brands principal, attributes "
        + "standard; their product is how far a brand lies above what its size lets expect."),
    .init("scale", "correlation", "Principal components: correlation (each attribute has variance 1) or covariance."),
    CategorySettings.keys[0], CategorySettings.keys[1], CategorySettings.keys[2],
    .init(
      "level", "ordinal",
      "Scaling: what of the dissimilarities the map keeps. ordinal: their order. interval: a straight line. ratio: their "
        + "ratios."),
    .init(
      "ties", "primary",
      "Ordinal scaling: pairs equally unlike may get different distances (primary) or one disparity (secondary)."),
    .init(
      "algorithm", nil,
      "majorisation (SMACOF, of stress) or classical (Torgerson, by eigenvalues); classical for 'level: ratio', else "
        + "majorisation."),
    .init(
      "starts", "50", "Majorisation: random starts besides the classical one; one dimension takes four times as many."),
    .init(
      "convert", "max-minus",
      "Similarities to dissimilarities: max-minus (the largest less each) or minus-log (log of the largest less log of "
        + "each)."),
    .init("symmetrize", nil, "mean: a table that is not symmetric is averaged with its mirror; else it is an error."),
    .init("other", "other", "Dissimilarities in pairs: column of the second brand; without it the table is square."),
    .init("dissimilarity", "dissimilarity", "Pairs: column of values."),
    .init("similarity", "similarity", "Pairs of similarities: column of values."),
    .init(
      "supplementary", nil,
      "{brands: […], attributes: […], segments: column}: points that get a place but have no say in the axes. Segments: our own "
        + "brand (without 'own' every brand) as each group of respondents sees it."),
    .init("own", nil, "Our own brand."),
    .init(
      "focus", "false",
      "true: the map is turned so that it shows our own brand whole; of all such planes it is the one that shows the most of "
        + "the others."),
    .init(
      "orient", nil,
      "{right: attribute, up: attribute}: turns an axis round so that the attribute (with dissimilarities: the "
        + "brand) lies on that side."),
    .init(
      "figures", nil,
      "[map-1-3, map-2-3, moonplot]: besides the usual figures, maps of the first and third and of the second and third "
        + "dimension, and one with attributes on a circle around the brands."
    ),
    .filter,
    .weight,
    .init(
      "bootstrap", "1000",
      "Resamples of respondents for the regions of brands; 0 or false for none. Tables without respondents have none."),
    .init("confidence", "0.95", "Level of regions and tests, 0.5–0.999."),
    .init(
      "permutation", "999",
      "Permutations of brands within respondents that test the first two dimensions; 0 or false for none. Counts have a χ² "
        + "test instead."),
    .init(
      "wave", nil, "Column of waves: the map is that of one wave, and brands are followed from wave to wave on it."),
    .init(
      "waves", nil,
      "{base: latest, mode: projected, order: […]}. base: first, latest or a wave: the one whose map it is. mode: projected "
        + "(the base wave makes the map, other waves are placed on it), stacked (all waves make it together) or procrustes "
        + "(a map a wave, turned onto that of the base wave). order: the waves in time, if it cannot be told from their names."
    ),
    .groups,
    .init(
      "preference", nil,
      "Preferences placed on the map: {columns: […] of this table, or table: a table of its own; model: auto | vector | "
        + "ideal | elliptical | quadratic | internal (brands placed by preferences alone); level: 0.05; share: first-choice | logit | inverse-distance; sensitivity: 1; "
        + "contours: auto | density | above-mean | new-brand | none; segment, brand, respondent, score, weight: columns; "
        + "columns_are: segments | persons}."),
    .seed,
  ],
  facts: [
    .init("brands", "Brands in the table of brands, supplementary ones included."),
    .init("attributes", "Attributes likewise; multiple correspondence: answers shown."),
    .init("variables", "Multiple correspondence: variables, supplementary ones included."),
    .init("base", "Distinct respondents; not known for a table of counts."),
    .init("effective_base", "With weights: (Σw)² / Σw² over respondents."),
    .init(
      "explained",
      "Share of inertia (variance) on the two dimensions drawn, 0–1; classical scaling: of the sum of positive eigenvalues."
    ),
    .init("explained_absolute", "Classical scaling: their share in the sum of absolute eigenvalues."),
    .init("stress", "Scaling: Kruskal's stress-1, 0–1."),
    .init("starts", "Majorisation: starts tried."),
    .init("best_starts", "Majorisation: starts that came to the best stress."),
    .init("inertia", "Total inertia, χ² / n; with components the total variance; discriminant: the trace of W⁻¹B."),
    .init("wilks", "Discriminant: Wilks' Λ, 0–1, small where brands differ."),
    .init("f", "Discriminant: Rao's F approximation of it."),
    .init("f_p_value", "Its probability, if answers are independent and normal."),
    .init(
      "p_value",
      "Probability of first two dimensions as strong as these if buyers saw no difference between brands; counts: of the χ² "
        + "of the table."),
    .init("resamples", "Resamples of respondents behind the regions."),
    .init("undistinguished_pairs", "Pairs of brands whose regions overlap or whose difference is within chance."),
    .init("answers", "Correspondence: the sum of the table."),
    .init("waves", "Waves compared."),
    .init(
      "moved", "Brands that stand elsewhere in their last wave than in their first, beyond chance; where it is tested."),
    .init("preference_base", "Preference: persons with any answer."),
    .init("preference_fitted", "Preference: persons with a model of their own."),
    .init("preference_significant", "Preference: the share of these whose model is significant, 0–1."),
    .init(
      "internal_explained", "Preference, internal map: the share of the differences of preference on the plane, 0–1."),
    .init("ideal_inside", "Preference: the share of these with an ideal point among the brands, 0–1."),
    .init(
      "bandwidth_x",
      "Preference: standard deviation of the kernel of the density of ideal points; bandwidth_y likewise."),
  ],
  findings: [
    .init(
      "dimensions",
      "dimension, eigenvalue (principal inertia; variance with divisor n), percent, cumulative; discriminant: "
        + "canonical_correlation, f, degrees, denominator_degrees, p_value of this and later dimensions; scaling: "
        + "stress with all dimensions up to this one"),
    .init(
      "brands",
      "brand, x, y (as drawn), dim_1 … (principal coordinates), mass, inertia, quality (cos² in the plane), contribution_1 "
        + "… (percent), with 'figures' z (the third dimension as drawn), quality_1_3 and quality_2_3, base (respondents; for counts the row's sum); supplementary where there are such points; scaling: misfit "
        + "(the brand's part of the stress) in place of mass to contribution"),
    .init(
      "attributes",
      "attribute and the same columns; with components dim_* are correlations or covariances, with discriminant analysis "
        + "correlations within brands"),
    .init(
      "regions",
      "brand, x, y (as drawn), sd_x, sd_y, correlation (over resamples of respondents, turned onto the map)"),
    .init(
      "variables",
      "multiple correspondence: variable, levels, ordered (its answers are numbers), eta_squared_1 … (the share of the "
        + "variance of respondents on the dimension that lies between its answers), supplementary"),
    .init(
      "segments",
      "with 'supplementary: {segments: …}': brand, segment, x, y, dim_1 …, quality, base (respondents); small groups, and "
        + "those that would follow from them, are left out"),
    .init(
      "axes",
      "dimension, negative, positive (the attributes that make each end), suggestion (a name for the axis), negative_1 … "
        + "positive_strong (the attributes one by one, and how many contribute at least as much as an average one)"),
    .init("attribute_regions", "multiple correspondence: attribute and the columns of regions, for answers"),
    .init(
      "distances",
      "brand, other, distance (in all dimensions: χ² distance, or of standardised means), distinguished (with regions only); "
        + "scaling: distance on the map, dissimilarity and disparity (what the level makes of it; not for supplementary "
        + "brands)"
    ),
    .init(
      "preferences",
      "Preference: segment, model, kind (vector, ideal, anti-ideal, saddle), x, y (the point as drawn; for a vector the "
        + "direction), inside (the brands' convex hull), direction_x, direction_y, r_squared, f, p_value, brands, base, "
        + "coefficients"),
    .init(
      "model_tests",
      "Preference: segment, model, parameters, residual_degrees, r_squared, f, p_value, nested_f, nested_p_value (against the "
        + "next simpler model), chosen"),
    .init("shares", "Preference: brand, segment, share by the rule set, observed (with persons)"),
    .init("preference_kinds", "Preference of persons: segment, kind, persons, share"),
    .init("directions", "Preference of persons: direction (degrees), persons, share"),
    .init(
      "internal_brands",
      "Preference, internal map: brand, x, y, dim_1 … (places by preferences alone), quality (in the plane)"),
    .init("internal_dimensions", "Preference, internal map: dimension, eigenvalue, percent, cumulative"),
    .init("demand", "Preference of persons, on a grid: x, y, density (of ideal points), above_mean, new_brand"),
  ],
  figures: [
    .init("map", "Brands and attributes on the first two dimensions."),
    .init("map-1-3", "On request: the first and third dimensions."),
    .init("map-2-3", "On request: the second and third dimensions."),
    .init("shares", "Shares of preference by brand and segment, predicted and as answered."),
    .init("preference", "The map with directions and ideal points of preferences, and contours of demand."),
    .init("moonplot", "On request: brands inside a circle, attributes on it, large where they tell brands apart."),
    .init("movement", "With waves: where brands stand and, if they moved beyond chance, where from."),
    .init("scree", "How much each dimension shows; majorisation: stress by the number of dimensions."),
    .init("shepard", "Scaling: distances on the map against dissimilarities, with the fitted line."),
  ],
  references: MapMethod.allCases.flatMap(\.references) + [
    MapMethod.varimaxReference, MapMethod.addedPointReference,
  ],
  rowsArePeople: false, compute: computePerceptualMap)

private func computePerceptualMap(_ input: AnalysisInput) throws(Rejection) -> Findings {
  var ground = Groundwork(input, perceptualMapKind)
  var settings = PerceptualMapSettings(&ground)
  guard var rows = ground.rows("data") else {
    try ground.check()
    throw ground.unexplained
  }
  if settings.method == .categories {
    ground.notComputed("preference", "no preferences are placed on maps of answers in categories")
    return try computeCategoryMap(settings, &rows, &ground)
  }
  CategorySettings.sayUnused(&ground)
  var form = MapForm(rows, &settings, &ground)
  ground.applyWhere(to: &rows)
  let preference = PreferenceSource.read(form, rows, &ground)
  settings.waves = Waves(&form, settings, &rows, &ground)
  if settings.method == .scaling {
    var findings = try computeScalingMap(form, settings, &rows, &ground)
    try preference?.place(on: &findings, ground)
    return findings
  }
  ScalingSettings.sayUnused(&ground)
  var table = BrandTable.read(form, settings, &rows, &ground)
  if let waves = settings.waves { table?.place(waves, form, rows, &ground) }
  table?.checkSeparateMaps(settings, &ground)
  try ground.check()
  guard let table else { throw ground.unexplained }
  guard settings.method.isComputed else { return positionless(table, settings, rows, &ground) }
  let points = try MapPoints(table, settings, ground)
  if settings.segments != nil, settings.waves != nil {
    ground.cautions.append(
      Caution("not-computed", "segments are not placed on a map of waves: 'supplementary' has no segments there"))
  }
  var findings = mapFindings(points, table, settings, rows, &ground)
  if settings.waves == nil, let extended = table.withSegments {
    let places = try MapPoints(extended, settings, ground)
    if let segments = segmentsTable(places, table) { findings.tables.append(segments) }
  }
  try preference?.place(on: &findings, ground)
  return findings
}

/// What can be known before the method exists: how many brands, attributes and respondents.
private func positionless(
  _ table: BrandTable, _ settings: PerceptualMapSettings, _ rows: SourceRows, _ ground: inout Groundwork
) -> Findings {
  ground.cautions.append(
    Caution("not-computed", "'method: \(settings.method.rawValue)' is not computed yet; there are no positions to show")
  )
  var findings = ground.findings(
    summary: "\(settings.method.words) of \(table.brands.count) brands, not computed yet", baseOf: table.baseOf,
    data: [rows])
  findings.method.references = settings.method.references
  findings.facts = table.sizes
  return findings
}
