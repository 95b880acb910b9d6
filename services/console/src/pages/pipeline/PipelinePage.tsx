export function PipelinePage() { return <p>PipelinePage</p>; }
