export { type BpmnOptions, fromBpmn } from './bpmn/from-bpmn.ts';
export { toBpmn } from './bpmn/to-bpmn.ts';
export {
  type Layout,
  maxFileLength,
  readLayout,
  type Note,
  type Place,
  type ReadFile,
  type WorkflowDocument,
} from './document.ts';
export { fromText, type Plain, plainOf, toJson, toYaml, writeYaml } from './text.ts';
