export { nextDigest } from './mail-preferences.ts';
export { Notifications, type News } from './notifications.ts';
export { NotificationsModule } from './notifications.module.ts';
