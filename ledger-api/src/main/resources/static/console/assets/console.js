// Draws the charts that a page describes in its data elements. Everything else is htmx.
(function () {
  'use strict';

  const PALETTE = ['#0b5d75', '#c2571a', '#5a4fa0', '#1f7a4d', '#a02c5d', '#6b7a1e', '#2f6fb0', '#8a5a2b'];

  function data(element) {
    return JSON.parse(document.getElementById(element.dataset.chart).textContent);
  }

  function drawStory(element) {
    const series = data(element);
    const now = Date.now();
    // What was left by the last step is still there.
    const points = (line) => {
      const steps = line.points.map((point) => ({ x: Date.parse(point.at), y: Number(point.quantity), what: point.what }));
      return steps.concat({ x: now, y: steps[steps.length - 1].y, what: 'now' });
    };
    new Chart(element, {
      type: 'line',
      data: {
        datasets: series.map((line, i) => ({
          label: line.location,
          data: points(line),
          borderColor: PALETTE[i % PALETTE.length],
          backgroundColor: PALETTE[i % PALETTE.length],
          borderWidth: 1.75,
          pointRadius: line.points.length > 120 ? 0 : 2,
          pointHitRadius: 6,
          stepped: 'before',
        })),
      },
      options: {
        animation: false,
        maintainAspectRatio: false,
        interaction: { mode: 'nearest', intersect: false },
        scales: {
          x: {
            type: 'linear',
            grid: { display: false },
            max: now,
            ticks: { maxTicksLimit: 6, maxRotation: 0, callback: (value) => new Date(value).toISOString().slice(0, 16).replace('T', ' ') },
          },
          y: { title: { display: true, text: 'sellable on hand' }, grid: { color: '#edf0f3' } },
        },
        plugins: {
          legend: { position: 'bottom', labels: { boxWidth: 12 } },
          tooltip: {
            callbacks: {
              title: (items) => new Date(items[0].parsed.x).toISOString().slice(0, 19).replace('T', ' ') + ' UTC',
              label: (item) => item.dataset.label + ': ' + item.formattedValue + (item.raw.what ? ' — ' + item.raw.what : ''),
            },
          },
        },
      },
    });
  }

  function drawLevels(element) {
    const levels = data(element);
    const parts = [
      ['available to promise', 'available', '#0b5d75'],
      ['reserved', 'reserved', '#c2571a'],
      ['safety stock', 'safety', '#9aa4af'],
      ['kept for a channel', 'protectedFor', '#5a4fa0'],
      ['not sellable', 'unsellable', '#a02c5d'],
    ];
    new Chart(element, {
      type: 'bar',
      data: {
        labels: levels.map((level) => level.location),
        datasets: parts.map(([label, field, colour]) => ({
          label,
          data: levels.map((level) => Number(level[field])),
          backgroundColor: colour,
          maxBarThickness: 26,
        })),
      },
      options: {
        animation: false,
        indexAxis: 'y',
        maintainAspectRatio: false,
        scales: { x: { stacked: true, grid: { color: '#edf0f3' } }, y: { stacked: true, grid: { display: false } } },
        plugins: { legend: { position: 'bottom', labels: { boxWidth: 12 } } },
      },
    });
  }

  function drawAll(root) {
    root.querySelectorAll('canvas[data-chart][data-kind=story]').forEach(drawStory);
    root.querySelectorAll('canvas[data-chart][data-kind=levels]').forEach(drawLevels);
  }

  document.addEventListener('DOMContentLoaded', () => drawAll(document));
})();
