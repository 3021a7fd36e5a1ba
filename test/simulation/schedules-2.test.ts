import { testShard } from "./schedules.ts";

testShard(1);
