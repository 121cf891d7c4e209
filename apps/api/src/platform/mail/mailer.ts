import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { Configuration } from '../config/configuration.ts';
import { Effects } from '../outbox/effects.ts';

/** One mail. `effectId` names it for ever: the ledger of effects makes sure that it is sent once. */
export interface Mail {
  /** Whose it is; for a person's own, the platform's. */
  readonly organisationId: string;
  readonly effectId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/**
 * Sends mail by SMTP, or, without SMTP_URL, puts it into the local outbox that the demo shows. Each is
 * sent once by its effect id, which is also its Message-ID: after a crash between sending and noting
 * it, a second copy may go out, and mail programs can tell it by that.
 */
@Injectable()
export class Mailer {
  private readonly transport: Transporter | null;
  readonly localOutbox: string | null;

  constructor(
    @Inject(Configuration) private readonly configuration: Configuration,
    @Inject(Effects) private readonly effects: Effects,
  ) {
    const { SMTP_URL, DATA_DIR } = configuration.environment;
    this.transport = SMTP_URL ? createTransport(SMTP_URL) : null;
    this.localOutbox = SMTP_URL ? null : join(DATA_DIR, 'outbox');
  }

  /** Sends it unless that was done before; throws when it cannot be sent now. */
  async send(mail: Mail): Promise<void> {
    const { organisationId, effectId: id } = mail;
    await this.effects.once({ organisationId, id, kind: 'mail' }, () => this.deliver(mail));
  }

  private async deliver(mail: Mail): Promise<void> {
    if (this.transport) {
      await this.transport.sendMail({
        from: this.configuration.environment.MAIL_FROM,
        to: { name: '', address: mail.to },
        subject: mail.subject,
        text: mail.text,
        messageId: `<${mail.effectId}@plumbline>`,
      });
      return;
    }
    await this.keep(mail);
  }

  /** Written under its effect id, so that a second try overwrites the first instead of adding one. */
  private async keep({ organisationId: _, ...mail }: Mail): Promise<void> {
    const folder = this.localOutbox ?? '';
    await mkdir(folder, { recursive: true });
    const file = join(folder, `${mail.effectId.replaceAll(/[^\w-]/g, '_')}.json`);
    await writeFile(
      `${file}.part`,
      JSON.stringify({ ...mail, at: new Date().toISOString() }, null, 2),
    );
    await rename(`${file}.part`, file);
  }
}
