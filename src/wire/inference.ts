/**
 * The Open Inference Protocol v2 over REST, as far as a decision needs it, with its extension for
 * binary tensors: a decision type is a model, a policy version is a version of it, and requests
 * travel as JSON texts in a BYTES tensor. Members nobody here knows are passed over, as the
 * protocol asks. Source: kserve/open-inference-protocol, specification of REST; Triton's binary
 * tensor data and schedule policy extensions.
 */
import { z } from "zod";

/** The datatypes that occur; the protocol has more. */
const tensorDatatypes = ["BOOL", "INT64", "FP64", "BYTES"] as const;

/** The one input: decision requests as JSON texts, one per element. */
export const REQUEST_TENSOR = "decision_request";

/** Structured values cannot ride here. */
const parameters = z
  .record(
    z.string(),
    z.union([z.string(), z.number(), z.boolean()], {
      error: "expected a string, a number or a boolean",
    }),
  )
  .meta({ description: "Scalars by name." });

const shape = z.array(z.int().min(0)).min(1).max(8);

const requestInput = z.looseObject({
  name: z.string(),
  shape,
  datatype: z.string(),
  parameters: parameters.optional(),
  data: z.array(z.unknown()).optional().meta({
    description: "Flat or nested; absent where `binary_data_size` says that bytes follow.",
  }),
});

const requestOutput = z.looseObject({ name: z.string(), parameters: parameters.optional() });

/** What `POST …/infer` takes. */
export const inferenceRequest = z
  .looseObject({
    id: z.string().optional(),
    parameters: parameters.optional(),
    inputs: z.array(requestInput).min(1),
    outputs: z.array(requestOutput).optional(),
  })
  .meta({ description: "An inference request." });

const responseOutput = z.object({
  name: z.string(),
  shape,
  datatype: z.enum(tensorDatatypes),
  parameters: parameters.optional(),
  data: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
});

/** What it gives. */
export const inferenceResponse = z
  .object({
    model_name: z.string(),
    model_version: z.string().optional(),
    id: z.string().optional(),
    outputs: z.array(responseOutput),
  })
  .meta({ description: "An inference response." });

const tensorMetadata = z.object({
  name: z.string(),
  datatype: z.enum(tensorDatatypes),
  shape: z.array(z.int().min(-1)),
});

/** `GET /v2/models/{model}`. */
export const modelMetadata = z.object({
  name: z.string(),
  versions: z.array(z.string()),
  platform: z.string(),
  inputs: z.array(tensorMetadata),
  outputs: z.array(tensorMetadata),
});

/** `GET /v2`. */
export const serverMetadata = z.object({
  name: z.string(),
  version: z.string(),
  extensions: z.array(z.string()),
});

/** The body of every refusal. */
export const inferenceError = z
  .object({ error: z.string() })
  .meta({ description: "Why not, in words." });

/** See {@link inferenceError}. */
export type InferenceError = z.infer<typeof inferenceError>;
/** See {@link inferenceRequest}. */
export type InferenceRequest = z.infer<typeof inferenceRequest>;
/** See {@link modelMetadata}. */
export type ModelMetadata = z.infer<typeof modelMetadata>;
