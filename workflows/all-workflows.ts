// Entry of the workflow bundle: every workflow of the product.
export { answerLead } from './answer-lead/workflow.ts';
export { enrichContact } from './enrich-contact/workflow.ts';
export { enrichList } from './enrich-list/workflow.ts';
export { sweep } from './sweep/workflow.ts';
export { watchSources } from './watch-sources/workflow.ts';
