import pl, { type DataFrame } from "nodejs-polars";
import { fileURLToPath } from "node:url";

/**
 * A study's printed figures: study, language, implementation, variant, requests, concurrency,
 * metric, statistic, value, unit and note, a row a figure; what the study left out is null, and times
 * that it gives in ms are in s here, like its others. data/README.md names the sources.
 *
 * Throws a RangeError that lists the studies where there is none of that name.
 */
export function published(study: string): DataFrame {
  const file = fileURLToPath(new URL("../../data/published.csv", import.meta.url));
  const all = pl.readCSV(file, { quoteChar: '"', inferSchemaLength: 10_000 });
  const found = all.filter(pl.col("study").eq(pl.lit(study)));
  if (found.height > 0) {
    const inMs = pl.col("unit").eq(pl.lit("ms"));
    return found.withColumns(
      pl.when(inMs).then(pl.col("value").div(pl.lit(1000))).otherwise(pl.col("value")).alias(
        "value",
      ),
      pl.when(inMs).then(pl.lit("s")).otherwise(pl.col("unit")).alias("unit"),
    );
  }
  const names = [...new Set(all.getColumn("study").toArray())];
  throw new RangeError(`published: no study "${study}"; there are ${names.join(", ")}`);
}
