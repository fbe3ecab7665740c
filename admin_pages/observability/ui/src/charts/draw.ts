import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
  type ChartDataset,
} from 'chart.js';

Chart.register(BarController, BarElement, CategoryScale, LinearScale, LineController, LineElement, PointElement, Tooltip);

/** Everything to draw. This module is loaded only when there is a chart: it knows nothing of the page. */
export interface Drawing {
  kind: 'bar' | 'line';
  stacked: boolean;
  labels: string[];
  lines: { label: string; colour: string; values: (number | null)[]; dashed: boolean }[];
  /** A value in words, in the tooltip and at the axis. */
  value: (value: number) => string;
  tick: (value: number) => string;
  /** What the tooltip says above the values of a place. */
  title: (index: number) => string;
  ink: { text: string; grid: string; surface: string; strong: string; font: string };
  animate: boolean;
  onpick?: (index: number) => void;
}

export interface Drawn {
  update(drawing: Drawing): void;
  /** Shows the tooltip of a place, as the pointer would; null takes it away. */
  point(index: number | null): void;
  destroy(): void;
}

type Kind = 'bar' | 'line';

export function draw(canvas: HTMLCanvasElement, first: Drawing): Drawn {
  if (!canvas.getContext('2d')) throw new Error('There is no canvas to draw on.');
  let drawing = first;
  const chart = new Chart<Kind, (number | null)[], string>(canvas, {
    type: drawing.kind,
    data: { labels: drawing.labels, datasets: datasets(drawing) },
    options: options(() => drawing),
  });

  return {
    update(next) {
      drawing = next;
      chart.data.labels = next.labels;
      chart.data.datasets = datasets(next);
      chart.options = options(() => drawing);
      chart.update('none');
    },
    point(index) {
      const active = index === null ? [] : chart.data.datasets.map((_, datasetIndex) => ({ datasetIndex, index }));
      const at = index === null ? 0 : (chart.scales.x?.getPixelForValue(index) ?? 0);
      chart.setActiveElements(active);
      chart.tooltip?.setActiveElements(active, { x: at, y: chart.chartArea?.top ?? 0 });
      chart.update('none');
    },
    destroy: () => chart.destroy(),
  };
}

function datasets(drawing: Drawing): ChartDataset<Kind, (number | null)[]>[] {
  return drawing.lines.map((line) => ({
    label: line.label,
    data: line.values,
    backgroundColor: line.colour,
    borderColor: line.colour,
    ...(line.dashed || drawing.kind === 'line'
      ? {
          type: 'line' as const,
          borderWidth: line.dashed ? 1.5 : 2,
          borderDash: line.dashed ? [4, 4] : [],
          // A lone value between unknown ones would be no line at all.
          pointRadius: (context: { dataIndex: number }) => (alone(line.values, context.dataIndex) ? 2 : 0),
          pointHoverRadius: 3,
          pointHitRadius: 8,
          tension: 0,
          stepped: line.dashed ? ('middle' as const) : false,
          spanGaps: false,
          // Beside a stack, not on top of it.
          stack: line.dashed ? 'compared' : undefined,
          order: line.dashed ? -1 : 0,
        }
      : { type: 'bar' as const, stack: 'one', maxBarThickness: drawing.labels.length <= 30 ? 56 : 22, categoryPercentage: 0.86, barPercentage: 0.92, borderWidth: 0 }),
  }));
}

function alone(values: (number | null)[], index: number): boolean {
  return values[index] != null && values[index - 1] == null && values[index + 1] == null;
}

function options(drawing: () => Drawing) {
  const { ink, stacked, animate } = drawing();
  const font = { family: ink.font, size: 11 };
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: animate ? ({ duration: 200 } as const) : (false as const),
    interaction: { mode: 'index' as const, intersect: false },
    onClick: (_event: unknown, elements: { index: number }[]) => {
      const place = elements[0];
      if (place) drawing().onpick?.(place.index);
    },
    scales: {
      x: {
        stacked,
        // Room at both ends, without which a lone point would sit on the axis.
        offset: drawing().kind === 'bar' || drawing().labels.length < 3,
        border: { display: false },
        grid: { display: false },
        ticks: {
          color: ink.text,
          font,
          maxRotation: 0,
          autoSkip: false,
          // Below their bars while there are few; many would stick out at the ends.
          align: drawing().labels.length > 7 ? ('inner' as const) : ('center' as const),
          callback(this: { chart: { width: number } }, _value: unknown, index: number) {
            const { labels } = drawing();
            return labelled(labels, this.chart.width).has(index) ? labels[index] : null;
          },
        },
      },
      y: {
        stacked,
        beginAtZero: true,
        border: { display: false },
        grid: { color: ink.grid, drawTicks: false },
        ticks: { color: ink.text, font, padding: 8, maxTicksLimit: 5, precision: counts(drawing()) ? 0 : undefined, callback: (value: number | string) => drawing().tick(Number(value)) },
      },
    },
    plugins: {
      tooltip: {
        backgroundColor: ink.surface,
        titleColor: ink.strong,
        bodyColor: ink.strong,
        borderColor: ink.grid,
        borderWidth: 1,
        cornerRadius: 10,
        padding: 8,
        boxWidth: 8,
        boxHeight: 8,
        boxPadding: 4,
        multiKeyBackground: 'transparent',
        titleFont: { ...font, weight: 'normal' as const },
        bodyFont: font,
        filter: (item: { raw: unknown }) => typeof item.raw === 'number' && item.raw !== 0,
        callbacks: {
          title: (items: { dataIndex: number }[]) => (items[0] ? drawing().title(items[0].dataIndex) : ''),
          label: (item: { raw: unknown; dataset: { label?: string } }) => ` ${item.dataset.label ?? ''}  ${drawing().value(Number(item.raw))}`,
        },
      },
    },
  };
}

/** Whether there is nothing between one and two. */
function counts(drawing: Drawing): boolean {
  return drawing.lines.every((line) => line.values.every((value) => value === null || Number.isInteger(value)));
}

/** About how wide a letter of a label is, in pixels, with some space around the label. */
const LETTER_PX = 6.5;

/** Which places have their label: all of a few, else the first, the middle and the last; two where no more fit. */
export function labelled(labels: readonly string[], widthPx: number): ReadonlySet<number> {
  const last = labels.length - 1;
  const longest = Math.max(0, ...labels.map((label) => label.length)) * LETTER_PX;
  const ends = [0, last];
  const choices = [labels.length <= 7 ? labels.map((_, index) => index) : [], [0, Math.floor(last / 2), last], ends];
  return new Set(choices.find((places) => places.length && places.length * longest <= widthPx) ?? ends);
}
