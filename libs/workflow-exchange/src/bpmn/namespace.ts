/** Where we keep what BPMN has no element for, so that our own files come back as they were. */
export const NAMESPACE = 'urn:plumbline:workflow:1';
export const DEFINITION = 'plumbline:definition';
