import { StandardSchemaSerializerInterceptor } from '@nestjs/common';

type Serialize = Parameters<StandardSchemaSerializerInterceptor['serialize']>;

/**
 * Checks every answer by the schema that its route names, and sends nothing that the schema does
 * not have. A list is checked as the whole that OpenAPI describes, not item by item.
 */
export class AnswerSerializer extends StandardSchemaSerializerInterceptor {
  override serialize(...[answer, schema, options]: Serialize) {
    return Array.isArray(answer) && schema
      ? this.transformToPlain(answer, schema, options)
      : super.serialize(answer, schema, options);
  }
}
