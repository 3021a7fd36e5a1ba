import type { RecordingBatch } from "../../feeds/recording/recording.ts";

/** The recording, read anew from its beginning with each call. */
export type ReadRecording = () => AsyncIterable<RecordingBatch>;
