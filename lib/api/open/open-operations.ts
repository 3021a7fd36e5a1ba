import { FILE_OPERATIONS } from "./file-operations.ts";
import type { Operation } from "./operation.ts";
import { PROCEDURE_OPERATIONS } from "./procedure-operations.ts";
import { UDF_OPERATIONS } from "./udf-operations.ts";

/** Where the description of all of them lies. */
export const OPENAPI_PATH = "/api/v1/openapi.json";

/** Everything that programs may ask. */
export const OPEN_OPERATIONS: readonly Operation[] = [...PROCEDURE_OPERATIONS, ...FILE_OPERATIONS, ...UDF_OPERATIONS];

const byPath: ReadonlyMap<string, Operation> = new Map(OPEN_OPERATIONS.map((each) => [each.path, each]));

/** The operation at a path. */
export function operationAt(path: string): Operation | undefined {
  return byPath.get(path);
}
