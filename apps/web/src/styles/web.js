// The pages work without this: it moves focus to an error summary, makes uploading by dragging possible, and looks
// whether a job is done without loading the whole page again.
import { initAll } from './govuk-frontend.min.js';

initAll();
waitForJob();

/** A page that waits has `#waiting` with the seconds between two looks; when it is gone from the answer, it is done. */
function waitForJob() {
  const waiting = document.getElementById('waiting');
  if (!waiting) return;
  setTimeout(
    async () => {
      try {
        const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
        const now = page.getElementById('waiting');
        if (!now) return location.reload();
        tell(waiting, now);
      } catch {
        // The network may be back at the next look.
      }
      waitForJob();
    },
    Number(waiting.dataset.refreshSeconds) * 1000,
  );
}

/** Changes only what differs, so that a screen reader says the new sentence and no more. */
function tell(waiting, now) {
  const [told, newer] = [waiting, now].map((part) => part.querySelector('#progress'));
  if (told.textContent !== newer.textContent) told.textContent = newer.textContent;
  const [shown, bar] = [waiting, now].map((part) => part.querySelector('progress'));
  if (shown && bar) shown.value = bar.value;
  else if (bar) waiting.append(document.adoptNode(bar));
  else shown?.remove();
}
