// The pages work without this: it moves focus to an error summary and makes uploading by dragging possible.
import { initAll } from './govuk-frontend.min.js';

initAll();
