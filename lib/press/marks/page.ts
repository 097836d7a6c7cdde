/** The page on a class: one heat map, and the show of hands. */
import { count, digits, plain } from "../../ground/words.ts";
import { renderSVG } from "../../render/mod.ts";
import { htmlDocument, POLICY } from "../post/page/document.ts";
import { escape } from "../post/read/markup.ts";
import type { Mark, State } from "./mark.ts";
import { type Hands, type Sheet, summaries } from "./sheet.ts";

/** What stands for a state where there is little room; colour alone tells not everybody. */
const SIGNS: Record<State, string> = {
  "not there": "–",
  "not started": "·",
  "wrong type": "✗",
  "keep working": "…",
  "almost": "≈",
  "correct": "✓",
  "not checked": "?",
};

const STYLE = `:root{color-scheme:light}
body{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1b1f24}
.scroll{overflow-x:auto}
table{border-collapse:separate;border-spacing:2px;font-size:.9rem}
th{text-align:left;font-weight:600;padding:.3rem .6rem;min-width:9rem;overflow-wrap:anywhere}
td{padding:.3rem .6rem;border-radius:3px;min-width:7rem}
td small{display:block}
.not-there,.not-checked{background:#eef0f2;color:#565d66}.not-started{background:#dfe3e8}
.wrong-type{background:#f3b6a6}.keep-working{background:#f7d2a0}.almost{background:#e6e79a}
.correct{background:#9bd6a8}
svg{max-width:100%;height:auto}`;

/** The page, complete in itself: no script, nothing from elsewhere. */
export async function classPage(sheet: Sheet, day: string): Promise<string> {
  const charts = await Promise.all(sheet.hands.map(async (hands) => {
    const caption = `<figcaption>${hands.guesses.length} guessed</figcaption>`;
    return `<figure>${await handsSvg(hands)}${caption}</figure>`;
  }));
  const title = `The class, ${day}`;
  const body = `<main>
<h1>${escape(title)}</h1>
<ul>
${summaries(sheet).map((line) => `<li>${escape(line)}</li>`).join("\n")}
</ul>
<h2>How far everybody has come</h2>
${heatMap(sheet)}
${charts.length === 0 ? "" : `<h2>The show of hands</h2>\n${charts.join("\n")}`}
</main>`;
  const head = `<style>${STYLE}</style>`;
  return htmlDocument({ lang: "en", title, policy: POLICY, head, body });
}

/** Places across the chart at which dots are piled up. */
const PLACES = 36;

/** The show of hands on one question, each guess a dot, and what happened: a chart as SVG. */
async function handsSvg({ question, happened, guesses }: Hands): Promise<string> {
  const all = happened === null ? guesses : [...guesses, happened];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const log = low > 0 && high / low > 20;
  const scaled = (value: number) => log ? Math.log(value) : value;
  const width = scaled(high) - scaled(low) || 1;
  const dots = guesses.map((guess) => ({
    guess,
    place: Math.round((scaled(guess) - scaled(low)) / width * PLACES),
  }));
  const x = {
    field: "guess",
    type: "quantitative",
    scale: { type: log ? "log" : "linear", zero: false, nice: true },
    axis: { title: null, tickCount: 6, format: "~g" },
  };
  const result = happened === null ? [] : [{
    data: { values: [{ guess: happened, says: `what happened: ${plain(happened)}` }] },
    layer: [
      { mark: { type: "rule", strokeWidth: 3, color: "#b5442a" }, encoding: { x } },
      {
        mark: { type: "text", align: "left", dx: 6, baseline: "bottom", color: "#b5442a" },
        encoding: { x, y: { value: -4 }, text: { field: "says" } },
      },
    ],
  }];
  const told = happened === null ? "" : `; what happened: ${plain(happened)}`;
  return await renderSVG({
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    description: `${question}: ${count(guesses.length, "guess", "guesses")}${told}.`,
    title: { text: question, offset: 20 },
    width: 560,
    height: { step: 14 },
    layer: [
      {
        data: { values: dots },
        transform: [{ window: [{ op: "row_number", as: "hands" }], groupby: ["place"] }],
        mark: { type: "circle", size: 110, opacity: 0.85, color: "#2f6f9f" },
        encoding: { x, y: { field: "hands", type: "ordinal", sort: "descending", axis: null } },
      },
      ...result,
    ],
  });
}

function heatMap({ columns, lines }: Sheet): string {
  const heads = columns.map(({ chapter, exercise }) =>
    `<th scope="col">${escape(exercise)}<br><small>${escape(chapter)}</small></th>`
  );
  const rows = lines.map(({ student, marks, problem }) =>
    `<tr><th scope="row">${escape(student)}</th>${marks.map(cell).join("")}<td>${
      escape(problem)
    }</td></tr>`
  );
  return `<div class="scroll"><table>
<thead><tr><th scope="col">student</th>${heads.join("")}<td></td></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table></div>`;
}

function cell(mark: Mark | undefined): string {
  if (mark === undefined) return "<td></td>";
  const { state, seconds } = mark;
  const mistake = mark.mistake === state ? "" : mark.mistake;
  const time = seconds === 0 ? "" : `, ${digits(seconds, 2)} s`;
  return `<td class="${state.replaceAll(" ", "-")}">${SIGNS[state]} ${escape(state)}<small>${
    escape(mistake + (mistake === "" ? time.slice(2) : time))
  }</small></td>`;
}
