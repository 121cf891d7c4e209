import {
  applyDecorators,
  createParamDecorator,
  Inject,
  Injectable,
  mixin,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
  type Type,
} from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import multer, { type StorageEngine } from 'multer';
import { lastValueFrom, of, type Observable } from 'rxjs';
import { ZodType, type ZodObject } from 'zod';
import type { PlumblineRequest } from '../http/request.ts';
import { Problem } from '../problems.ts';
import { FileStorage } from './file-storage.ts';
import type { SpooledFile } from './spool.ts';

/** A file as it came in the part `file` of a multipart request, wholly received, not yet kept. */
export interface Upload extends SpooledFile {
  /** Its name without folders and control characters. */
  readonly fileName: string;
}

interface WithUpload extends PlumblineRequest {
  upload?: Upload;
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;

/** The last part of a path, without what could deceive a reader or a file system. */
export function cleanFileName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const clean = last
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}<>:"|?*]/gu, '')
    .replace(/^[.\s]+/, '')
    .trim();
  const dot = clean.lastIndexOf('.');
  const extension = dot > 0 ? clean.slice(dot).slice(0, 20) : '';
  return clean.slice(0, clean.length - extension.length).slice(0, 180) + extension || 'file';
}

/**
 * Receives one file of at most `maxBytes`, beside text fields as `fields` describes them; the file is
 * gone after the request unless a service kept it.
 */
export const ReceivesUpload = (maxBytes: number, fields?: ZodObject) =>
  applyDecorators(
    UseInterceptors(uploadInterceptor(maxBytes)),
    ApiConsumes('multipart/form-data'),
    ApiBody({ schema: multipartOf(fields) }),
  );

/** The fields and the file as OpenAPI describes them; in a multipart body every field is text. */
function multipartOf(fields?: ZodObject) {
  const shape = Object.entries(fields?.shape ?? {});
  const properties: Record<string, { type: 'string'; format?: string }> = {
    file: { type: 'string', format: 'binary' },
  };
  for (const [name] of shape) properties[name] = { type: 'string' };
  return {
    type: 'object' as const,
    required: shape.filter(([, field]) => !isOptional(field)).map(([name]) => name),
    properties,
  };
}

const isOptional = (field: unknown): boolean =>
  field instanceof ZodType && field.safeParse(undefined).success;

/** The file of this request, or null when it carries none. */
export const Uploaded = createParamDecorator(
  (_: unknown, host: ExecutionContext): Upload | null =>
    host.switchToHttp().getRequest<WithUpload>().upload ?? null,
);

function uploadInterceptor(maxBytes: number): Type<NestInterceptor> {
  @Injectable()
  class UploadInterceptor implements NestInterceptor {
    private readonly receive: (request: Request, response: Response) => Promise<void>;

    constructor(@Inject(FileStorage) private readonly storage: FileStorage) {
      const handler = multer({
        storage: engine(storage),
        limits: { fileSize: maxBytes, files: 1, fields: 30, fieldSize: 64 * 1024, parts: 32 },
        defParamCharset: 'utf8',
      }).single('file');
      this.receive = (request, response) =>
        new Promise((resolve, reject) => {
          void handler(request, response, (error: unknown) => {
            if (error === undefined || error === null) resolve();
            else reject(asError(error, maxBytes));
          });
        });
    }

    /** What was not kept is gone before the answer is given, whatever the answer is. */
    async intercept(host: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
      const request = host.switchToHttp().getRequest<WithUpload>();
      await this.receive(request, host.switchToHttp().getResponse<Response>());
      try {
        return of(await lastValueFrom(next.handle(), { defaultValue: undefined }));
      } finally {
        if (request.upload) await this.storage.discard(request.upload);
      }
    }
  }
  return mixin(UploadInterceptor);
}

const engine = (storage: FileStorage): StorageEngine => ({
  _handleFile: (request, file, done) => {
    storage.receive(file.stream).then(
      (spooled) => {
        (request as WithUpload).upload = {
          ...spooled,
          fileName: cleanFileName(file.originalname),
        };
        done(null, { path: spooled.path, size: spooled.size });
      },
      (error: unknown) => done(error),
    );
  },
  _removeFile: (request, _, done) => {
    const { upload } = request as WithUpload;
    if (!upload) {
      done(null);
      return;
    }
    storage.discard(upload).then(() => done(null), done);
  },
});

function asError(error: unknown, maxBytes: number): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  // Ours, or the file system's; what the parser says of a broken request carries no code.
  if (error instanceof Problem || ('code' in error && !(error instanceof multer.MulterError))) {
    return error;
  }
  if ('code' in error && error.code === 'LIMIT_FILE_SIZE') {
    return new Problem(
      413,
      'file-too-large',
      `The file is larger than ${megabytes(maxBytes)}. Nothing was stored. Split it or leave out what is not needed.`,
    );
  }
  return new Problem(
    400,
    'upload-refused',
    `The upload cannot be read: ${error.message.toLowerCase()}. Send one file in the field “file”.`,
  );
}
