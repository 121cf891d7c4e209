export { FileStorage } from './file-storage.ts';
export type { SpooledFile } from './spool.ts';
export { cleanFileName, ReceivesUpload, Uploaded, type Upload } from './upload.ts';
export { FileDamaged } from './verified.ts';
export {
  assertHonestSizes,
  surveyZip,
  UnsafeArchive,
  type ZipLimits,
  type ZipSurvey,
} from './zip-survey.ts';
