/** Topic of the message that one attempt at a delivery is due. */
export const WEBHOOK_DELIVERY = 'webhook-delivery';
