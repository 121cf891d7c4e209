import { maxFileLength } from '../document.ts';

/** Limits of a BPMN file: far above any picture that people can read. */
const maxElements = 50_000;
const maxDepth = 200;

/**
 * Why a BPMN file is not read at all, or null: judged by one pass over its text, before anything is
 * built of it. Document types and entities have no place in BPMN and are how XML attacks its readers.
 */
export function refusalOf(xml: string): string | null {
  if (xml.length > maxFileLength) {
    return 'The file is larger than 5 MB. Export the one process that you want to bring in.';
  }
  let [depth, elements] = [0, 0];
  for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', at + 1)) {
    const next = xml[at + 1];
    if (next === '!') {
      const comment = xml.startsWith('<!--', at);
      const cdata = xml.startsWith('<![CDATA[', at);
      if (!comment && !cdata) {
        return 'The file declares a document type or entities. Save it without them.';
      }
      const end = xml.indexOf(comment ? '-->' : ']]>', at);
      if (end < 0) return 'The file ends in the middle. Save it again.';
      at = end;
    } else if (next === '/') {
      depth -= 1;
    } else if (next !== '?') {
      elements += 1;
      const end = xml.indexOf('>', at);
      if (end < 0) return 'The file ends in the middle. Save it again.';
      if (xml[end - 1] !== '/') depth += 1;
      if (depth > maxDepth) return 'The file is nested too deeply to be a workflow.';
      if (elements > maxElements) return 'The file has too many elements to be a workflow.';
    }
  }
  return elements === 0 ? 'This is no XML file.' : null;
}
