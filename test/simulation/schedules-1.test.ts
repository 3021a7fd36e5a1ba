import { testShard } from "./schedules.ts";

testShard(0);
